//! A text cut into tokens.

use super::error::SyntaxError;
use super::place::{Place, Placed};
use super::tree::Comparison;

/// The words CEL keeps for itself: no segment of a name may be one, so that every name is one in every CEL.
const RESERVED: [&str; 21] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];

/// Longest piece of a text that an error repeats, in characters.
const LONGEST_FOUND: usize = 40;

/// The smallest part of a condition that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Name(&'t str),
    Number(i64),
    Code(&'t str),
    Boolean(bool),
    And,
    Or,
    Not,
    Compare(Comparison),
    In,
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
    End,
}

/// Reads tokens from the front of a text.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    position: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, position: 0 }
    }

    /// Reads the next token; after the last it is `End` for ever.
    pub(super) fn next(&mut self) -> Result<Placed<Token<'t>>, SyntaxError> {
        self.skip(|character| matches!(character, ' ' | '\t' | '\n' | '\r'));
        let start = self.position;
        let Some(first) = self.peek() else {
            return Ok(Placed::new(Token::End, Place { start, end: start }));
        };
        let value = match first {
            'a'..='z' | '_' => self.word()?,
            '0'..='9' | '-' => self.number()?,
            '\'' | '"' => self.code(first)?,
            _ => self.symbol(first)?,
        };
        Ok(Placed::new(value, Place { start, end: self.position }))
    }

    /// An error at a token.
    pub(super) fn unexpected(&self, token: &Placed<Token<'t>>, expected: impl Into<String>) -> SyntaxError {
        let found = match token.value {
            Token::End => "the end".to_owned(),
            _ => quoted(self.between(token.place.start, token.place.end)),
        };
        SyntaxError::new(self.text, token.place.start, found, expected)
    }

    fn symbol(&mut self, first: char) -> Result<Token<'t>, SyntaxError> {
        // longest first
        const SYMBOLS: [(&str, Token<'static>); 14] = [
            ("&&", Token::And),
            ("||", Token::Or),
            ("==", Token::Compare(Comparison::Equal)),
            ("!=", Token::Compare(Comparison::NotEqual)),
            ("<=", Token::Compare(Comparison::AtMost)),
            (">=", Token::Compare(Comparison::AtLeast)),
            ("<", Token::Compare(Comparison::Less)),
            (">", Token::Compare(Comparison::More)),
            ("!", Token::Not),
            ("(", Token::Open),
            (")", Token::Close),
            ("[", Token::ListOpen),
            ("]", Token::ListClose),
            (",", Token::Comma),
        ];
        let rest = self.rest();
        for (written, token) in SYMBOLS {
            if rest.starts_with(written) {
                self.position = self.position.saturating_add(written.len());
                return Ok(token);
            }
        }
        let expected = match first {
            '&' => "`&&`",
            '|' => "`||`",
            '=' => "`==`",
            'A'..='Z' => "a name in lower case",
            '.' => "a name, its segments joined by `.` without spaces",
            _ => "a name, a number, a code, an operator or a parenthesis",
        };
        Err(self.wrong_character(expected))
    }

    fn word(&mut self) -> Result<Token<'t>, SyntaxError> {
        let start = self.position;
        loop {
            let segment_start = self.position;
            if !matches!(self.peek(), Some('a'..='z' | '_')) {
                return Err(self.wrong_character("a segment of a name: a lower-case letter or `_` first"));
            }
            self.skip(is_name_character);
            let segment = self.between(segment_start, self.position);
            if self.peek().is_some_and(char::is_alphanumeric) {
                return Err(self.wrong_character("lower-case letters, digits and `_` in a name"));
            }
            let dotted = self.peek() == Some('.');
            if segment_start == start && !dotted {
                match segment {
                    "true" => return Ok(Token::Boolean(true)),
                    "false" => return Ok(Token::Boolean(false)),
                    "in" => return Ok(Token::In),
                    _ => {}
                }
            }
            if RESERVED.contains(&segment) {
                let expected = "a name without words that CEL reserves";
                return Err(SyntaxError::new(self.text, segment_start, quoted(segment), expected));
            }
            if !dotted {
                return Ok(Token::Name(self.between(start, self.position)));
            }
            self.bump('.');
        }
    }

    fn number(&mut self) -> Result<Token<'t>, SyntaxError> {
        let start = self.position;
        if self.peek() == Some('-') {
            self.bump('-');
            if !matches!(self.peek(), Some('0'..='9')) {
                return Err(self.wrong_character("a digit directly after `-`"));
            }
        }
        let first_digit = self.position;
        self.skip(|character| character.is_ascii_digit());
        let written = self.between(start, self.position);
        let digits = self.between(first_digit, self.position);
        if self.peek().is_some_and(|next| next == '_' || next == '.' || next.is_alphanumeric()) {
            return Err(self.wrong_character("a whole number without letters, `_` or decimals"));
        }
        if digits.len() > 1 && digits.starts_with('0') {
            let expected = "a whole number without leading zeros; a code is quoted";
            return Err(SyntaxError::new(self.text, start, quoted(written), expected));
        }
        written.parse().map(Token::Number).map_err(|_| {
            let expected = format!("a whole number between {} and {}", i64::MIN, i64::MAX);
            SyntaxError::new(self.text, start, quoted(written), expected)
        })
    }

    fn code(&mut self, quote: char) -> Result<Token<'t>, SyntaxError> {
        self.bump(quote);
        let start = self.position;
        self.skip(is_name_character);
        let code = self.between(start, self.position);
        if self.peek() == Some(quote) && !code.is_empty() {
            self.bump(quote);
            return Ok(Token::Code(code));
        }
        let expected = if code.is_empty() {
            "a code of lower-case letters, digits and `_`".to_owned()
        } else {
            format!("lower-case letters, digits and `_`, then `{quote}`")
        };
        Err(self.wrong_character(expected))
    }

    fn wrong_character(&self, expected: impl Into<String>) -> SyntaxError {
        let found = match self.peek() {
            Some(character) => quoted(character.encode_utf8(&mut [0; 4])),
            None => "the end".to_owned(),
        };
        SyntaxError::new(self.text, self.position, found, expected)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, character: char) {
        self.position = self.position.saturating_add(character.len_utf8());
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while let Some(character) = self.peek().filter(|character| wanted(*character)) {
            self.bump(character);
        }
    }

    fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }
}

fn is_name_character(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '_')
}

fn quoted(piece: &str) -> String {
    let mut shown: String = piece.chars().take(LONGEST_FOUND).collect();
    if shown.len() < piece.len() {
        shown.push('…');
    }
    // quotes are ordinary here, all else that does not show is escaped
    let visible: String = shown
        .chars()
        .map(|character| match character {
            '\'' | '"' => character.to_string(),
            other => other.escape_debug().to_string(),
        })
        .collect();
    format!("`{visible}`")
}
