//! What the integration tests share.
#![allow(dead_code, reason = "each test uses a part")]

use std::fs;
use std::path::{Path, PathBuf};

use sitthi::compile::SourceFile;
use sitthi::examples::{Example, examples};

/// The folder of the rulebook.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rulebook")
}

fn collect(folder: &Path, base: &Path, sources: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, base, sources);
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") {
            let name = path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
            sources.push(SourceFile {
                path: name,
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

/// The files of the built-in rulebook, sorted by path.
pub fn sources() -> Vec<SourceFile> {
    let (mut sources, base) = (Vec::new(), folder());
    collect(&base, &base, &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The day and the facts of an example.
pub fn given(example: &Example) -> (sitthi::Date, serde_json::Value) {
    let mut facts = example.given.clone();
    let today = facts
        .remove("today")
        .unwrap_or_else(|| panic!("{} of {} gives no day", example.id, example.file));
    (
        sitthi::Date::parse(today.as_str().unwrap()).unwrap(),
        serde_json::Value::Object(facts),
    )
}

/// The examples of the built-in rule files of some folders, such as `schemes/`.
pub fn examples_under(folders: &[&str]) -> Vec<Example> {
    let all = examples(&sources()).unwrap_or_else(|faults| panic!("{faults}"));
    let under = |example: &Example| folders.iter().any(|folder| example.path.starts_with(folder));
    all.into_iter().filter(under).collect()
}
