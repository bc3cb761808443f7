//! Writes the lines that `vocabulary/en/` lacks.

use std::collections::BTreeMap;

use super::registry::Untranslated;
use super::source::SourceFile;

/// The files that gain a line, each whole.
pub(super) fn files(sources: &[SourceFile], untranslated: &[Untranslated]) -> Vec<SourceFile> {
    let mut by_file: BTreeMap<&str, Vec<&Untranslated>> = BTreeMap::new();
    for text in untranslated {
        by_file.entry(&text.file).or_default().push(text);
    }
    let file = |(id, texts): (&str, Vec<&Untranslated>)| {
        let path = format!("vocabulary/en/{id}.toml");
        let before = sources.iter().find(|source| source.path == path).map_or("", |source| &source.text);
        let mut lines: Vec<String> = before.lines().map(ToOwned::to_owned).collect();
        for text in texts {
            add(&mut lines, text);
        }
        let text = format!("{}\n", lines.join("\n"));
        SourceFile { path, text }
    };
    // An id names a file only where it is a plain word: none leads out of the folder.
    let plain = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    by_file.into_iter().filter(|(id, _)| plain(id)).map(file).collect()
}

/// Adds an empty line of a text at the head of its group, unless it stands there already and waits to be filled in.
fn add(lines: &mut Vec<String>, text: &Untranslated) {
    let (group, name) = text.key.split_once('.').unwrap_or(("", &text.key));
    let bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let key = if bare { name.to_owned() } else { format!("\"{name}\"") };
    let head = format!("[{group}]");
    let waits = |line: &String| line.split_once('=').is_some_and(|(before, _)| before.trim() == key);
    let start = match lines.iter().position(|line| line.trim_end() == head) {
        Some(at) => at.saturating_add(1),
        None if group.is_empty() => 0,
        None => {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(head);
            lines.len()
        }
    };
    let inside = lines.iter().skip(start).take_while(|line| !line.starts_with('['));
    if inside.into_iter().any(waits) {
        return;
    }
    let thai = text.th.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut added = Vec::with_capacity(2);
    if !thai.is_empty() {
        added.push(format!("# {thai}"));
    }
    added.push(format!("{key} = \"\""));
    lines.splice(start..start, added);
}
