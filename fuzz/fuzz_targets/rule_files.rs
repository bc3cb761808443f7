//! Rule files: one file of a small rulebook is replaced or cut; every fault is told, and none stops the compiler.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sitthi::Rulebook;
use sitthi::compile::SourceFile;

fn collect(folder: &Path, base: &Path, sources: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, base, sources);
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") {
            let name = path.strip_prefix(base).unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            sources.push(SourceFile { path: name, text });
        }
    }
}

/// The built-in rule files but those of plans and complaints: a compilation takes a tenth of the time.
static SOURCES: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/rulebook");
    let mut sources = Vec::new();
    collect(&base, &base, &mut sources);
    sources.retain(|source| !source.path.starts_with("plans/") && !source.path.starts_with("complaints/t"));
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
});

// The first byte picks the file, the next two where it is cut, the third how much goes; the rest is put there.
fuzz_target!(|data: &[u8]| {
    let [file, high, low, gone, put @ ..] = data else { return };
    let mut sources = SOURCES.clone();
    let count = sources.len();
    let Some(source) = sources.get_mut(usize::from(*file) % count) else { return };
    let mut text = std::mem::take(&mut source.text).into_bytes();
    let place = (usize::from(*high) * 256 + usize::from(*low)) * text.len().max(1) / 65_536;
    let end = (place + usize::from(*gone)).min(text.len());
    text.splice(place..end, put.iter().copied());
    source.text = String::from_utf8_lossy(&text).into_owned();
    let _ = Rulebook::from_sources(&sources);
});
