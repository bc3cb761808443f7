//! Text for JavaScript in its own form, UTF-16: engines take that many times as fast as UTF-8 with Thai in it.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::json;
use crate::units::Units;

#[wasm_bindgen(raw_module = "./text.js")]
extern "C" {
    fn decode(units: &[u16]) -> JsValue;
}

thread_local! {
    static UNITS: RefCell<Units> = RefCell::default();
}

/// The JSON text of a decision, as a string of JavaScript.
pub(crate) fn text(decision: &impl Serialize) -> JsValue {
    UNITS.with_borrow_mut(|units| {
        units.clear();
        // A decision holds text, numbers and lists only: none of them can fail to be written.
        json::write(decision, units).map_or(JsValue::NULL, |()| decode(units.written()))
    })
}
