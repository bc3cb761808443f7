//! Compiles the built-in rulebook through the very compiler that checks a rulebook at run time: nothing generated is kept in the
//! repository, so nothing can be stale, and a faulty rule file fails the build with the line and what would be right.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    reason = "the modules of the library, of which the build needs a part"
)]
#![allow(clippy::all, reason = "checked as part of the library")]

#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/criterion/mod.rs"]
mod criterion;
#[path = "src/facts/mod.rs"]
mod facts;
#[path = "src/plan/mod.rs"]
mod plan;
#[path = "src/rulebook/mod.rs"]
mod rulebook;
#[path = "src/values/mod.rs"]
mod values;

use std::fs;
use std::io;
use std::path::Path;

fn collect(folder: &Path, base: &Path, sources: &mut Vec<compile::SourceFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, base, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") {
            let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            sources.push(compile::SourceFile {
                path: name,
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = Path::new("rulebook");
    for watched in [
        "build.rs",
        "rulebook",
        "src/criterion",
        "src/compile",
        "src/facts",
        "src/plan",
        "src/rulebook",
        "src/values",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut sources = Vec::new();
    collect(base, base, &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let book = compile::compile(&sources).map_err(|faults| {
        let lines: Vec<String> = faults.0.iter().map(|fault| format!("core/rulebook/{fault}")).collect();
        format!("the rulebook has faults:\n{}", lines.join("\n"))
    })?;
    // A build that reads no rule files is a page's or a phone's: it answers the same, and shows no bibliography.
    let book = if std::env::var_os("CARGO_FEATURE_SOURCE").is_some() {
        book
    } else {
        book.stripped()
    };
    let target = Path::new(&std::env::var("OUT_DIR")?).join("rulebook.bin");
    fs::write(target, book.to_bytes()?)?;
    Ok(())
}
