//! Pages that are pictures: drawn in a process of their own, and read there by tesseract, if it is installed.

use crate::cli::exit::Exit;
use crate::cli::isolated::{self, Ended, Job, Limits};
use crate::cli::pool;
use crate::cli::problem::Problem;
use ehcp_lint::{Access, Picture, RecognisedWord, page_picture};
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::Duration;

/// For one page: to draw it, and to recognise its words.
const PAGE: Limits = Limits { time: Duration::from_mins(2), memory: 1 << 30, output: 16 << 20 };
const TESSERACT: Limits = Limits { time: Duration::from_secs(100), memory: 1 << 30, output: 16 << 20 };
const QUESTION: Limits = Limits { time: Duration::from_secs(10), memory: 1 << 30, output: 1 << 20 };
/// For a whole document. A scanner's plan of 40 pages takes about two minutes.
pub(crate) const DOCUMENT: Limits = Limits { time: Duration::from_hours(1), ..isolated::DOCUMENT };
/// Words that it is less sure of, of a hundred, and that hold no letter or digit, are dirt on the glass.
const DIRT: f32 = 60.0;
const OLDEST: u32 = 4;

/// Where tesseract is; looked for once.
static PROGRAM: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let name = if cfg!(windows) { "tesseract.exe" } else { "tesseract" };
    let path = std::env::var_os("PATH")?;
    // What stands in the folder that one happens to be in is not run.
    let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
});

/// Refuses where letters are to be recognised and tesseract is not there, is too old, or knows no English.
pub(crate) fn ready(wanted: bool) -> Result<(), Problem> {
    if !wanted {
        return Ok(());
    }
    let missing = |why: &str| Problem::NoTesseract { why: why.to_owned() };
    let version = said("--version").ok_or_else(|| missing("it was not found on this computer"))?;
    let number = version.split_whitespace().nth(1).map(|number| number.trim_start_matches('v'));
    let major = number.and_then(|number| number.split('.').next()?.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(missing("the one that is installed is older than version 4"));
    }
    let languages = said("--list-langs").unwrap_or_default();
    if !languages.lines().any(|language| language.trim() == "eng") {
        return Err(missing("its English letters (eng) are not installed"));
    }
    Ok(())
}

/// What tesseract says to a question about itself.
fn said(question: &str) -> Option<String> {
    let mut command = Command::new(PROGRAM.as_ref()?);
    command.arg(question);
    let answer = isolated::piped(command, Vec::new(), QUESTION);
    (answer.ended == Ended::Finished(0)).then(|| String::from_utf8_lossy(&answer.bytes).into_owned())
}

