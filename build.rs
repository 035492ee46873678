//! Reads the rule files and the lexicon, and writes them into `OUT_DIR` as they are to stand in the binary: the files themselves,
//! the same packed, so that nothing has to be read as TOML again, their patterns over words, ready to be matched, and the thesaurus.
//!
//! The code that reads and lays out is the library's own, by its path: here nothing is done a second way.

use plan::read::thesaurus::terms::Thesaurus;
use rules::phrases;
use serde::Deserialize as _;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use text::latin::{self, ANYWHERE, Around, BEGINNING, TITLE, WHOLE, WORDS};
use text::making::Making;
use text::own_literals::{own_literals, own_words};
use text::pattern::Grammar;
use text::prepared::{OWN, fingerprint};
use text::regex::ready::{self, Ready};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, ValueDeserializer};

#[path = "src/plan"]
#[allow(dead_code, unreachable_pub, reason = "the library reads what is packed here")]
mod plan {
    pub(crate) mod packed;
    pub(crate) mod packing;
    pub(crate) mod read {
        pub(crate) mod thesaurus {
            pub(crate) mod concepts;
            pub(crate) mod file;
            pub(crate) mod terms;
        }
        pub(crate) mod words;
    }
}

#[path = "src/rules"]
mod rules {
    pub(crate) mod phrases;
}

#[path = "src/text"]
#[allow(dead_code, unreachable_pub, reason = "patterns are read here, and matched in the library")]
mod text {
    pub(crate) mod automaton;
    pub(crate) mod element;
    pub(crate) mod first;
    pub(crate) mod flat;
    pub(crate) mod fold;
    pub(crate) mod idle;
    pub(crate) mod lacked;
    pub(crate) mod latin;
    pub(crate) mod making;
    pub(crate) mod mask;
    pub(crate) mod matching;
    pub(crate) mod numbered;
    pub(crate) mod own_literals;
    pub(crate) mod pattern;
    pub(crate) mod phrase;
    pub(crate) mod prepared;
    pub(crate) mod regex {
        pub(crate) mod class;
        pub(crate) mod factor;
        pub(crate) mod needs;
        pub(crate) mod program;
        pub(crate) mod ready;
        pub(crate) mod starts;
        pub(crate) mod syntax;
    }
    pub(crate) mod runs;
    pub(crate) mod searched;
    pub(crate) mod span;
    pub(crate) mod together;
    pub(crate) mod token;
    pub(crate) mod tree;
    pub(crate) use fold::Folded;
}

/// The files of the lexicon whose lists are patterns over words. The first holds the classes that patterns can name.
const PATTERNS: &[&str] = &["words", "measures", "outcomes", "providers", "shortfall", "sorts"];

/// The files of the lexicon whose lists are regular expressions, and what the library puts around a list of each.
const REGEXES: &[(&str, &[Around])] = &[
    ("statements", &[ANYWHERE, BEGINNING]),
    ("headings", &[WHOLE, WORDS]),
    ("outside", &[WHOLE]),
    ("columns", &[ANYWHERE]),
];

/// The lists of titles that an entry of `headings` has.
const TITLES: [&str; 2] = ["statutory", "alone"];

/// The file of the lexicon that is laid out whole.
const THESAURUS: &str = "thesaurus";

/// The kind of check whose lists are such patterns.
const CHECK: &str = "weak-words";

/// A file that was read.
struct Source {
    path: PathBuf,
    name: String,
    text: String,
}

/// What is wrong with a file, and where.
struct Fault {
    what: String,
    at: usize,
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let [rules, lexicon] = ["rules", "lexicon"].map(|folder| {
        println!("cargo::rerun-if-changed={folder}");
        sources(&root, folder, "toml")
    });
    let (rules, lexicon) = (rules?, lexicon?);
    write_list(&out, "rules", &rules, &["fires", "silent"])?;
    write_list(&out, "lexicon", &lexicon, &[])?;
    fs::write(
        out.join("thesaurus"),
        lexicon.iter().find(|file| file.name == THESAURUS).map(thesaurus).unwrap_or_default(),
    )?;
    println!("cargo::rerun-if-changed=src");
    let code = sources(&root, "src", "rs")?;
    fs::write(out.join("regexes"), regexes(&rules, &lexicon, &code))?;
    let mut making = Making::default();
    let Some(grammar) = lexicon.iter().find(|file| file.name == PATTERNS[0]).map(grammar) else { return Ok(()) };
    let _ = prepare(&grammar, &mut making, &Spanned::new(0..0, DeValue::Array(DeArray::new())));
    for file in lexicon.iter().filter(|file| PATTERNS.contains(&file.name.as_str())) {
        with_table(file, |table| prepare(&grammar, &mut making, &table));
    }
    for file in &rules {
        with_table(file, |table| {
            let check = table.get_ref().get("check").filter(|check| has_patterns(check));
            check.map_or(Ok(()), |check| prepare(&grammar, &mut making, check))
        });
    }
    let (told_apart, stems) = making.told_apart(code.iter().flat_map(|file| own_words(&file.text)));
    fs::write(out.join("patterns.told-apart"), told_apart)?;
    fs::write(out.join("patterns.stems"), stems)?;
    let (cells, words, index) = making.files();
    fs::write(out.join("patterns.cells"), cells)?;
    fs::write(out.join("patterns.words"), words)?;
    fs::write(out.join("patterns.index"), index)
}

