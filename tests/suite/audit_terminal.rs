//! An audit at a terminal: what its bar shows, what is left of it, Ctrl-C typed at the keyboard, and silence where nobody looks.

use crate::audit_trouble::{Home, same};
use crate::cli::{ehcp_lint, ran, run};
use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// How wide the terminal is.
const WIDTH: usize = 100;

/// A terminal that the program runs at. `script` of util-linux makes it.
struct Terminal {
    script: Child,
    keyboard: ChildStdin,
}

impl Terminal {
    fn begin(home: &Home, out: &str, more: &str) -> Self {
        let line =
            format!(r#"stty cols {WIDTH} rows 30 -echo; exec "$PROGRAM" audit "$PLANS" -o "$OUT" --jobs 1 {more}"#);
        let mut script = Command::new("script")
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .env("PROGRAM", env!("CARGO_BIN_EXE_ehcp-lint"))
            .env("PLANS", home.path("plans"))
            .env("OUT", home.path(out))
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`script` of util-linux (Debian: bsdutils) runs");
        let keyboard = script.stdin.take().expect("a keyboard");
        Self { script, keyboard }
    }

    /// Waits until it ends; its exit status and everything that was sent to the screen.
    fn end(mut self) -> (Option<i32>, String) {
        let mut sent = Vec::new();
        self.script.stdout.take().expect("a screen").read_to_end(&mut sent).expect("read");
        drop(self.keyboard);
        let code = self.script.wait().expect("ended").code();
        (code, String::from_utf8(sent).expect("UTF-8"))
    }
}

/// What was sent to a screen: the lines that are on it at the end, and everything that stood on a line before it was erased.
struct Screen {
    lines: Vec<String>,
    erased: Vec<String>,
}

impl Screen {
    fn of(sent: &str) -> Self {
        let mut screen = Self { lines: vec![String::new()], erased: Vec::new() };
        let mut rest = sent.chars().peekable();
        while let Some(next) = rest.next() {
            match next {
                '\r' => {}
                '\n' => screen.lines.push(String::new()),
                '\u{1b}' => {
                    let escape: String = rest.by_ref().take(3).collect();
                    assert_eq!(escape, "[2K", "an escape that this screen does not know, in {sent:?}");
                    screen.erased.extend(screen.lines.last_mut().map(std::mem::take));
                }
                letter => screen.lines.last_mut().expect("a line").push(letter),
            }
        }
        assert!(screen.erased.iter().all(|line| line.chars().count() <= WIDTH), "{:?}", screen.erased);
        screen
    }

    /// The bars that were seen, in their order: how many files, and what comes after that.
    fn bars(&self, of: usize) -> Vec<(usize, &str)> {
        let mark = format!(" of {of} files, ");
        let bar = |line: &'_ str| -> Option<(usize, usize)> {
            let (before, after) = line.split_once(&mark)?;
            let (drawn, count) = before.rsplit_once(' ')?;
            assert!(
                drawn.chars().all(|place| "\u{2588}\u{2591}".contains(place)) && drawn.chars().count() == 28,
                "{line}"
            );
            Some((count.parse().ok()?, line.len() - after.len()))
        };
        self.erased.iter().filter_map(|line| bar(line).map(|(count, at)| (count, line[at..].trim_end()))).collect()
    }
}

/// Twelve plans whose bytes differ, and one file that cannot be read, which comes last.
fn thirteen() -> Home {
    let home = Home::new();
    home.twelve_plans();
    home.copy("broken/truncated.docx", "plans/zz.docx");
    home
}

