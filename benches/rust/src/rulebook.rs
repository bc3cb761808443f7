//! The rulebooks: the six rules given at run time, and the built-in one.

use std::fs;
use std::path::{Path, PathBuf};

use sitthi::Rulebook;
use sitthi::compile::SourceFile;

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(base: &Path, name: &str) -> String {
    fs::read_to_string(base.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The six rules, compiled: their own files beside the vocabulary and places of the built-in rulebook.
pub fn six_rules() -> Rulebook {
    let (law, own) = (repository().join("core/rulebook"), repository().join("benches/rulebook"));
    let file = |path: &str, text: String| SourceFile {
        path: path.to_owned(),
        text,
    };
    let mut files = vec![file(
        "vocabulary/codes.toml",
        format!("{}\n{}", read(&law, "vocabulary/codes.toml"), read(&own, "codes.toml")),
    )];
    for name in [
        "vocabulary/facts.toml",
        "vocabulary/engine.toml",
        "places/provinces.csv",
        "places/districts.csv",
        "calendar/calendar.toml",
        "calendar/holidays.csv",
    ] {
        files.push(file(name, read(&law, name)));
    }
    for name in ["facts.toml", "authorities/agencies.toml", "statutes/bench.toml"] {
        files.push(file(name, read(&own, name)));
    }
    let mut schemes: Vec<PathBuf> = fs::read_dir(own.join("schemes"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    schemes.sort();
    for path in schemes {
        let name = format!("schemes/{}", path.file_name().unwrap().to_string_lossy());
        files.push(file(&name, read(&own, &name)));
    }
    Rulebook::from_sources(&files).unwrap_or_else(|faults| panic!("{faults}"))
}
