//! The seeded persons that `benches/persons.py` writes, padded to whole words for the kernels written by hand.

use std::fs;
use std::path::Path;

pub struct Persons {
    pub rows: usize,
    pub words: usize,
    pub birth: Vec<i32>,
    pub nat: Vec<u8>,
    pub kind: Vec<u8>,
    pub employer: Vec<u8>,
    pub ins: Vec<u8>,
    pub months: Vec<u16>,
    pub left: Vec<i32>,
    pub wage: Vec<f64>,
    pub ins_known: Vec<u64>,
    pub months_known: Vec<u64>,
    pub left_known: Vec<u64>,
    pub wage_known: Vec<u64>,
}

trait Number: Sized + Copy + Default {
    const BYTES: usize;
    fn read(bytes: &[u8]) -> Self;
}

macro_rules! numbers {
    ($($type:ty),*) => { $(
        impl Number for $type {
            const BYTES: usize = size_of::<$type>();
            fn read(bytes: &[u8]) -> Self {
                let mut whole = [0; size_of::<$type>()];
                whole[..bytes.len()].copy_from_slice(bytes);
                <$type>::from_le_bytes(whole)
            }
        }
    )* };
}
numbers!(u8, u16, i32, u64, f64);

fn column<T: Number>(folder: &Path, name: &str, length: usize) -> Vec<T> {
    let bytes = fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut values: Vec<T> = bytes.chunks(T::BYTES).map(T::read).collect();
    values.resize(length, T::default());
    values
}

impl Persons {
    pub fn load(folder: &Path) -> Self {
        let bytes = fs::metadata(folder.join("birth.bin"))
            .expect("persons that benches/persons.py wrote")
            .len();
        let rows = usize::try_from(bytes / 4).unwrap();
        let words = rows.div_ceil(64);
        let length = words * 64;
        Self {
            rows,
            words,
            birth: column(folder, "birth.bin", length),
            nat: column(folder, "nat.bin", length),
            kind: column(folder, "kind.bin", length),
            employer: column(folder, "employer.bin", length),
            ins: column(folder, "ins.bin", length),
            months: column(folder, "months.bin", length),
            left: column(folder, "left.bin", length),
            wage: column(folder, "wage.bin", length),
            ins_known: column(folder, "ins_known.bits", words),
            months_known: column(folder, "months_known.bits", words),
            left_known: column(folder, "left_known.bits", words),
            wage_known: column(folder, "wage_known.bits", words),
        }
    }
}
