//! The rulebook that the library was built with.

use std::sync::LazyLock;

use crate::rulebook::{Book, Rulebook};

static BUILT_IN: LazyLock<Rulebook> = LazyLock::new(|| {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/rulebook.bin"));
    // The build script compiled these bytes with this very code; a test holds that they open.
    Rulebook::of(Book::from_bytes(bytes).unwrap_or_default())
});

impl Rulebook {
    /// The rulebook that the library was built with: a constant, decoded when first asked for.
    #[must_use]
    pub fn built_in() -> Self {
        BUILT_IN.clone()
    }
}
