//! Facts as JSON text: they are refused with a field and a reason, or answered.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sitthi::{Date, Rulebook};

fuzz_target!(|text: &str| {
    let law = Rulebook::built_in().on(Date::parse("2026-11-22").unwrap());
    match law.read_worker(text) {
        Ok(worker) => {
            let _ = law.assess(&worker);
            let _ = law.classify(&worker);
        }
        Err(error) => assert!(!error.to_json().is_empty()),
    }
    if let Ok(complaint) = law.read_complaint(text) {
        let _ = law.route(&complaint);
    }
});
