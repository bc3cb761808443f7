//! Reads the rule files of a folder.

use std::io;
use std::path::Path;

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use sitthi::ErrorCode;
use sitthi::compile::SourceFile;

use crate::fault::Refused;

/// The rule files that the built-in rulebook was compiled from, with their notes, by their paths.
pub const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rule_files.rs"));

/// How deep folders of rule files may be nested.
const DEEPEST: usize = 16;
/// The largest rule file, in bytes; the largest built-in one has a fiftieth of it.
const LARGEST: u64 = 16 << 20;

/// The rule files of a folder, by their paths inside it. Links to folders are not followed; a rule file that is no regular file is refused.
pub fn sources(folder: &Path) -> PyResult<Vec<SourceFile>> {
    let mut found = Vec::new();
    collect(folder, folder, DEEPEST, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    if found.is_empty() {
        let message = format!("`{}` holds no rule file", folder.display());
        return Err(Refused::new(ErrorCode::RulebookFaults, message, None, None, "a folder of rule files").into());
    }
    Ok(found)
}

fn collect(folder: &Path, base: &Path, depth: usize, sources: &mut Vec<SourceFile>) -> PyResult<()> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error: io::Error| PyOSError::new_err((error.raw_os_error(), error.to_string(), path))
    };
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed(folder))?);
        if kind.is_dir() {
            if depth == 0 {
                let expected = format!("at most {DEEPEST} folders inside each other");
                return Err(refused(&path, "is nested too deeply", &expected));
            }
            collect(&path, base, depth.saturating_sub(1), sources)?;
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") {
            if !kind.is_file() {
                return Err(refused(&path, "is no regular file", "a rule file itself, no link, pipe or device"));
            }
            if entry.metadata().map_err(failed(&path))?.len() > LARGEST {
                return Err(refused(&path, "is too large", &format!("at most {LARGEST} bytes")));
            }
            let name = path.strip_prefix(base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            sources.push(SourceFile {
                path: name,
                text: std::fs::read_to_string(&path).map_err(failed(&path))?,
            });
        }
    }
    Ok(())
}

fn refused(path: &Path, what: &str, expected: &str) -> PyErr {
    Refused::new(
        ErrorCode::RulebookFaults,
        format!("`{}` {what}", path.display()),
        None,
        None,
        expected,
    )
    .into()
}
