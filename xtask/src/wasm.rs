//! The npm package.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// WebAssembly features that rustc uses by default; every browser since 2023 and Node 20 have them.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds, packs and describes the module.
pub fn package(root: &Path) -> Result<()> {
    let binding = root.join("bindings-wasm");
    let dist = binding.join("dist");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);

    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    run(build.current_dir(root).args([
        "build",
        "-p",
        "sitthi-wasm",
        "--profile",
        "wasm",
        "--target",
        "wasm32-unknown-unknown",
    ]))?;

    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    // One module serves all: Node reads it from the disk, a page and a bundler by its address.
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(root.join(target).join("wasm32-unknown-unknown/wasm/sitthi_wasm.wasm"))
        .web(true)?
        .typescript(false)
        .generate(&dist)?;

    let module = dist.join("sitthi_wasm_bg.wasm");
    let optimiser = binding.join("node_modules/.bin/wasm-opt");
    ensure!(optimiser.exists(), "wasm-opt is missing: run `npm ci` in bindings-wasm");
    let mut optimise = Command::new(optimiser);
    // Left alone, it puts every function with one caller into it. What reads a rulebook would be one function of 84 kB, which an engine
    // takes ten milliseconds to compile; apart, it is compiled as far as it runs, and squeezes smaller.
    run(optimise
        .args([
            "-Oz",
            "--one-caller-inline-max-function-size=20",
            "--strip-debug",
            "--strip-producers",
        ])
        .args(FEATURES)
        .arg(&module)
        .arg("-o")
        .arg(&module))?;

    beside(root, &binding.join("js"), &dist)
}

/// Adds what stands beside the module: its entrances, the types, the manifest and the licences.
fn beside(root: &Path, source: &Path, dist: &Path) -> Result<()> {
    for name in ["lib.js", "error.js", "given.js", "text.js", "node.js", "browser.js"] {
        copy(source, dist, name)?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(root, dist, name)?;
    }
    let signatures = fs::read_to_string(source.join("api.d.ts"))?;
    fs::write(dist.join("index.d.ts"), format!("{}\n{signatures}", sitthi::typescript()?))?;

    crate::schema(dist)?;

    // As text: the order of the export conditions has a meaning.
    let manifest = fs::read_to_string(source.join("package.json"))?;
    fs::write(dist.join("package.json"), manifest.replace("0.0.0", env!("CARGO_PKG_VERSION")))?;
    Ok(())
}

fn copy(from: &Path, to: &Path, name: &str) -> Result<()> {
    fs::copy(from.join(name), to.join(name)).with_context(|| format!("cannot copy `{name}`"))?;
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}
