//! `cargo run -p xtask -- wasm` writes the npm package to `bindings-wasm/dist`; `schema` writes the JSON Schema that the Python package
//! ships, and `types` the types that it keeps.

use std::{env, fs, path::Path};

use anyhow::{Context, Result, bail};

#[cfg(feature = "wasm")]
mod wasm;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no workspace folder")?;
    let python = root.join("bindings-python/python/sitthi");
    match env::args().nth(1).as_deref() {
        #[cfg(feature = "wasm")]
        Some("wasm") => wasm::package(root),
        Some("schema") => schema(&python),
        Some("types") => Ok(fs::write(python.join("types.py"), sitthi::python()?)?),
        _ => bail!("usage: cargo run -p xtask -- wasm | schema | types"),
    }
}

/// Writes the JSON Schema of what is given and of what is answered into the folder `schema` of a package.
fn schema(package: &Path) -> Result<()> {
    let folder = package.join("schema");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("facts.schema.json"), sitthi::Rulebook::built_in().facts_schema())?;
    fs::write(folder.join("decisions.schema.json"), sitthi::decisions_schema()?)?;
    Ok(())
}
