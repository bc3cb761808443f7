//! Medians over alternating runs: contenders take turns, so that what the neighbours of the machine do strikes all alike.

use std::time::Instant;

/// The seconds of one call.
pub fn seconds(call: impl FnOnce()) -> f64 {
    let start = Instant::now();
    call();
    start.elapsed().as_secs_f64()
}

pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The median seconds of each contender, after one round to warm up.
pub fn alternate<const N: usize>(runs: usize, contenders: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut times = [const { Vec::new() }; N];
    let mut contenders = contenders;
    for round in 0..=runs {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            let taken = seconds(contender);
            if round > 0 {
                times.push(taken);
            }
        }
    }
    times.map(median)
}

/// The median seconds of one call, over several rounds of many calls.
pub fn each(runs: usize, calls: usize, mut call: impl FnMut()) -> f64 {
    let rounds = (0..runs.max(1)).map(|_| {
        seconds(|| {
            for _ in 0..calls {
                call();
            }
        }) / calls as f64
    });
    median(rounds.collect())
}
