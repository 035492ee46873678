//! The house: who may name whom, opening lines, lengths, where third-party crates may stand, no network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may name, besides itself. `lib.rs` may name every room; `main.rs` and `cli/` only the facade.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("document", &["text"]),
    ("extract", &["document", "text"]),
    ("plan", &["document", "text"]),
    ("rules", &["plan", "document", "text"]),
    ("report", &["rules", "plan", "document", "text"]),
    ("render", &["report", "rules", "plan", "document", "text"]),
    ("annotate", &["render", "report", "rules", "plan", "extract", "document", "text"]),
    ("audit", &["render", "report", "rules", "plan", "extract", "document", "text"]),
];

/// Crates that only some rooms may name.
const CRATES: &[(&str, &[&str])] = &[
    ("hayro_syntax", &["extract"]),
    ("hayro_interpret", &["extract"]),
    ("zip", &["extract", "annotate"]),
    ("quick_xml", &["extract", "render", "annotate"]),
    ("cfb", &["extract"]),
    ("aes", &["extract"]),
    ("cbc", &["extract"]),
    ("sha1", &["extract"]),
    ("base64", &["extract"]),
    ("rustix", &["cli"]),
    ("csv", &["render", "audit", "cli"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("parquet", &["audit"]),
    ("pdf_extract", &["extract"]),
    ("postcard", &["plan", "text"]),
    ("toml", &["rules", "plan", "cli"]),
    ("docx_rs", &["render"]),
    ("rust_xlsxwriter", &["render"]),
    ("serde_json", &["render", "audit"]),
    ("schemars", &["render"]),
    ("unicode_width", &["render"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("strsim", &["cli"]),
    ("terminal_size", &["cli"]),
];

/// Crates that can reach a network. None may be in `Cargo.lock`: a plan never leaves the machine. `deny.toml` says the same.
const NETWORK: &[&str] = &[
    "async-io",
    "async-std",
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "hickory-resolver",
    "hyper",
    "hyper-util",
    "isahc",
    "lettre",
    "libp2p",
    "minreq",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "opentelemetry",
    "quinn",
    "reqwest",
    "rustls",
    "schannel",
    "security-framework",
    "sentry",
    "smol",
    "socket2",
    "ssh2",
    "surf",
    "tokio",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "websocket",
];

/// The most lines a file may have.
const LONGEST: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, with its path from the root and its text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    assert!(!files.is_empty(), "no Rust file below {folder}");
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).expect("a text file")));
        }
    }
}

/// The room of a file: the first part of its path below `src/`.
fn room(file: &str) -> &str {
    let below = file.strip_prefix("src/").unwrap_or(file);
    below.split(['/', '.']).next().unwrap_or(below)
}

