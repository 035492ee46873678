//! The second reader of PDFs in a process of its own: what it breaks, eats or never ends is lost with it.

use crate::cli::exit::Exit;
use ehcp_lint::{Access, plain_words};
use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What the process may use.
#[derive(Clone, Copy)]
struct Limits {
    time: Duration,
    /// Bytes that it may write.
    output: u64,
}

const LIMITS: Limits = Limits { time: Duration::from_secs(10), output: 32 << 20 };
/// Memory and seconds of work, where a shell can set them; no image of the process is left where it crashes.
#[cfg(unix)]
const SHELL: &str = r#"ulimit -v 1500000; ulimit -t 10; ulimit -c 0; exec "$0" "$@""#;
/// The argument that makes this program the second reader. It is no command: it stands in no help and no completion.
const ARGUMENT: &str = "--read-words-of-pdf";
/// Stands before the number of a page, and after its words.
const MARK: char = '\u{c}';

/// The words of pages of a PDF, as far as they can be had within the limits.
pub(crate) fn words(bytes: &[u8], access: &Access, pages: &[u32]) -> Vec<(u32, String)> {
    let Ok(program) = std::env::current_exe() else { return Vec::new() };
    #[cfg(unix)]
    let mut command = {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SHELL]).arg(program);
        command
    };
    #[cfg(not(unix))]
    let mut command = Command::new(program);
    command.arg(ARGUMENT).args(pages.iter().map(u32::to_string));
    // The password goes where nobody can list it.
    let password = access.password.as_deref().unwrap_or_default().replace(['\n', '\r'], "");
    let input = [password.as_bytes(), b"\n", bytes].concat();
    pages_in(&String::from_utf8_lossy(&limited(command, input, LIMITS)))
}

/// The pages that these arguments ask of the second reader, if they ask it.
pub(crate) fn asked(arguments: impl IntoIterator<Item = OsString>) -> Option<Vec<u32>> {
    let mut arguments = arguments.into_iter().skip(1);
    let asked = arguments.next()? == ARGUMENT;
    asked.then(|| arguments.filter_map(|page| page.to_str()?.parse().ok()).collect())
}

/// The other end: a password on the first line of standard input and then a PDF; pages on standard output.
pub(crate) fn child(pages: &[u32]) -> Exit {
    let mut input = Vec::new();
    let Ok(_) = io::stdin().lock().read_to_end(&mut input) else { return Exit::Unreadable };
    let end = input.iter().position(|&byte| byte == b'\n').unwrap_or(input.len());
    let (password, bytes) = input.split_at(end);
    let password = String::from_utf8_lossy(password).into_owned();
    let access = Access { password: Some(password).filter(|password| !password.is_empty()), ..Access::default() };
    plain_words(bytes.get(1..).unwrap_or_default(), &access, pages, |page, text| {
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

/// What a process writes until it ends, or until a limit is reached and it is ended.
fn limited(mut command: Command, input: Vec<u8>, limits: Limits) -> Vec<u8> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Vec::new() };
    let output = read_along(&mut child, input, limits);
    let _ = child.kill();
    let _ = child.wait();
    output
}

/// Feeds the process and listens to it. The two threads end when it does.
fn read_along(child: &mut Child, input: Vec<u8>, limits: Limits) -> Vec<u8> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else { return Vec::new() };
    thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut stdout = stdout.take(limits.output);
        let mut part = vec![0; 64 << 10];
        while let Ok(length @ 1..) = stdout.read(&mut part) {
            if send.send(part.get(..length).unwrap_or_default().to_vec()).is_err() {
                break;
            }
        }
    });
    let end = std::time::Instant::now() + limits.time;
    let mut output = Vec::new();
    while let Ok(part) = receive.recv_timeout(end.saturating_duration_since(std::time::Instant::now())) {
        output.extend(part);
    }
    output
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::Instant;

    const TIGHT: Limits = Limits { time: Duration::from_secs(2), output: 100_000 };

    /// The pages that come of a process that does this.
    fn check(script: &str, expected: &[(u32, &str)]) {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        let begin = Instant::now();
        let output = limited(command, vec![b'x'; 1 << 20], TIGHT);
        let found = pages_in(&String::from_utf8_lossy(&output));
        let found: Vec<(u32, &str)> = found.iter().map(|(page, text)| (*page, text.as_str())).collect();
        assert_eq!(found, expected, "{script}");
        assert!(output.len() <= 100_000 && begin.elapsed() < Duration::from_secs(8), "{script}");
    }

    #[test]
    fn a_process_that_misbehaves_gives_what_it_has() {
        check(r"printf '\f1\none\f\f2\ntwo\f'", &[(1, "one"), (2, "two")]);
        // It crashes in the middle of a page.
        check(r"printf '\f1\none\f\f2\ntw'; kill -SEGV $$", &[(1, "one")]);
        // It hangs, it floods, it says other things, it is not there.
        check(r"printf '\f7\nseven\f'; exec sleep 100", &[(7, "seven")]);
        check(r"printf '\f7\nseven\f'; exec yes", &[(7, "seven")]);
        check(r"printf 'x\f1\none\fwarning: x\f3\nthree\f'", &[(1, "one"), (3, "three")]);
        check("exit 3", &[]);
        check("exec /nonexistent/program", &[]);
    }

    #[test]
    fn memory_is_limited() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SHELL, "/bin/sh", "-c", "ulimit -v"]);
        let output = String::from_utf8(limited(command, Vec::new(), TIGHT)).expect("text");
        assert!(output.trim() == "1500000" || cfg!(not(target_os = "linux")), "{output}");
    }
}