#[test]
fn a_bar_says_how_far_how_fast_how_long_and_what_failed_and_leaves_nothing() {
    let home = thirteen();
    let (code, sent) = Terminal::begin(&home, "out", "").end();
    assert_eq!(code, Some(3), "{sent}");
    let screen = Screen::of(&sent);
    let bars = screen.bars(13);
    assert!(bars.len() > 3, "{sent}");
    assert!(bars.is_sorted_by_key(|(count, _)| *count), "{bars:?}");
    for (_, says) in &bars {
        let (rate, left) = says.split_once(", ").expect("a rate, and how long it will take");
        let number = rate.strip_suffix("/s").or(rate.strip_suffix("/min")).expect("in a second, or in a minute");
        assert!(number.parse::<f64>().is_ok() && number.split('.').nth(1).is_some_and(|d| d.len() == 1), "{says}");
        let (time, failed) = left.split_once(" left").expect("how long it will take");
        assert!(time.ends_with('s') && time.trim_end_matches('s').parse::<u32>().is_ok(), "{says}");
        assert!(["", "1 unread"].contains(&failed.trim()), "{says}");
    }
    // The last file is the one that cannot be read.
    assert!(bars.iter().all(|(count, says)| *count >= 12 || !says.contains("unread")), "{bars:?}");
    assert!(bars.last().is_some_and(|(count, says)| *count == 13 && says.ends_with("1 unread")), "{bars:?}");
    assert!(screen.erased.iter().any(|line| line.contains("putting the results together")), "{sent}");
    let [first, findings, open, end] = screen.lines.as_slice() else { panic!("{:?}", screen.lines) };
    assert_eq!(
        first,
        "12 plans read, 0 of them in part; 1 file not read; 0 documents that are no plans; 0 other files."
    );
    assert!(findings.contains(" findings in ") && open.starts_with("Open ") && end.is_empty(), "{:?}", screen.lines);
}

#[test]
fn nothing_of_a_bar_appears_where_nobody_looks() {
    let home = thirteen();
    let audit = ["audit", &home.text("plans"), "-o", &home.text("out")];
    let piped = run(&audit);
    assert_eq!((piped.code, piped.err.as_str(), piped.out.lines().count()), (3, "", 3), "{}", piped.out);
    assert!(!piped.out.contains(['\u{1b}', '\r', '\u{2588}', '\u{2591}']), "{}", piped.out);
    // At a terminal, but asked to be quiet.
    assert_eq!(Terminal::begin(&home, "quiet", "--quiet").end(), (Some(3), String::new()));
    let quiet = ran(ehcp_lint(&audit).args(["--overwrite", "--quiet"]));
    assert_eq!((quiet.code, quiet.err.as_str(), quiet.out.as_str()), (3, "", ""));
}

#[test]
fn what_ctrl_c_at_the_keyboard_stops_goes_on_to_the_same_bytes() {
    let home = thirteen();
    assert_eq!(run(&["audit", &home.text("plans"), "-o", &home.text("whole")]).code, 3);
    let mut terminal = Terminal::begin(&home, "out", "");
    let journal = home.path("out/journal.jsonl");
    let end = Instant::now() + Duration::from_mins(1);
    while fs::read_to_string(&journal).map_or(0, |text| text.lines().count()) < 4 {
        assert!(Instant::now() < end, "the journal does not grow");
        std::thread::sleep(Duration::from_millis(2));
    }
    terminal.keyboard.write_all(b"\x03").expect("typed");
    let (code, sent) = terminal.end();
    assert_eq!(code, Some(130), "{sent}");
    let screen = Screen::of(&sent);
    let last: Vec<&str> = screen.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let said = last.join(" ");
    let (read, rest) = said
        .strip_prefix("Stopped: ")
        .and_then(|rest| rest.split_once(" of 13 files were read."))
        .unwrap_or_else(|| panic!("{said:?}"));
    let read: usize = read.parse().expect("a number");
    assert!((3..13).contains(&read) && rest.contains("--resume goes on"), "{said}");
    let (code, sent) = Terminal::begin(&home, "out", "--resume").end();
    assert_eq!(code, Some(3), "{sent}");
    let screen = Screen::of(&sent);
    assert!(screen.bars(13).iter().all(|(count, _)| *count >= read), "it begins anew: {sent}");
    assert!(same(&home.path("whole"), &home.path("out")));
}
