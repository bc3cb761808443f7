//! Compiled rulebooks: the built-in one with some bytes changed is refused, or opens and answers.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sitthi::{Complaint, Date, Rulebook, Worker};

static BUILT_IN: LazyLock<Vec<u8>> = LazyLock::new(|| Rulebook::built_in().to_bytes().unwrap());

// Five bytes a change: where, and what stands there. The sum of the bytes is not asked for while fuzzing, or no change would be read.
fuzz_target!(|changes: &[u8]| {
    let mut bytes = BUILT_IN.clone();
    let (changes, _) = changes.as_chunks::<5>();
    for [one, two, three, four, value] in changes {
        let place = usize::try_from(u32::from_le_bytes([*one, *two, *three, *four])).unwrap() % bytes.len();
        bytes[place] = *value;
    }
    if let Ok(rulebook) = Rulebook::open(&bytes) {
        let law = rulebook.on(Date::parse("2026-11-22").unwrap());
        let _ = law.assess(&Worker::default());
        let _ = law.classify(&Worker::default());
        let _ = law.route(&Complaint::default());
    }
});
