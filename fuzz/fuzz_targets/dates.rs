//! Days in every form that is read: a day that is read is written, in both calendars, as a form that gives the same day.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sitthi::values::ThaiStyle;
use sitthi::{CitizenId, Date, PartialDate};

fuzz_target!(|text: &str| {
    if let Ok(day) = Date::read(text) {
        assert_eq!(Date::parse(&day.to_string()).ok(), Some(day));
        for short in [false, true] {
            let style = ThaiStyle { short, ..ThaiStyle::default() };
            let thai = day.thai(style);
            assert_eq!(Date::read(&thai).ok(), Some(day), "{thai}");
        }
    }
    let _ = PartialDate::read(text);
    let _ = CitizenId::parse(text);
});
