//! Structures that do not fit each other: they are refused or read within their buffers, and nothing crashes.
#![expect(unsafe_code, reason = "structures of the C data interface are damaged on purpose")]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

mod frame;

use std::ffi::c_void;
use std::ptr;

use frame::{Frame, ROWS, damage};

#[test]
fn a_sound_frame_is_read() {
    assert!(Frame::new().read().unwrap() > 500);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    type Damage = fn(&mut Frame);
    let cases: &[(&str, Damage)] = &[
        ("but its batch has", |frame| frame.array().offset = 1_000_000),
        ("more than", |frame| frame.array().length = i64::MAX),
        ("more than", |frame| {
            frame.arrays.iter_mut().for_each(|array| array[0].length = i64::MAX);
        }),
        ("more than", |frame| {
            frame.arrays.iter_mut().for_each(|array| array[0].length = 1 << 40);
        }),
        ("more than", |frame| frame.arrays[4][0].offset = i64::MAX),
        ("cannot be", |frame| frame.array().length = -1),
        ("cannot be", |frame| frame.arrays[0][0].offset = -1),
        ("cannot be", |frame| frame.array().offset = i64::MIN),
        ("but its batch has", |frame| frame.arrays[3][0].length = ROWS - 1),
        ("cannot be", |frame| frame.arrays[3][0].length = -5),
        ("nulls in", |frame| frame.arrays[3][0].null_count = ROWS + 1),
        ("nulls in", |frame| frame.arrays[3][0].null_count = -2),
        ("nulls are counted", |frame| frame.arrays[3][0].null_count = 3),
        ("nothing says which", |frame| {
            frame.arrays[3][0].null_count = 3;
            frame.lists[3][0] = ptr::null();
        }),
        ("buffers", |frame| frame.arrays[3][0].n_buffers = 1),
        ("cannot be", |frame| frame.arrays[3][0].n_buffers = -1),
        ("buffers", |frame| frame.arrays[6][0].n_buffers = 2),
        ("buffers", |frame| frame.arrays[6][0].buffers = ptr::null_mut()),
        ("missing", |frame| frame.lists[6][1] = ptr::null()),
        ("not aligned", |frame| frame.lists[4][1] = frame.lists[4][1].wrapping_byte_add(1)),
        ("go back", |frame| frame.buffers[offsets_of_text()][1] = u64::MAX),
        ("other columns", |frame| frame.array().n_children = 3),
        ("cannot be", |frame| frame.schema().n_children = -3),
        ("does not give", |frame| frame.array_children[2] = ptr::null_mut()),
        ("does not give", |frame| frame.schema_children[2] = ptr::null_mut()),
        ("does not give", |frame| frame.schema().children = ptr::null_mut()),
        ("does not give", |frame| frame.array().children = ptr::null_mut()),
        ("no type", |frame| frame.schemas[2][0].format = ptr::null()),
        ("not UTF-8", |frame| frame.schemas[2][0].format = c"\xff".as_ptr()),
        ("not UTF-8", |frame| frame.schemas[2][0].name = c"\xff".as_ptr()),
        ("single column", |frame| frame.schema().format = c"i".as_ptr()),
        ("dictionary of column", |frame| frame.array_child(12).dictionary = ptr::null_mut()),
        ("outside", |frame| {
            let entries = frame.array_child(12).dictionary;
            // SAFETY: the dictionary lives in the frame.
            unsafe { (*entries).length = 0 };
        }),
        ("deep", |frame| {
            let own = frame.schemas.last_mut().unwrap().as_mut_ptr();
            frame.schema().dictionary = own;
        }),
        ("taken already", |frame| frame.array().release = None),
        ("whole row", |frame| {
            let bits: Vec<*const c_void> = vec![(&raw const NO_BITS).cast()];
            frame.lists.push(bits);
            frame.array().buffers = frame.lists.last_mut().unwrap().as_mut_ptr();
            frame.array().null_count = -1;
        }),
    ];
    for (place, (want, damage)) in cases.iter().enumerate() {
        let mut frame = Frame::new();
        damage(&mut frame);
        let found = frame.read();
        assert!(
            found.as_ref().is_err_and(|found| found.contains(want)),
            "case {place}: wanted {want}, got {found:?}"
        );
    }
}

static NO_BITS: [u64; 2] = [0; 2];

/// The number of the buffer of offsets of the column of texts, the seventh.
fn offsets_of_text() -> usize {
    // Six columns of two buffers, then its bitmap.
    6 * 2 + 1
}

/// Numbers that only look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 17) % end as u64) as usize
    }
}

#[test]
fn damaged_frames_never_crash() {
    let (mut refused, mut read) = (0, 0);
    for seed in 0..if cfg!(miri) { 60 } else { 6_000 } {
        let mut dice = Dice(seed);
        let mut frame = Frame::new();
        for _ in 0..=dice.below(3) {
            damage(&mut frame, &mut |end| dice.below(end));
        }
        match frame.read() {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(refused > read && read > 0, "{refused} were refused, {read} read");
}

#[test]
fn nothing_is_read_twice() {
    let mut frame = Frame::new();
    frame.read().unwrap();
    assert!(frame.read().unwrap_err().contains("taken already"));
}
