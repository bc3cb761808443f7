//! The six rules written by hand, and the read floor: what the engine is measured against.

use crate::persons::Persons;

/// The bounds of the rules as day numbers.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub today: i32,
    pub half_year_ago: i32,
    pub born: [i32; 7],
}

/// What the rules say: met and decided by rule, and a band.
pub struct Out {
    pub met: [Vec<u64>; 5],
    pub decided: [Vec<u64>; 5],
    pub band: Vec<u8>,
}

impl Out {
    pub fn new(words: usize) -> Self {
        Self {
            met: std::array::from_fn(|_| vec![0; words]),
            decided: std::array::from_fn(|_| vec![0; words]),
            band: vec![0; words * 64],
        }
    }

    /// Unmet, met and unknown of each rule, then each band.
    pub fn counts(&self, rows: usize) -> Vec<u64> {
        let mut counts = Vec::new();
        for (met, decided) in self.met.iter().zip(&self.decided) {
            counts.extend(counted(met, decided, rows));
        }
        counts.extend(banded(&self.band[..rows]));
        counts
    }
}

pub fn counted(met: &[u64], decided: &[u64], rows: usize) -> [u64; 3] {
    let live = |word: usize| {
        if (word + 1) * 64 <= rows {
            u64::MAX
        } else {
            (1_u64 << (rows % 64)) - 1
        }
    };
    let ones = |words: &[u64]| {
        words
            .iter()
            .enumerate()
            .map(|(place, word)| u64::from((word & live(place)).count_ones()))
            .sum::<u64>()
    };
    let (met, decided) = (ones(met), ones(decided));
    [decided - met, met, rows as u64 - decided]
}

