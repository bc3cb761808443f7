//! The only code that touches every value: small loops over a chunk that the compiler turns into vector instructions.
//!
//! Each loop is compiled for the baseline and, on x86-64, for AVX2 and AVX-512, and chosen when it runs.
#![cfg_attr(
    target_arch = "x86_64",
    expect(
        unsafe_code,
        reason = "functions compiled for vector instructions are called where the processor was asked whether it has them: 1.2 to 1.5 times as fast"
    )
)]

use super::columns::{Bits, Data, by_type};

/// The rows of a chunk.
pub(super) const CHUNK: usize = 8192;
/// The words of a bitmap of a chunk.
pub(super) const WORDS: usize = CHUNK / 64;

/// The bitmaps of a chunk; boxed, so that a result takes its place by a swap.
pub(super) type Slots = Vec<Box<[u64; WORDS]>>;

/// Which vector instructions the processor has; only [`Level::detect`] makes the higher ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level(Instructions);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instructions {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// Every level that this processor has.
    #[cfg(test)]
    pub(super) fn every() -> Vec<Self> {
        let mut levels = vec![Self(Instructions::Baseline)];
        #[cfg(target_arch = "x86_64")]
        if Self::detect() == Self(Instructions::Avx512) {
            levels.push(Self(Instructions::Avx2));
        }
        levels.push(Self::detect());
        levels
    }

    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            let vector = has!("avx2") && has!("fma") && has!("bmi1") && has!("bmi2");
            if has!("avx512f") && has!("avx512bw") && has!("avx512vl") && has!("avx512dq") && vector {
                return Self(Instructions::Avx512);
            }
            if vector {
                return Self(Instructions::Avx2);
            }
        }
        Self(Instructions::Baseline)
    }
}

