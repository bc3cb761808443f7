//! The compiled form: what is built in, and what an update carries.

use super::{Book, Rulebook, verify};

/// A compiled rulebook that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RulebookError {
    /// The bytes are no compiled rulebook.
    #[error("these are not the bytes of a compiled rulebook, expected them to begin with `sitthi`")]
    NotARulebook,
    /// The bytes are of another format.
    #[error("the rulebook is of format {found}, expected format {expected}: open it with a library of its own time")]
    Format {
        /// The format found.
        found: u16,
        /// The format of this library.
        expected: u16,
    },
    /// The bytes were changed on their way.
    #[error("the rulebook is damaged: its checksum is not that of its bytes")]
    Checksum,
    /// The bytes do not hold together.
    #[error("the rulebook does not hold together: {0}")]
    Unsound(String),
}

const MAGIC: &[u8; 6] = b"sitthi";
/// Raised whenever the compiled form changes.
const FORMAT: u16 = 10;

/// FNV-1a by eight bytes at a time, the last filled up with zeros, and of the length, which tells zeros from nothing: enough to notice damage; who may send an update is for the app to know.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(filled, byte)| *filled = *byte);
    let length = (bytes.len() as u64).to_le_bytes();
    words.iter().chain([&last, &length]).fold(0xcbf2_9ce4_8422_2325, |hash, word| {
        // Turned as well, since a product carries upwards only.
        (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}

/// Marks a byte that stands for itself although it is above ASCII.
const AS_IT_IS: u8 = 0xFF;

/// Writes each Thai letter, three bytes in UTF-8, as one: a third of the rulebook is Thai, and pages and phones carry it.
fn shorten(mut rest: &[u8]) -> Vec<u8> {
    let mut short = Vec::with_capacity(rest.len());
    loop {
        rest = match rest {
            [0xE0, block @ (0xB8 | 0xB9), letter @ 0x80..=0xBF, after @ ..] if (*block, *letter) != (0xB9, 0xBF) => {
                short.push(0x80 | ((block & 1) << 6) | (letter & 0x3F));
                after
            }
            [plain @ 0..=0x7F, after @ ..] => {
                short.push(*plain);
                after
            }
            [other, after @ ..] => {
                short.extend([AS_IT_IS, *other]);
                after
            }
            [] => return short,
        };
    }
}

/// What was written by [`shorten`].
fn lengthen(mut rest: &[u8]) -> Vec<u8> {
    let mut long = Vec::with_capacity(rest.len().saturating_mul(2));
    loop {
        let plain = rest.iter().take_while(|byte| byte.is_ascii()).count();
        let (as_they_are, others) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        long.extend_from_slice(as_they_are);
        rest = match others {
            [AS_IT_IS, other, after @ ..] => {
                long.push(*other);
                after
            }
            [thai, after @ ..] => {
                long.extend_from_slice(&[0xE0, 0xB8 | ((thai >> 6) & 1), 0x80 | (thai & 0x3F)]);
                after
            }
            [] => return long,
        };
    }
}

/// The checksum of the compiled form.
pub(super) fn digest(book: &Book) -> u64 {
    postcard::to_allocvec(book).map_or(0, |data| checksum(&shorten(&data)))
}

impl Book {
    /// The compiled form: magic, format, checksum, data.
    ///
    /// # Errors
    /// What could not be written, which a compiled book never meets.
    pub fn to_bytes(&self) -> Result<Vec<u8>, RulebookError> {
        let data = postcard::to_allocvec(self).map_err(|error| RulebookError::Unsound(error.to_string()))?;
        let data = shorten(&data);
        let mut bytes = Vec::with_capacity(data.len().saturating_add(16));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&checksum(&data).to_le_bytes());
        bytes.extend_from_slice(&data);
        Ok(bytes)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, RulebookError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(RulebookError::NotARulebook)?;
        let (format, rest) = rest.split_first_chunk::<2>().ok_or(RulebookError::NotARulebook)?;
        let found = u16::from_le_bytes(*format);
        if found != FORMAT {
            return Err(RulebookError::Format { found, expected: FORMAT });
        }
        let (sum, data) = rest.split_first_chunk::<8>().ok_or(RulebookError::Checksum)?;
        // A fuzzer changes bytes: what it changes must be read, not noticed.
        if !cfg!(fuzzing) && u64::from_le_bytes(*sum) != checksum(data) {
            return Err(RulebookError::Checksum);
        }
        postcard::from_bytes(&lengthen(data)).map_err(|error| RulebookError::Unsound(error.to_string()))
    }
}

impl Rulebook {
    /// Opens a compiled rulebook.
    ///
    /// # Errors
    /// [`RulebookError`] where the bytes are none, of another format, damaged, or do not hold together.
    pub fn open(bytes: &[u8]) -> Result<Self, RulebookError> {
        let book = Book::from_bytes(bytes)?;
        verify::verify(&book).map_err(RulebookError::Unsound)?;
        Ok(Self::of(book))
    }

    /// The compiled form.
    ///
    /// # Errors
    /// As for [`Book::to_bytes`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, RulebookError> {
        self.book().to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::{lengthen, shorten};

    #[test]
    fn what_is_shortened_comes_back() {
        let every: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        let text = "สิทธิ – Ünïcode, 12 ๑๒ \u{0E7F}\u{0E00}\u{E80}".as_bytes();
        for bytes in [&every, text, &[0xE0, 0xB8], &[0xE0, 0xB9, 0xBF], &[0xFF]] {
            assert_eq!(lengthen(&shorten(bytes)), bytes);
        }
        assert_eq!(shorten("สิทธิ".as_bytes()).len(), 5);
    }
}
