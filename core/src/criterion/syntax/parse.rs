//! From a text to a tree.

use super::error::SyntaxError;
use super::lexer::{Lexer, Token};
use super::place::Placed;
use super::tree::{Choices, Expression, Operand};

/// Longest text accepted, in bytes.
pub const LONGEST_TEXT: usize = 8192;

/// Most levels of parentheses and `!` inside one another.
pub const MOST_NESTED: usize = 64;

/// Reads a condition.
///
/// # Errors
///
/// The first place at which the text is not of the language, or goes beyond [`LONGEST_TEXT`] or [`MOST_NESTED`].
pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
    if text.len() > LONGEST_TEXT {
        let found = format!("{} bytes", text.len());
        let position = (0..=LONGEST_TEXT)
            .rev()
            .find(|byte| text.is_char_boundary(*byte))
            .unwrap_or_default();
        return Err(SyntaxError::new(text, position, found, format!("at most {LONGEST_TEXT} bytes")));
    }
    let mut lexer = Lexer::new(text);
    let next = lexer.next()?;
    let mut parser = Parser { lexer, next };
    let expression = parser.any(0)?;
    match parser.next.value {
        Token::End => Ok(expression),
        _ => Err(parser.unexpected("`&&`, `||` or the end")),
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    next: Placed<Token<'t>>,
}

impl<'t> Parser<'t> {
    fn any(&mut self, nested: usize) -> Result<Expression, SyntaxError> {
        let mut parts = vec![self.all(nested)?];
        while self.take_if(Token::Or)? {
            parts.push(self.all(nested)?);
        }
        Ok(Expression::any(parts))
    }

    fn all(&mut self, nested: usize) -> Result<Expression, SyntaxError> {
        let mut parts = vec![self.unary(nested)?];
        while self.take_if(Token::And)? {
            parts.push(self.unary(nested)?);
        }
        Ok(Expression::all(parts))
    }

    fn unary(&mut self, nested: usize) -> Result<Expression, SyntaxError> {
        let (expression, why_alone) = match self.next.value {
            Token::Not => {
                let nested = self.deeper(nested)?;
                self.take()?;
                (
                    self.negatable(nested)?.negated(),
                    "`&&`, `||` or the end (a denied comparison needs parentheses after `!`)",
                )
            }
            Token::Open => {
                let nested = self.deeper(nested)?;
                self.take()?;
                let inner = self.any(nested)?;
                if !self.take_if(Token::Close)? {
                    return Err(self.unexpected("`&&`, `||` or `)`"));
                }
                (inner, "`&&`, `||` or the end (only bare names and literals are compared)")
            }
            _ => (self.comparison()?, "`&&`, `||` or the end (comparisons do not chain)"),
        };
        match self.next.value {
            Token::Compare(_) | Token::In => Err(self.unexpected(why_alone)),
            _ => Ok(expression),
        }
    }

    /// What `!` applies to.
    fn negatable(&mut self, nested: usize) -> Result<Expression, SyntaxError> {
        let token = self.next.clone();
        match token.value {
            Token::Not | Token::Open => self.unary(nested),
            Token::Name(name) => {
                self.take()?;
                Ok(Expression::Name(Placed::new(name.to_owned(), token.place)))
            }
            Token::Boolean(value) => {
                self.take()?;
                Ok(Expression::Boolean(value))
            }
            _ => Err(self.unexpected("a name, `true`, `false`, `!` or `(`")),
        }
    }

    fn comparison(&mut self) -> Result<Expression, SyntaxError> {
        let left = self.operand("a condition")?;
        match (self.next.value, left) {
            (Token::Compare(operator), left) => {
                self.take()?;
                let right = self.operand("a name, a number, a code, `true` or `false`")?;
                Ok(Expression::Compare { left, operator, right })
            }
            (Token::In, Operand::Name(name)) => {
                self.take()?;
                Ok(Expression::Among {
                    name,
                    choices: self.choices()?,
                })
            }
            (_, Operand::Name(name)) => Ok(Expression::Name(name)),
            (Token::In, Operand::Boolean(_)) => Err(self.unexpected("a name before `in`")),
            (_, Operand::Boolean(value)) => Ok(Expression::Boolean(value.value)),
            (Token::In, _) => Err(self.unexpected("a comparison (before `in` stands a name)")),
            _ => Err(self.unexpected("a comparison: a number or a code does not stand alone")),
        }
    }

    fn operand(&mut self, expected: &str) -> Result<Operand, SyntaxError> {
        let token = self.next.clone();
        let operand = match token.value {
            Token::Name(name) => Operand::Name(Placed::new(name.to_owned(), token.place)),
            Token::Number(value) => Operand::Number(Placed::new(value, token.place)),
            Token::Code(code) => Operand::Code(Placed::new(code.to_owned(), token.place)),
            Token::Boolean(value) => Operand::Boolean(Placed::new(value, token.place)),
            _ => return Err(self.unexpected(expected)),
        };
        self.take()?;
        Ok(operand)
    }

    fn choices(&mut self) -> Result<Choices, SyntaxError> {
        if !self.take_if(Token::ListOpen)? {
            return Err(self.unexpected("`[`"));
        }
        let choices = match self.next.value {
            Token::Code(_) => Choices::Codes(self.list("a code", |token| match token {
                Token::Code(code) => Some(code.to_owned()),
                _ => None,
            })?),
            Token::Number(_) => Choices::Numbers(self.list("a number", |token| match token {
                Token::Number(value) => Some(value),
                _ => None,
            })?),
            _ => return Err(self.unexpected("a code or a number")),
        };
        Ok(choices)
    }

    fn list<T>(&mut self, expected: &str, read: impl Fn(Token<'t>) -> Option<T>) -> Result<Vec<Placed<T>>, SyntaxError> {
        let mut items = Vec::new();
        loop {
            let place = self.next.place;
            let Some(item) = read(self.next.value) else {
                return Err(self.unexpected(expected));
            };
            self.take()?;
            items.push(Placed::new(item, place));
            if self.take_if(Token::ListClose)? {
                return Ok(items);
            }
            if !self.take_if(Token::Comma)? {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn deeper(&self, nested: usize) -> Result<usize, SyntaxError> {
        match nested.checked_add(1) {
            Some(deeper) if deeper <= MOST_NESTED => Ok(deeper),
            _ => Err(self.unexpected(format!("at most {MOST_NESTED} levels of parentheses and `!`"))),
        }
    }

    fn take(&mut self) -> Result<(), SyntaxError> {
        self.next = self.lexer.next()?;
        Ok(())
    }

    fn take_if(&mut self, token: Token<'_>) -> Result<bool, SyntaxError> {
        let stands_here = self.next.value == token;
        if stands_here {
            self.take()?;
        }
        Ok(stands_here)
    }

    fn unexpected(&self, expected: impl Into<String>) -> SyntaxError {
        self.lexer.unexpected(&self.next, expected)
    }
}

impl std::str::FromStr for Expression {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text)
    }
}