/// The highest bit of each of 64 bytes.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn pack(bytes: &[u8; 64]) -> u64 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
    let mut word = 0;
    for (sixteen, shift) in bytes.as_chunks::<16>().0.iter().zip([0, 16, 32, 48]) {
        if let [low, high] = sixteen.as_chunks::<8>().0 {
            // SAFETY: every x86-64 processor has SSE2.
            let mask = unsafe { _mm_movemask_epi8(_mm_set_epi64x(i64::from_le_bytes(*high), i64::from_le_bytes(*low))) };
            word |= u64::from(mask.cast_unsigned()) << shift;
        }
    }
    word
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn pack_avx2(bytes: &[u8; 64]) -> u64 {
    use std::arch::x86_64::{_mm256_loadu_si256, _mm256_movemask_epi8};
    let mut word = 0;
    for (half, shift) in bytes.as_chunks::<32>().0.iter().zip([0, 32]) {
        // SAFETY: 32 bytes are read from an array of 32 bytes.
        let half = unsafe { _mm256_loadu_si256(half.as_ptr().cast()) };
        word |= u64::from(_mm256_movemask_epi8(half).cast_unsigned()) << shift;
    }
    word
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn pack_avx512(bytes: &[u8; 64]) -> u64 {
    use std::arch::x86_64::{_mm512_loadu_si512, _mm512_movepi8_mask};
    // SAFETY: 64 bytes are read from an array of 64 bytes.
    _mm512_movepi8_mask(unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) })
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn pack(bytes: &[u8; 64]) -> u64 {
    let mut word = 0;
    for (eight, shift) in bytes.as_chunks::<8>().0.iter().zip([0, 8, 16, 24, 32, 40, 48, 56]) {
        let bits = u64::from_le_bytes(*eight) & 0x0101_0101_0101_0101;
        word |= (bits.wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift;
    }
    word
}

/// The body of a kernel: a bit for each value.
macro_rules! pack_all {
    ($values:expr, $out:expr, $pack:ident, $value:ident => $met:expr) => {{
        let (blocks, rest) = $values.as_chunks::<64>();
        let mut words = $out.iter_mut();
        for (block, word) in blocks.iter().zip(words.by_ref()) {
            let mut bytes = [0_u8; 64];
            for (byte, value) in bytes.iter_mut().zip(block) {
                let $value = *value;
                *byte = u8::from($met).wrapping_neg();
            }
            *word = $pack(&bytes);
        }
        if let (Some(word), false) = (words.next(), rest.is_empty()) {
            let mut bytes = [0_u8; 64];
            for (byte, value) in bytes.iter_mut().zip(rest) {
                let $value = *value;
                *byte = u8::from($met).wrapping_neg();
            }
            *word = $pack(&bytes);
        }
    }};
}

/// One function for each type, in each set of instructions, that writes a bit for each value.
macro_rules! kernels {
    ($( $call:ident, $plain:ident, $avx2:ident, $avx512:ident: $number:ty, ($($name:ident: $type:ty),*), $value:ident => $met:expr; )*) => { $(
        #[allow(clippy::cast_possible_wrap, clippy::unnecessary_cast, trivial_numeric_casts, reason = "one expression for every type of number")]
        fn $plain(values: &[$number], $($name: $type,)* out: &mut [u64]) {
            pack_all!(values, out, pack, $value => $met);
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,bmi1,bmi2")]
        #[allow(clippy::cast_possible_wrap, clippy::unnecessary_cast, trivial_numeric_casts, reason = "as above")]
        fn $avx2(values: &[$number], $($name: $type,)* out: &mut [u64]) {
            pack_all!(values, out, pack_avx2, $value => $met);
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx2,bmi1,bmi2")]
        #[allow(clippy::cast_possible_wrap, clippy::unnecessary_cast, trivial_numeric_casts, reason = "as above")]
        fn $avx512(values: &[$number], $($name: $type,)* out: &mut [u64]) {
            pack_all!(values, out, pack_avx512, $value => $met);
        }

        fn $call(level: Level, values: &[$number], $($name: $type,)* out: &mut [u64]) {
            match level.0 {
                Instructions::Baseline => $plain(values, $($name,)* out),
                // SAFETY: a level above the baseline is made only where the processor has every instruction set that the function names.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx2 => unsafe { $avx2(values, $($name,)* out) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx512 => unsafe { $avx512(values, $($name,)* out) },
            }
        }
    )* };
}

// Within two bounds by one comparison: moved down by the lower bound and by half the range of the type.
kernels! {
    within_i8, within_i8_plain, within_i8_avx2, within_i8_avx512: i8, (base: i8, top: i8), value => (value as i8).wrapping_sub(base) <= top;
    within_u8, within_u8_plain, within_u8_avx2, within_u8_avx512: u8, (base: i8, top: i8), value => (value as i8).wrapping_sub(base) <= top;
    within_i16, within_i16_plain, within_i16_avx2, within_i16_avx512: i16, (base: i16, top: i16), value => (value as i16).wrapping_sub(base) <= top;
    within_u16, within_u16_plain, within_u16_avx2, within_u16_avx512: u16, (base: i16, top: i16), value => (value as i16).wrapping_sub(base) <= top;
    within_i32, within_i32_plain, within_i32_avx2, within_i32_avx512: i32, (base: i32, top: i32), value => (value as i32).wrapping_sub(base) <= top;
    within_u32, within_u32_plain, within_u32_avx2, within_u32_avx512: u32, (base: i32, top: i32), value => (value as i32).wrapping_sub(base) <= top;
    within_i64, within_i64_plain, within_i64_avx2, within_i64_avx512: i64, (base: i64, top: i64), value => (value as i64).wrapping_sub(base) <= top;
    within_u64, within_u64_plain, within_u64_avx2, within_u64_avx512: u64, (base: i64, top: i64), value => (value as i64).wrapping_sub(base) <= top;
    within_f32, within_f32_plain, within_f32_avx2, within_f32_avx512: f32, (low: f64, high: f64), value => (f64::from(value) >= low) & (f64::from(value) <= high);
    within_f64, within_f64_plain, within_f64_avx2, within_f64_avx512: f64, (low: f64, high: f64), value => (value >= low) & (value <= high);
    exact_f32, exact_f32_plain, exact_f32_avx2, exact_f32_avx512: f32, (times: f64, most: f64), value => {
        let whole = rounded(f64::from(value) * times);
        #[expect(clippy::cast_possible_truncation, reason = "the nearest float of the type is what is asked")]
        let same = (whole / times) as f32 == value;
        same & (whole >= 0.0) & (whole <= most)
    };
}

/// The nearest whole number, for numbers below 2^51.
#[inline(always)]
fn rounded(value: f64) -> f64 {
    // 1.5 × 2^52: adding it leaves no bit behind the point.
    const HALF_WAY: f64 = 6_755_399_441_055_744.0;
    (value + HALF_WAY) - HALF_WAY
}

#[inline(always)]
fn is_exact(value: f64, times: f64, most: f64) -> bool {
    let whole = rounded(value * times);
    (whole / times == value) & (whole >= 0.0) & (whole <= most)
}

/// The same without a division: the float is the nearest to the parts, if it is off by no more than half of its last place.
///
/// The two differ nowhere: the difference is taken without rounding, and no number of parts below 2^51 lies halfway between two floats.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn is_exact_fused(value: f64, times: f64, half_last_place: f64, most: f64) -> bool {
    const EXPONENT: u64 = 0x7FF0_0000_0000_0000;
    let whole = rounded(value * times);
    let off = value.mul_add(times, -whole).abs();
    (off <= f64::from_bits(value.to_bits() & EXPONENT) * half_last_place) & (whole >= 0.0) & (whole <= most)
}

/// Half of the last place of a float with the exponent zero, in parts.
#[cfg(target_arch = "x86_64")]
fn half_last_place(times: f64) -> f64 {
    times * (f64::EPSILON / 2.0)
}

fn exact_f64_plain(values: &[f64], times: f64, most: f64, out: &mut [u64]) {
    pack_all!(values, out, pack, value => is_exact(value, times, most));
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2")]
fn exact_f64_avx2(values: &[f64], times: f64, most: f64, out: &mut [u64]) {
    let half = half_last_place(times);
    pack_all!(values, out, pack_avx2, value => is_exact_fused(value, times, half, most));
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,bmi1,bmi2")]
fn exact_f64_avx512(values: &[f64], times: f64, most: f64, out: &mut [u64]) {
    let half = half_last_place(times);
    pack_all!(values, out, pack_avx512, value => is_exact_fused(value, times, half, most));
}

fn exact_f64(level: Level, values: &[f64], times: f64, most: f64, out: &mut [u64]) {
    match level.0 {
        Instructions::Baseline => exact_f64_plain(values, times, most, out),
        // SAFETY: a level above the baseline is made only where the processor has every instruction set that the function names.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { exact_f64_avx2(values, times, most, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 => unsafe { exact_f64_avx512(values, times, most, out) },
    }
}

/// A span of values as they stand in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub whole: (i64, i64),
    pub float: (f64, f64),
}

macro_rules! within {
    ($level:expr, $values:expr, $rows:expr, $span:expr, $out:expr, $number:ty, $signed:ty, $call:ident) => {{
        let values = $values.get($rows).unwrap_or(&[]);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_possible_wrap,
            clippy::cast_sign_loss,
            clippy::unnecessary_cast,
            trivial_numeric_casts
        )]
        #[allow(clippy::cast_lossless, reason = "clamped to the type just before; its halves are meant")]
        {
            let (least, most) = (<$number>::MIN as i128, <$number>::MAX as i128);
            let low = i128::from($span.whole.0).max(least);
            // An open end of the largest number holds whatever the type holds.
            let high = if $span.whole.1 == i64::MAX {
                most
            } else {
                i128::from($span.whole.1).min(most)
            };
            if low > high {
                $out.fill(0);
            } else {
                let base = (low as $number as $signed).wrapping_add(<$signed>::MIN);
                let top = ((high as $number as $signed).wrapping_sub(low as $number as $signed)).wrapping_add(<$signed>::MIN);
                $call($level, values, base, top, $out);
            }
        }
    }};
}

/// Whether each value of a chunk lies within a span.
pub(super) fn within(level: Level, data: &Data<'_>, rows: std::ops::Range<usize>, span: &Span, out: &mut [u64]) {
    let (low, high) = span.float;
    match data {
        Data::I8(values) => within!(level, values, rows, span, out, i8, i8, within_i8),
        Data::U8(values) => within!(level, values, rows, span, out, u8, i8, within_u8),
        Data::I16(values) => within!(level, values, rows, span, out, i16, i16, within_i16),
        Data::U16(values) => within!(level, values, rows, span, out, u16, i16, within_u16),
        Data::I32(values) => within!(level, values, rows, span, out, i32, i32, within_i32),
        Data::U32(values) => within!(level, values, rows, span, out, u32, i32, within_u32),
        Data::I64(values) => within!(level, values, rows, span, out, i64, i64, within_i64),
        Data::U64(values) => within!(level, values, rows, span, out, u64, i64, within_u64),
        Data::F32(values) => within_f32(level, values.get(rows).unwrap_or(&[]), low, high, out),
        Data::F64(values) => within_f64(level, values.get(rows).unwrap_or(&[]), low, high, out),
        Data::Bits(_) | Data::Constant(_) => out.fill(0),
    }
}

/// Whether each float of a chunk is a whole number of parts, not negative and not above the most.
pub(super) fn exact(level: Level, data: &Data<'_>, rows: std::ops::Range<usize>, times: f64, most: f64, out: &mut [u64]) {
    match data {
        Data::F32(values) => exact_f32(level, values.get(rows).unwrap_or(&[]), times, most, out),
        Data::F64(values) => exact_f64(level, values.get(rows).unwrap_or(&[]), times, most, out),
        _ => out.fill(u64::MAX),
    }
}

/// Whether the table holds a one for each value of a chunk.
#[expect(clippy::unnecessary_fallible_conversions, reason = "one expression for every type of number")]
pub(super) fn listed(data: &Data<'_>, rows: std::ops::Range<usize>, table: &[u8], out: &mut [u64]) {
    // A table of every byte needs no check of its end.
    if let (Data::U8(values), Ok(table)) = (data, <&[u8; 256]>::try_from(table)) {
        for (values, word) in values.get(rows).unwrap_or(&[]).chunks(64).zip(out.iter_mut()) {
            let mut bytes = [0_u8; 64];
            for (byte, value) in bytes.iter_mut().zip(values) {
                *byte = table.get(usize::from(*value)).copied().unwrap_or(0);
            }
            *word = pack(&bytes);
        }
        return;
    }
    by_type!(data, values => {
        for (values, word) in values.get(rows).unwrap_or(&[]).chunks(64).zip(out.iter_mut()) {
            let mut bytes = [0_u8; 64];
            for (byte, value) in bytes.iter_mut().zip(values) {
                *byte = usize::try_from(*value).ok().and_then(|key| table.get(key)).copied().unwrap_or(0);
            }
            *word = pack(&bytes);
        }
    }, _floats => out.fill(0), _rest => out.fill(0));
}

/// Packed bits from a row on, whole words.
pub(super) fn bits(bits: &Bits<'_>, first: usize, out: &mut [u64]) {
    let first = bits.offset.saturating_add(first);
    let (byte, shift) = (first >> 3, first & 7);
    let bytes = bits.bytes.get(byte..).unwrap_or(&[]);
    let needed = out.len().saturating_mul(8);
    if let (0, Some(bytes)) = (shift, bytes.get(..needed)) {
        for (word, eight) in out.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*eight);
        }
        return;
    }
    let mut rest = bytes;
    for word in out.iter_mut() {
        let mut nine = [0_u8; 16];
        for (to, from) in nine.iter_mut().zip(rest.iter().take(9)) {
            *to = *from;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the low word is meant")]
        let low = (u128::from_le_bytes(nine) >> shift) as u64;
        *word = low;
        rest = rest.get(8..).unwrap_or(&[]);
    }
}

