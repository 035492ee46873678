//! The second reader of PDFs in a process of its own: what it breaks, eats or never ends is lost with it.

use crate::cli::exit::Exit;
use crate::cli::isolated::{self, Job, Limits};
use ehcp_lint::{Access, plain_words};
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::time::Duration;

const LIMITS: Limits = Limits { time: Duration::from_secs(10), memory: 1 << 30, output: 32 << 20 };
/// Stands before the number of a page, and after its words.
const MARK: char = '\u{c}';

/// The words of pages of a PDF, as far as they can be had within the limits.
pub(crate) fn words(bytes: &[u8], access: &Access, pages: &[u32]) -> Vec<(u32, String)> {
    // The password goes where nobody can list it.
    let password = access.password.as_deref().unwrap_or_default().replace(['\n', '\r'], "");
    let input = [password.as_bytes(), b"\n", bytes].concat();
    let arguments: Vec<OsString> = pages.iter().map(|page| OsString::from(page.to_string())).collect();
    let answer = isolated::run(Job::Words, &arguments, input, LIMITS);
    pages_in(&String::from_utf8_lossy(&answer.bytes))
}

/// The other end: a password on the first line of the input and then a PDF; pages on standard output.
pub(crate) fn work(arguments: &[OsString], input: &[u8]) -> Exit {
    let pages: Vec<u32> = arguments.iter().filter_map(|page| page.to_str()?.parse().ok()).collect();
    let end = input.iter().position(|&byte| byte == b'\n').unwrap_or(input.len());
    let (password, bytes) = input.split_at(end);
    let password = String::from_utf8_lossy(password).into_owned();
    let access = Access { password: Some(password).filter(|password| !password.is_empty()), ..Access::default() };
    plain_words(bytes.get(1..).unwrap_or_default(), &access, &pages, |page, text| {
        let clean = |letter: char| if letter.is_control() && letter != '\n' { ' ' } else { letter };
        let text: String = text.chars().map(clean).collect();
        let mut out = io::stdout().lock();
        let _ = write!(out, "{MARK}{page}\n{text}{MARK}").and_then(|()| out.flush());
    });
    Exit::Clean
}

/// The pages that were written to their end.
fn pages_in(output: &str) -> Vec<(u32, String)> {
    let parts: Vec<&str> = output.split(MARK).collect();
    // The part after the last mark was never finished.
    let finished = parts.split_last().map(|(_, finished)| finished).unwrap_or_default();
    let page = |part: &&str| {
        let (number, text) = part.split_once('\n')?;
        Some((number.parse().ok()?, text.to_owned()))
    };
    finished.iter().filter_map(page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, expected: &[(u32, &str)]) {
        let found = pages_in(output);
        let found: Vec<(u32, &str)> = found.iter().map(|(page, text)| (*page, text.as_str())).collect();
        assert_eq!(found, expected, "{output:?}");
    }

    #[test]
    fn only_pages_that_were_finished_count() {
        check("\u{c}1\none\u{c}\u{c}2\ntwo\u{c}", &[(1, "one"), (2, "two")]);
        check("\u{c}1\none\u{c}\u{c}2\ntw", &[(1, "one")]);
        check("x\u{c}1\none\u{c}warning: x\u{c}3\nthree\u{c}", &[(1, "one"), (3, "three")]);
        check("", &[]);
    }
}