/// Every file below a folder whose name ends so, in the order of the names.
fn sources(root: &Path, folder: &str, ending: &str) -> io::Result<Vec<Source>> {
    let mut paths = Vec::new();
    collect(&root.join(folder), ending, &mut paths)?;
    paths.sort();
    let read = paths.into_iter().map(|path| {
        let name = path.strip_prefix(root.join(folder)).unwrap_or(&path).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        Ok(Source { name, text: fs::read_to_string(&path)?, path })
    });
    read.collect()
}

/// Every file below `folder` whose name ends so.
fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes two lists of these files, in Rust: their names and texts, and their names and what they hold, packed; without what
/// no plan is judged by.
fn write_list(out: &Path, folder: &str, files: &[Source], without: &[&str]) -> io::Result<()> {
    let (mut texts, mut tables) = (String::from("&[\n"), String::from("&[\n"));
    for (number, file) in files.iter().enumerate() {
        let Source { path, name, text } = file;
        let (numbers, words) = match DeTable::parse(text) {
            Ok(mut table) => {
                for key in without {
                    table.get_mut().remove(*key);
                }
                plan::packing::packed(text, table)
            }
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                refuse(file, &Fault { what: error.message().to_owned(), at });
                continue;
            }
        };
        let [numbers_at, words_at] = ["numbers", "words"].map(|ending| out.join(format!("{folder}-{number}.{ending}")));
        fs::write(&numbers_at, numbers)?;
        fs::write(&words_at, words)?;
        let _ = writeln!(texts, "    ({name:?}, include_str!({:?})),", path.display().to_string());
        let [numbers_at, words_at] = [numbers_at, words_at].map(|path| path.display().to_string());
        let packed = format!("Packed::standing(include_bytes!({numbers_at:?}), include_str!({words_at:?}))");
        let _ = writeln!(tables, "    ({name:?}, {packed}),");
    }
    texts.push_str("]\n");
    tables.push_str("]\n");
    fs::write(out.join(format!("{folder}.rs")), texts)?;
    fs::write(out.join(format!("{folder}.packed.rs")), tables)
}

/// What is wrong with a file ends the build, with the line.
fn refuse(file: &Source, fault: &Fault) {
    let line = 1 + file.text.get(..fault.at).unwrap_or_default().matches('\n').count();
    println!("cargo::error={}:{line}: {}", file.path.display(), fault.what.replace('\n', " "));
}

