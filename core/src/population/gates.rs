//! Boolean algebra over bitmaps: shared conjunctions of signals that may be inverted.

use std::collections::HashMap;

/// A bitmap or its inverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Signal(u32);

impl Signal {
    pub(super) const FALSE: Self = Self(0);
    pub(super) const TRUE: Self = Self(1);

    pub(super) fn not(self) -> Self {
        Self(self.0 ^ 1)
    }

    pub(super) fn gate(self) -> usize {
        usize::try_from(self.0 >> 1).unwrap_or(0)
    }

    pub(super) fn inverted(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Where the bits of a signal come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Gate {
    /// No row.
    Nothing,
    /// Rows that can be assessed.
    Sound,
    /// Rows whose value of a column is among these spans; where it is not known it may say either.
    Among { column: usize, spans: Vec<(i64, i64)> },
    /// Rows for which the value of a column is known.
    Known { column: usize },
    /// Rows for which a condition that is evaluated row by row says so.
    ByRow { leaf: usize, met: bool },
    /// All of these.
    All(Vec<Signal>),
}

/// Gates, each distinct one once; what a gate names stands before it.
#[derive(Debug, Default)]
pub(super) struct Gates {
    pub gates: Vec<Gate>,
    numbers: HashMap<Gate, Signal>,
}

impl Gates {
    pub(super) fn new() -> Self {
        let mut gates = Self::default();
        gates.put(Gate::Nothing);
        gates
    }

    pub(super) fn put(&mut self, gate: Gate) -> Signal {
        if let Some(signal) = self.numbers.get(&gate) {
            return *signal;
        }
        let signal = Signal(u32::try_from(self.gates.len()).unwrap_or(u32::MAX >> 1) << 1);
        self.numbers.insert(gate.clone(), signal);
        self.gates.push(gate);
        signal
    }

    pub(super) fn all(&mut self, signals: impl IntoIterator<Item = Signal>) -> Signal {
        let mut parts: Vec<Signal> = signals.into_iter().filter(|signal| *signal != Signal::TRUE).collect();
        parts.sort_unstable();
        parts.dedup();
        // A signal and its inverse stand side by side.
        let contrary = parts.windows(2).any(|pair| matches!(pair, [a, b] if a.not() == *b));
        match parts.as_slice() {
            _ if contrary || parts.first() == Some(&Signal::FALSE) => Signal::FALSE,
            [] => Signal::TRUE,
            [one] => *one,
            _ => self.put(Gate::All(parts)),
        }
    }

    pub(super) fn any(&mut self, signals: impl IntoIterator<Item = Signal>) -> Signal {
        self.all(signals.into_iter().map(Signal::not)).not()
    }

    pub(super) fn both(&mut self, a: Signal, b: Signal) -> Signal {
        self.all([a, b])
    }

    pub(super) fn either(&mut self, a: Signal, b: Signal) -> Signal {
        self.any([a, b])
    }
}