/// The words on these pages of a PDF, as many pages at a time as there are cores for this process.
pub(crate) fn words(bytes: &[u8], access: &Access, pages: &[u32]) -> Vec<(u32, Vec<RecognisedWord>)> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    let workers = pool::cores().min(pages.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(&page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let words = page_words(bytes, access, page);
                    if let Ok(mut found) = found.lock() {
                        found.push((page, words));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|&(page, _)| page);
    found
}

fn page_words(bytes: &[u8], access: &Access, page: u32) -> Vec<RecognisedWord> {
    // The password goes where nobody can list it.
    let password = access.password.as_deref().unwrap_or_default().replace(['\n', '\r'], "");
    let input = [password.as_bytes(), b"\n", bytes].concat();
    let answer = isolated::run(Job::Recognise, &[OsString::from(page.to_string())], input, PAGE);
    let table = String::from_utf8_lossy(&answer.bytes);
    table.split_once('\n').map_or_else(Vec::new, |(resolution, rows)| {
        resolution.parse().map_or_else(|_| Vec::new(), |resolution| words_in(rows, resolution))
    })
}

/// The other end: a password on the first line of the input and then a PDF; the resolution of the picture on the first
/// line of standard output, and then tesseract's table. The picture goes through a pipe and never onto a disk.
pub(crate) fn work(arguments: &[OsString], input: &[u8]) -> Exit {
    let end = input.iter().position(|&byte| byte == b'\n').unwrap_or(input.len());
    let (password, bytes) = input.split_at(end);
    let password = String::from_utf8_lossy(password).into_owned();
    let access = Access { password: Some(password).filter(|password| !password.is_empty()), ..Access::default() };
    let page = arguments.first().and_then(|page| page.to_str()?.parse().ok());
    let picture = page.and_then(|page| page_picture(bytes.get(1..).unwrap_or_default(), &access, page));
    let (Some(picture), Some(program)) = (picture, PROGRAM.as_ref()) else { return Exit::Unreadable };
    let Picture { width, height, resolution, grey } = picture;
    let mut command = Command::new(program);
    let dots = format!("{resolution:.0}");
    command.args(["stdin", "stdout", "-l", "eng", "--psm", "3", "--dpi", &dots, "tsv"]).env("OMP_THREAD_LIMIT", "1");
    let image = [format!("P5\n{width} {height}\n255\n").as_bytes(), &grey].concat();
    drop(grey);
    let answer = isolated::piped(command, image, TESSERACT);
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{resolution}").and_then(|()| out.write_all(&answer.bytes)).and_then(|()| out.flush());
    Exit::Clean
}

/// The words of tesseract's table, in points.
fn words_in(rows: &str, resolution: f32) -> Vec<RecognisedWord> {
    let mut words = Vec::new();
    let (mut line, mut last) = (0, Vec::new());
    for row in rows.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, page, block, paragraph, row, _, left, top, width, height, sure, text] = cells.as_slice() else {
            continue;
        };
        let numbers: Option<Vec<f32>> =
            [left, top, width, height, sure].iter().map(|number| number.parse::<f32>().ok()).collect();
        let Some::<[f32; 5]>([left, top, width, height, sure]) = numbers.and_then(|numbers| numbers.try_into().ok())
        else {
            continue;
        };
        let is_dirt = sure < DIRT && !text.contains(char::is_alphanumeric);
        if *level != "5" || text.trim().is_empty() || is_dirt {
            continue;
        }
        let place = vec![*page, *block, *paragraph, *row];
        if place != last {
            line += 1;
            last = place;
        }
        // Between words, "|" is the edge of a cell; in the place of a letter it is an "I".
        let after_section = words
            .last()
            .is_some_and(|word: &RecognisedWord| word.line == line && word.text.eq_ignore_ascii_case("section"));
        if text.trim() == "|" && !after_section {
            continue;
        }
        let points = |dots: f32| dots / resolution * 72.0;
        words.push(RecognisedWord {
            text: text.trim().replace('|', "I"),
            line,
            left: points(left),
            top: points(top),
            right: points(left + width),
            bottom: points(top + height),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_table_of_tesseract() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
            5\t1\t1\t1\t1\t1\t300\t600\t150\t30\t96.1\tSection\n\
            5\t1\t1\t1\t1\t2\t480\t600\t60\t30\t91\tF\n\
            5\t1\t1\t1\t2\t1\t300\t700\t10\t30\t12\t|\n\
            5\t1\t1\t1\t2\t2\t320\t700\t10\t30\t12\tI\n\
            5\t1\t1\t1\t3\t1\t300\t800\t150\t30\t95\tsection\n\
            5\t1\t1\t1\t3\t2\t480\t800\t60\t30\t95\t|\n\
            5\t1\t1\t1\t3\t3\t600\t800\t60\t30\t95\t|\n\
            5\t1\tbroken\n";
        let words: Vec<(String, u32, f32, f32)> =
            words_in(table, 300.0).into_iter().map(|word| (word.text, word.line, word.left, word.bottom)).collect();
        let expected = [
            ("Section", 1, 72.0, 151.2),
            ("F", 1, 115.2, 151.2),
            ("I", 2, 76.8, 175.2),
            ("section", 3, 72.0, 199.2),
            ("I", 3, 115.2, 199.2),
        ];
        assert_eq!(words.len(), expected.len());
        for ((text, line, left, bottom), expected) in words.into_iter().zip(expected) {
            assert_eq!((text.as_str(), line), (expected.0, expected.1));
            assert!((left - expected.2).abs() < 0.01 && (bottom - expected.3).abs() < 0.01, "{text}");
        }
    }
}
