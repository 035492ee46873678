//! Alone: a small Word or text file is read in the process that the user started, and another is asked only where that takes long.
//!
//! Starting a second process takes as long as reading such a file, and what reads it is code of this project with limits of its
//! own. So one process does, with an eye on the clock and on memory. Where it takes more than a plan does, this process begins
//! anew, before anything was written, and has the file read as any other: in a process of its own, within the usual limits.

use crate::cli::{input, isolated};
use ehcp_lint::format_of;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A larger file is read by another process.
const MOST_BYTES: u64 = 4 << 20;
/// A Word file of 500 pages is read in a tenth of a second.
const MOST_TIME: Duration = Duration::from_secs(2);
/// Bytes in memory. A Word file of 500 pages takes a twentieth of it.
const MOST_MEMORY: u64 = 512 << 20;
/// How often the clock and the memory are looked at.
const TURN: Duration = Duration::from_millis(4);
/// So much of a file tells that it is a PDF.
const HEAD: u64 = 1024;

/// Whether something was written, or this process is about to begin anew: one of the two.
static SETTLED: AtomicBool = AtomicBool::new(false);

/// The bytes of the file, if it may be read here. From then on this process is watched until [`settle`] is called.
pub(crate) fn bytes(file: &Path) -> Option<Vec<u8>> {
    if input::is_stdin(file) || isolated::is_told_how() || memory().is_none() {
        return None;
    }
    let bytes = small(file).filter(|bytes| format_of(bytes).is_some_and(|format| format.own))?;
    thread::Builder::new().spawn(watch).ok()?;
    Some(bytes)
}

/// Says that something is about to be written: whoever reads it must not read it twice.
pub(crate) fn settle() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        while SETTLED.swap(true, Ordering::AcqRel) {
            thread::sleep(TURN);
        }
    });
}

/// A file that is small, and no PDF.
fn small(file: &Path) -> Option<Vec<u8>> {
    let told = fs::metadata(file).ok()?;
    if !told.is_file() || told.len() > MOST_BYTES {
        return None;
    }
    let mut open = File::open(file).ok()?;
    let mut bytes = Vec::with_capacity(usize::try_from(told.len()).ok()? + 1);
    open.by_ref().take(HEAD).read_to_end(&mut bytes).ok()?;
    if bytes.windows(5).any(|window| window == b"%PDF-") {
        return None;
    }
    open.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MOST_BYTES).then_some(bytes)
}

/// Looks on until something is written, or begins anew where that takes too long or too much.
fn watch() {
    let begin = Instant::now();
    loop {
        thread::sleep(TURN);
        if SETTLED.load(Ordering::Acquire) {
            return;
        }
        let much = memory().is_none_or(|bytes| bytes > MOST_MEMORY);
        if begin.elapsed() > MOST_TIME || much {
            if !SETTLED.swap(true, Ordering::AcqRel) {
                isolated::begin_apart();
                // It could not: then it goes on.
                SETTLED.store(false, Ordering::Release);
            }
            return;
        }
    }
}

/// How many bytes of memory this process holds, where the system tells.
#[cfg(target_os = "linux")]
fn memory() -> Option<u64> {
    let told = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = told.split(' ').nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

#[cfg(not(target_os = "linux"))]
fn memory() -> Option<u64> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn check(bytes: &[u8], is_small: bool) {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        assert_eq!(small(file.path()).is_some(), is_small);
    }

    #[test]
    fn only_small_files_that_are_no_pdf_are_read_here() {
        check(b"Section F", true);
        check(b"PK\x03\x04", true);
        check(b"%PDF-1.7", false);
        check(b"\xEF\xBB\xBF\n%PDF-1.7", false);
        check(&vec![b'a'; 4 << 20], true);
        check(&vec![b'a'; (4 << 20) + 1], false);
        assert!(small(Path::new("/dev/zero")).is_none() && small(Path::new("/nonexistent")).is_none());
    }

    #[test]
    fn memory_is_told() {
        let before = memory().expect("told");
        let much = vec![1_u8; 64 << 20];
        assert!(memory().expect("told") > before + (32 << 20), "{}", much.len());
    }
}