fn with_table(file: &Source, work: impl FnOnce(Spanned<DeValue<'_>>) -> Result<(), Fault>) {
    // What is no TOML was refused above.
    let Ok(table) = DeTable::parse(&file.text) else { return };
    if let Err(fault) = work(Spanned::new(table.span(), DeValue::Table(table.into_inner()))) {
        refuse(file, &fault);
    }
}

/// The classes that patterns can name.
fn grammar(file: &Source) -> Grammar {
    let mut grammar = Grammar::default();
    with_table(file, |table| {
        let classes = table.get_ref().get("class").and_then(|classes| classes.get_ref().as_array());
        for class in classes.into_iter().flat_map(|classes| classes.iter()) {
            let name = class.get_ref().get("name").and_then(|name| name.get_ref().as_str());
            let any = class.get_ref().get("any").and_then(strings);
            if let (Some(name), Some(any)) = (name, any) {
                grammar.add(name, any.iter().map(|(pattern, _)| *pattern)).map_err(|error| {
                    let what = error.to_string();
                    Fault { at: place(&any, &what), what }
                })?;
            }
        }
        Ok(())
    });
    grammar
}

/// The regular expressions of the lexicon, of the rules and of the source, made ready, by the fingerprint of what the library
/// makes them from.
fn regexes(rules: &[Source], lexicon: &[Source], code: &[Source]) -> Vec<u8> {
    let mut all: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let mut add = |made_from: u64, pattern: &str| {
        let packed = ready::read(pattern).and_then(|(needs, steps)| {
            let steps = postcard::to_allocvec(&steps).ok()?;
            postcard::to_allocvec(&Ready { source: pattern, needs, steps: &steps }).ok()
        });
        all.extend(packed.map(|packed| (made_from, packed)));
    };
    let mut any_of = |around, patterns: &[String]| {
        add(fingerprint(latin::made_from(around, patterns)), &latin::any_of(around, patterns));
    };
    for file in lexicon {
        let Some((_, arounds)) = REGEXES.iter().find(|(name, _)| *name == file.name) else { continue };
        with_table(file, |table| {
            each_list(table.get_ref(), &mut |patterns| {
                arounds.iter().for_each(|&around| any_of(around, patterns));
            });
            // Of a section, and of all, both kinds of titles together.
            let mut all = Vec::new();
            for section in
                table.get_ref().get("section").and_then(|list| list.get_ref().as_array()).into_iter().flatten()
            {
                let titles = TITLES.iter().filter_map(|kind| section.get_ref().get(*kind).and_then(strings));
                let both: Vec<String> = titles.flatten().map(|(title, _)| title.to_owned()).collect();
                any_of(TITLE, &both);
                all.extend(both);
            }
            any_of(WHOLE, &all);
            Ok(())
        });
    }
    for file in rules {
        with_table(file, |table| {
            let check = table.get_ref().get("check").filter(|check| !has_patterns(check));
            let mut wording = |entries: &[String]| {
                if let Some(pattern) = phrases::joined(entries) {
                    add(fingerprint(phrases::made_from(false, entries)), &pattern);
                    add(fingerprint(phrases::made_from(true, entries)), &phrases::at_beginning(&pattern));
                }
            };
            if let Some(check) = check {
                each_list(check.get_ref(), &mut wording);
            }
            Ok(())
        });
    }
    for pattern in code.iter().flat_map(|file| own_literals(&file.text)) {
        add(fingerprint([OWN, &pattern]), &latin::narrowed(&pattern));
    }
    postcard::to_allocvec(&all).unwrap_or_default()
}

/// Whether the lists of a check are patterns over words.
fn has_patterns(check: &Spanned<DeValue<'_>>) -> bool {
    check.get_ref().get("kind").and_then(|kind| kind.get_ref().as_str()) == Some(CHECK)
}

/// Calls `work` with every list in a value that holds strings and nothing else.
fn each_list(value: &DeValue<'_>, work: &mut impl FnMut(&[String])) {
    match value {
        DeValue::Array(values) => {
            let strings = values.iter().map(|value| value.get_ref().as_str().map(str::to_owned));
            match strings.collect::<Option<Vec<String>>>() {
                Some(strings) => work(&strings),
                None => values.iter().for_each(|value| each_list(value.get_ref(), work)),
            }
        }
        DeValue::Table(table) => table.values().for_each(|value| each_list(value.get_ref(), work)),
        _ => {}
    }
}

/// The thesaurus, laid out.
fn thesaurus(file: &Source) -> Vec<u8> {
    let mut laid_out = Vec::new();
    with_table(file, |table| {
        let read = plan::read::thesaurus::file::Source::deserialize(ValueDeserializer::from(table));
        let fault = |error: toml::de::Error| Fault {
            at: error.span().map_or(0, |span| span.start),
            what: error.message().to_owned(),
        };
        laid_out = postcard::to_allocvec(&Thesaurus::of(&read.map_err(fault)?)).unwrap_or_default();
        Ok(())
    });
    laid_out
}

/// Makes a class of every list of strings in a value.
fn prepare(grammar: &Grammar, making: &mut Making, value: &Spanned<DeValue<'_>>) -> Result<(), Fault> {
    if let Some(list) = strings(value) {
        return make(grammar, making, &list);
    }
    match value.get_ref() {
        DeValue::Array(values) => {
            values.iter().try_for_each(|value| prepare(grammar, making, value))?;
            joined(values).iter().try_for_each(|list| make(grammar, making, list))
        }
        DeValue::Table(table) => table.values().try_for_each(|value| prepare(grammar, making, value)),
        _ => Ok(()),
    }
}

/// Patterns with their places in the file.
type List<'t> = Vec<(&'t str, usize)>;

fn make(grammar: &Grammar, making: &mut Making, list: &List<'_>) -> Result<(), Fault> {
    let patterns = || list.iter().map(|(pattern, _)| *pattern);
    let (first, tree) = grammar.read(patterns()).map_err(|error| {
        let what = error.to_string();
        Fault { at: place(list, &what), what }
    })?;
    making.add(patterns(), &first, &tree);
    Ok(())
}

/// Where the pattern stands that a message quotes.
fn place(list: &List<'_>, what: &str) -> usize {
    list.iter().find(|(pattern, _)| what.contains(&format!("\u{201c}{pattern}\u{201d}"))).map_or(0, |(_, at)| *at)
}

/// A list that holds strings and nothing else.
fn strings<'t>(value: &'t Spanned<DeValue<'_>>) -> Option<List<'t>> {
    let list = value.get_ref().as_array()?;
    list.iter().map(|value| Some((value.get_ref().as_str()?, value.span().start))).collect()
}

/// The lists `any` of all tables that open alike, put together: so masks are read.
fn joined<'t>(tables: &'t DeArray<'_>) -> Vec<List<'t>> {
    let mut lists: BTreeMap<bool, List<'t>> = BTreeMap::new();
    for table in tables.iter().map(Spanned::get_ref) {
        let opens = table.get("opens").and_then(|opens| opens.get_ref().as_bool()).unwrap_or(true);
        lists.entry(opens).or_default().extend(table.get("any").and_then(strings).unwrap_or_default());
    }
    if lists.len() < 2 { Vec::new() } else { lists.into_values().collect() }
}