pub fn banded(bands: &[u8]) -> [u64; 5] {
    let mut counts = [0; 5];
    for band in bands {
        counts[usize::from(*band)] += 1;
    }
    counts
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn pack(bytes: &[u8; 64]) -> u64 {
    use std::arch::x86_64::{__m128i, _mm_loadu_si128, _mm_movemask_epi8, _mm_slli_epi16};
    let mut word = 0;
    for part in 0..4 {
        // SAFETY: every x86-64 processor has SSE2, and 16 bytes are read from an array of 64.
        let mask = unsafe { _mm_movemask_epi8(_mm_slli_epi16(_mm_loadu_si128(bytes.as_ptr().add(16 * part).cast::<__m128i>()), 7)) };
        word |= u64::from(mask as u32) << (16 * part);
    }
    word
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn pack(bytes: &[u8; 64]) -> u64 {
    let mut word = 0;
    for (place, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        word |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * place);
    }
    word
}

#[inline(always)]
fn mask<T: Copy>(values: &[T; 64], met: impl Fn(T) -> bool) -> u64 {
    let mut bytes = [0_u8; 64];
    for place in 0..64 {
        bytes[place] = met(values[place]) as u8;
    }
    pack(&bytes)
}

#[inline(always)]
fn block<T>(values: &[T], word: usize) -> &[T; 64] {
    values[word * 64..word * 64 + 64].try_into().unwrap()
}

/// The words of one thread in the results.
struct Share<'o> {
    first: usize,
    met: [&'o mut [u64]; 5],
    decided: [&'o mut [u64]; 5],
    band: &'o mut [u8],
}

#[inline(always)]
fn words(persons: &Persons, bounds: &Bounds, share: &mut Share<'_>) {
    let [at_15, at_60, at_61, at_66, at_70, at_80, at_90] = bounds.born;
    for place in 0..share.met[0].len() {
        let word = share.first + place;
        let (birth, employer, ins) = (
            block(&persons.birth, word),
            block(&persons.employer, word),
            block(&persons.ins, word),
        );
        let thai = mask(block(&persons.nat, word), |code| code == 0);
        let government = mask(employer, |code| code == 3);
        let grown = mask(birth, |born| born <= at_15);
        let under_60 = mask(birth, |born| born > at_60);
        let under_61 = mask(birth, |born| born > at_61);
        let under_66 = mask(birth, |born| born > at_66);
        let employed = mask(block(&persons.kind, word), |code| code == 1) & mask(employer, |code| code == 1 || code == 2);
        let (ins_known, months_known) = (persons.ins_known[word], persons.months_known[word]);
        let (left_known, wage_known) = (persons.left_known[word], persons.wage_known[word]);
        let paid = mask(block(&persons.wage, word), |wage| wage > 0.0);
        let insured = mask(ins, |code| code == 1 || code == 2);
        let in_none = mask(ins, |code| code == 0);
        let a_year = mask(block(&persons.months, word), |months| months >= 12);
        let just_left = mask(block(&persons.left, word), |left| {
            left >= bounds.half_year_ago && left <= bounds.today
        });
        let open = thai & !government;
        let mut put = |rule: usize, met: u64, unmet: u64| {
            share.met[rule][place] = met;
            share.decided[rule][place] = met | unmet;
        };
        let base = employed & grown & under_60;
        let (met, unmet) = (base & wage_known & paid, !base | (wage_known & !paid));
        put(0, met, unmet);
        put(
            1,
            months_known & a_year & left_known & just_left & unmet,
            (months_known & !a_year) | (left_known & !just_left) | met,
        );
        let voluntary = grown & under_66 & open;
        put(2, voluntary & ins_known & !insured, !voluntary | (ins_known & insured));
        put(3, open & ins_known & !insured, !open | (ins_known & insured));
        let saving = open & grown & under_61;
        put(4, saving & ins_known & in_none & unmet, !saving | (ins_known & !in_none) | met);
        let nat = block(&persons.nat, word);
        let band: &mut [u8; 64] = (&mut share.band[place * 64..place * 64 + 64]).try_into().unwrap();
        for row in 0..64 {
            let born = birth[row];
            let band_of_age = (born <= at_60) as u8 + (born <= at_70) as u8 + (born <= at_80) as u8 + (born <= at_90) as u8;
            band[row] = band_of_age & (((nat[row] == 0) & (employer[row] != 3)) as u8).wrapping_neg();
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
fn words_avx2(persons: &Persons, bounds: &Bounds, share: &mut Share<'_>) {
    words(persons, bounds, share);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx2,bmi1,bmi2,popcnt")]
fn words_avx512(persons: &Persons, bounds: &Bounds, share: &mut Share<'_>) {
    words(persons, bounds, share);
}

/// The best instructions that the machine has.
pub fn instructions() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx512bw") && has!("avx512vl") && has!("avx512dq") {
            return "avx512";
        }
        if has!("avx2") {
            return "avx2";
        }
    }
    "baseline"
}

fn best(instructions: &str, persons: &Persons, bounds: &Bounds, share: &mut Share<'_>) {
    match instructions {
        // SAFETY: the processor was asked whether it has the instructions.
        #[cfg(target_arch = "x86_64")]
        "avx512" => unsafe { words_avx512(persons, bounds, share) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        "avx2" => unsafe { words_avx2(persons, bounds, share) },
        _ => words(persons, bounds, share),
    }
}

/// The six rules over all persons.
pub fn run(instructions: &str, persons: &Persons, bounds: &Bounds, threads: usize) -> Out {
    let mut out = Out::new(persons.words);
    let share = persons.words.div_ceil(threads);
    let mut shares: Vec<Share<'_>> = Vec::new();
    let Out { met, decided, band } = &mut out;
    let (mut met, mut decided) = (
        met.each_mut().map(|words| words.chunks_mut(share)),
        decided.each_mut().map(|words| words.chunks_mut(share)),
    );
    for (place, band) in band.chunks_mut(share * 64).enumerate() {
        shares.push(Share {
            first: place * share,
            met: take(&mut met),
            decided: take(&mut decided),
            band,
        });
    }
    if let [only] = shares.as_mut_slice() {
        best(instructions, persons, bounds, only);
    } else {
        std::thread::scope(|scope| {
            for mut share in shares {
                scope.spawn(move || best(instructions, persons, bounds, &mut share));
            }
        });
    }
    out
}

fn take<'o>(chunks: &mut [std::slice::ChunksMut<'o, u64>; 5]) -> [&'o mut [u64]; 5] {
    chunks.each_mut().map(|chunks| chunks.next().unwrap())
}

/// The sum of all bytes of a slice: what it costs to read it once.
pub fn sum<T>(values: &[T]) -> u64 {
    // SAFETY: any whole words of numbers may be read as words.
    let (_, words, _) = unsafe { values.align_to::<u64>() };
    let mut sums = [0_u64; 8];
    let (eights, _) = words.as_chunks::<8>();
    for eight in eights {
        for (sum, word) in sums.iter_mut().zip(eight) {
            *sum = sum.wrapping_add(*word);
        }
    }
    sums.iter().fold(0, |all, sum| all.wrapping_add(*sum))
}

/// Reads every byte that the rules need once.
pub fn floor(persons: &Persons, threads: usize) -> u64 {
    let part = |thread: usize| {
        let (first, last) = (persons.words * thread / threads, persons.words * (thread + 1) / threads);
        let (rows, words) = (first * 64..last * 64, first..last);
        sum(&persons.birth[rows.clone()])
            ^ sum(&persons.nat[rows.clone()])
            ^ sum(&persons.kind[rows.clone()])
            ^ sum(&persons.employer[rows.clone()])
            ^ sum(&persons.ins[rows.clone()])
            ^ sum(&persons.months[rows.clone()])
            ^ sum(&persons.left[rows.clone()])
            ^ sum(&persons.wage[rows])
            ^ sum(&persons.ins_known[words.clone()])
            ^ sum(&persons.months_known[words.clone()])
            ^ sum(&persons.left_known[words.clone()])
            ^ sum(&persons.wage_known[words])
    };
    if threads == 1 {
        return part(0);
    }
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        parts.into_iter().fold(0, |all, part| all ^ part.join().unwrap())
    })
}
