//! Letters of UTF-16, written one after another as JSON has them.

use std::fmt;
use std::mem::take;

/// The letters that stand in a text of JSON otherwise than as themselves.
const fn escaped(letter: u8) -> Option<&'static str> {
    const CONTROL: [&str; 32] = [
        "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t", "\\n", "\\u000b", "\\f",
        "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018",
        "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
    ];
    match letter {
        b'"' => Some("\\\""),
        b'\\' => Some("\\\\"),
        #[allow(clippy::indexing_slicing, reason = "the arm holds the index below 32")]
        0..=31 => Some(CONTROL[letter as usize]),
        _ => None,
    }
}

/// Whether eight letters are all ASCII and none of them is escaped: asked of all at once, each being a byte of one number.
const fn plain(eight: [u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH.wrapping_mul(0x80);
    let word = u64::from_le_bytes(eight);
    // Leaves a high bit if a byte is below, and none if all are ASCII and none is.
    let control = word.wrapping_sub(EACH.wrapping_mul(0x20));
    let quote = (word ^ EACH.wrapping_mul(b'"' as u64)).wrapping_sub(EACH);
    let backslash = (word ^ EACH.wrapping_mul(b'\\' as u64)).wrapping_sub(EACH);
    (word | control | quote | backslash) & HIGH == 0
}

/// A text that grows. It is kept from call to call, so its room is asked for once.
#[derive(Debug, Default)]
pub(crate) struct Units {
    /// What was written, and room behind it.
    room: Vec<u16>,
    length: usize,
}

impl Units {
    pub(crate) fn clear(&mut self) {
        self.length = 0;
    }

    pub(crate) fn written(&self) -> &[u16] {
        self.room.get(..self.length).unwrap_or_default()
    }

    /// The room behind what was written: at least so many units.
    fn free(&mut self, units: usize) -> &mut [u16] {
        let needed = self.length.saturating_add(units);
        if self.room.len() < needed {
            self.room.resize(needed.saturating_mul(2), 0);
        }
        self.room.get_mut(self.length..).unwrap_or_default()
    }

    /// A letter of ASCII.
    pub(crate) fn put(&mut self, letter: u8) {
        if let Some(slot) = self.free(1).first_mut() {
            *slot = letter.into();
            self.length = self.length.saturating_add(1);
        }
    }

    /// A text as it stands between quotes in JSON; eight letters that stand for themselves are taken at once.
    pub(crate) fn put_escaped(&mut self, text: &str) {
        // No letter takes more than six units: `\u001f`.
        let mut free = self.free(text.len().saturating_mul(6));
        let room = free.len();
        let mut letters = text.chars();
        while let rest = letters.as_str()
            && !rest.is_empty()
        {
            if let Some(eight) = rest.as_bytes().first_chunk::<8>()
                && plain(*eight)
            {
                let Some((taken, after)) = take(&mut free).split_first_chunk_mut::<8>() else {
                    break;
                };
                let [a, b, c, d, e, f, g, h] = *eight;
                *taken = [a.into(), b.into(), c.into(), d.into(), e.into(), f.into(), g.into(), h.into()];
                free = after;
                letters = rest.get(8..).unwrap_or_default().chars();
                continue;
            }
            for letter in letters.by_ref().take(8) {
                // Thai, most often.
                if let Ok(unit @ 0x80..) = u16::try_from(u32::from(letter)) {
                    let Some((slot, after)) = take(&mut free).split_first_mut() else {
                        break;
                    };
                    *slot = unit;
                    free = after;
                    continue;
                }
                let escaped = u8::try_from(letter).ok().and_then(escaped);
                let length = escaped.map_or(letter.len_utf16(), str::len);
                let Some((taken, after)) = take(&mut free).split_at_mut_checked(length) else {
                    break;
                };
                match escaped {
                    Some(escaped) => escaped.bytes().zip(taken).for_each(|(letter, slot)| *slot = letter.into()),
                    None => drop(letter.encode_utf16(taken)),
                }
                free = after;
            }
        }
        let taken = room.saturating_sub(free.len());
        self.length = self.length.saturating_add(taken);
    }
}

/// What is written must be ASCII: numbers are.
impl fmt::Write for Units {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.bytes().for_each(|letter| self.put(letter));
        Ok(())
    }
}