/// The code of a file: without comments and without what stands between quotes.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first names after `prefix::`, groups in braces opened.
fn named_after(code: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    let pattern = format!("{prefix}::");
    for (at, _) in code.match_indices(&pattern) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
            continue;
        }
        let rest = &code[at + pattern.len()..];
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = 0;
            for (i, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        names.push(word(group[start..i].trim_start()));
                        break;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        names.push(word(group[start..i].trim_start()));
                        start = i + 1;
                    }
                    _ => {}
                }
            }
        } else {
            names.push(word(rest));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn names_are_read_out_of_code() {
    let names = |code: &str| named_after(code, "crate").join(" ");
    assert_eq!(names("use crate::plan::Plan; x(crate::render::y)"), "plan render");
    assert_eq!(names("use crate::{document::{Block, Gap}, report::Report};"), "document report");
    assert_eq!(names("mycrate::plan; $crate::x"), "");
    assert_eq!(code("a // crate::plan\nb"), "a \nb");
}

#[test]
fn rooms_name_only_the_rooms_below() {
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, text) in rust_files("src") {
        let room = room(&file);
        if matches!(room, "lib" | "main" | "cli") {
            continue;
        }
        let Some(may) = allowed.get(room) else {
            wrong.push(format!("{file}: `{room}` is no room; add it to ROOMS and to ARCHITECTURE.md"));
            continue;
        };
        for name in named_after(&code(&text), "crate") {
            if name != room && !may.contains(&name.as_str()) {
                wrong.push(format!("{file} names crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that may not be:\n{}", wrong.join("\n"));
}

#[test]
fn extract_and_plan_are_strangers() {
    let between = |from: &str, to: &str| ROOMS.iter().any(|(room, may)| *room == from && may.contains(&to));
    assert!(!between("extract", "plan") && !between("plan", "extract"));
}

#[test]
fn the_command_line_sees_only_the_facade() {
    for (file, text) in rust_files("src").into_iter().filter(|(file, _)| matches!(room(file), "main" | "cli")) {
        let code = code(&text);
        let wrong: Vec<String> = named_after(&code, "crate").into_iter().filter(|name| name != "cli").collect();
        assert!(wrong.is_empty(), "{file} names {wrong:?}");
        for name in named_after(&code, "ehcp_lint") {
            let is_room = ROOMS.iter().any(|(room, _)| *room == name);
            assert!(!is_room || matches!(name.as_str(), "extract" | "annotate"), "{file} reaches into the room {name}");
        }
    }
}

#[test]
fn third_party_crates_stand_in_their_rooms() {
    let mut wrong = Vec::new();
    for (file, text) in rust_files("src") {
        let code = code(&text);
        for (name, rooms) in CRATES {
            if !rooms.contains(&room(&file)) && !named_after(&code, name).is_empty() {
                wrong.push(format!("{file} names {name}, which only {rooms:?} may"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_open_with_what_they_are_for_and_are_short() {
    let mut wrong = Vec::new();
    for (file, text) in rust_files("src").into_iter().chain(rust_files("tests")) {
        if !text.starts_with("//! ") {
            wrong.push(format!("{file} does not open with a `//! ` line that says what it is for"));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{file} has {lines} lines, more than {LONGEST}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nobody_reaches_past_the_parent_or_leaves_work_undone() {
    for (file, text) in rust_files("src") {
        let code = code(&text);
        assert!(!code.contains("super::super"), "{file} climbs two floors");
        assert!(!code.contains("todo!("), "{file} has something to do");
    }
}

#[test]
fn doors_hold_no_more_than_a_door() {
    for (file, text) in rust_files("src").into_iter().filter(|(file, _)| file.ends_with("/mod.rs")) {
        let lines = code(&text).lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= 200, "{file} is a door of {lines} lines");
    }
}

#[test]
fn no_crate_can_reach_a_network() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let names: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.len() > 20, "Cargo.lock was not understood");
    let wrong: Vec<&&str> = names.iter().filter(|name| NETWORK.contains(name)).collect();
    assert!(wrong.is_empty(), "a plan never leaves the machine, and these could send it: {wrong:?}");
    let deny = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    for name in NETWORK {
        assert!(deny.contains(&format!("name = \"{name}\"")), "deny.toml does not deny {name}");
    }
}

#[test]
fn names_in_the_architecture_exist() {
    const OURS: &[&str] = &["src/", "tests/", "rules/", "corpus/", "docs/", "lexicon/", ".ci/"];
    // Written with the first release; until then there is nothing to hold it against.
    let Ok(text) = fs::read_to_string(root().join("ARCHITECTURE.md")) else { return };
    let mut wrong = Vec::new();
    for name in text.split('`').skip(1).step_by(2) {
        let is_path = !name.contains([' ', '*', '<', '{', '(', '\u{2026}', '|']);
        let is_rust = Path::new(name).extension().is_some_and(|ending| ending == "rs");
        if is_path && (is_rust || OURS.iter().any(|start| name.starts_with(start))) {
            let inside = |path: &Path| path.ends_with(name);
            let there = root().join(name).exists() || rust_files("src").iter().any(|(file, _)| inside(Path::new(file)));
            if !there {
                wrong.push(name.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md names what is not there: {wrong:?}");
}
