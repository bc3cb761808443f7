//! Frames of the Arrow C data interface, damaged as the bytes say: they are refused or read within their buffers.
#![no_main]

#[path = "../../bindings-arrow/tests/frame/mod.rs"]
mod frame;

use frame::{Frame, damage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut choices = bytes.iter().map(|byte| usize::from(*byte));
    let mut frame = Frame::new();
    for _ in 0..=bytes.len() / 6 {
        damage(&mut frame, &mut |end| choices.next().unwrap_or(0) % end);
    }
    let _ = frame.read();
});