/// A bitmap, the word by which it is flipped, and the value of its bits.
pub(super) type Plane<'a> = (&'a [u64], u64, u8);

macro_rules! spread_all {
    ($planes:expr, $out:expr) => {{
        const BITS: [u8; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
        for (word, bytes) in $out.chunks_mut(64).enumerate() {
            let mut sums = [0_u8; 64];
            for (words, flip, value) in $planes {
                let halves = (words.get(word).copied().unwrap_or(0) ^ flip).to_le_bytes();
                for (eight, half) in sums.as_chunks_mut::<8>().0.iter_mut().zip(halves) {
                    for (sum, bit) in eight.iter_mut().zip(BITS) {
                        *sum |= if half & bit == 0 { 0 } else { *value };
                    }
                }
            }
            for (byte, sum) in bytes.iter_mut().zip(sums) {
                *byte = sum;
            }
        }
    }};
}

fn spread_plain(planes: &[Plane<'_>], out: &mut [u8]) {
    spread_all!(planes, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn spread_avx2(planes: &[Plane<'_>], out: &mut [u8]) {
    spread_all!(planes, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx2,bmi1,bmi2")]
fn spread_avx512(planes: &[Plane<'_>], out: &mut [u8]) {
    use std::arch::x86_64::{_mm512_maskz_set1_epi8, _mm512_or_si512, _mm512_setzero_si512, _mm512_storeu_si512};
    for (word, bytes) in out.chunks_mut(64).enumerate() {
        let mut sums = _mm512_setzero_si512();
        for (words, flip, value) in planes {
            let set = words.get(word).copied().unwrap_or(0) ^ flip;
            sums = _mm512_or_si512(sums, _mm512_maskz_set1_epi8(set, value.cast_signed()));
        }
        let mut all = [0_u8; 64];
        // SAFETY: 64 bytes are written into an array of 64 bytes.
        unsafe { _mm512_storeu_si512(all.as_mut_ptr().cast(), sums) };
        match <&mut [u8; 64]>::try_from(&mut *bytes) {
            Ok(bytes) => *bytes = all,
            Err(_) => bytes.iter_mut().zip(all).for_each(|(byte, one)| *byte = one),
        }
    }
}

/// Writes for each row the sum of the values of the planes in which its bit is set.
pub(super) fn spread(level: Level, planes: &[Plane<'_>], out: &mut [u8]) {
    match level.0 {
        Instructions::Baseline => spread_plain(planes, out),
        // SAFETY: a level above the baseline is made only where the processor has every instruction set that the function names.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { spread_avx2(planes, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 => unsafe { spread_avx512(planes, out) },
    }
}
