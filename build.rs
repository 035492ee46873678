//! Lists the rule files and the lexicon into `OUT_DIR`, so that both stand in the binary. Nothing else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for (folder, list) in [("rules", "rules.rs"), ("lexicon", "lexicon.rs")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files)?;
        files.sort();
        let mut text = String::from("&[\n");
        for file in files {
            let name = file.strip_prefix(root.join(folder)).unwrap_or(&file).with_extension("");
            let name = name.to_string_lossy().replace('\\', "/");
            let _ = writeln!(text, "    ({name:?}, include_str!({:?})),", file.display().to_string());
        }
        text.push_str("]\n");
        fs::write(out.join(list), text)?;
    }
    Ok(())
}

/// Every `.toml` file below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
