//! A regular expression: read into steps where it can be, left to the library where it cannot.

use crate::text::lacked::PatternNumber;
use crate::text::regex::needs::Needs;
use crate::text::regex::program::Program;
use crate::text::regex::ready::{Ready, Steps};
use crate::text::regex::search::{self, Found};
use crate::text::regex::syntax;
use crate::text::searched::Searched;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A regular expression, in the syntax and with the meaning of the library `regex`.
#[derive(Clone, Debug)]
pub(crate) struct Regex {
    source: Cow<'static, str>,
    own: Own,
    /// What a text must hold for a match; told when many texts have been asked about.
    needs: OnceLock<Option<Needs>>,
    asked: Asked,
    /// By which texts remember it.
    number: PatternNumber,
    library: OnceLock<Option<regex::Regex>>,
}

/// The steps of a regular expression.
#[derive(Clone, Debug)]
enum Own {
    /// They were read when it was made; `None` where the library has to search.
    Read(Option<Box<Steps>>),
    /// They stand packed in the binary, and are taken out when something is first searched.
    Packed(&'static [u8], OnceLock<Option<Box<Steps>>>),
}

impl Own {
    fn steps(&self) -> Option<&Steps> {
        match self {
            Self::Read(steps) => steps.as_deref(),
            Self::Packed(bytes, steps) => steps.get_or_init(|| postcard::from_bytes(bytes).ok()).as_deref(),
        }
    }
}

/// So many bytes are searched for each byte of a pattern before it is read what it needs of a text: that takes as long as many
/// searches, and is not worth it for one short plan.
const FEW_BYTES: usize = 12;

/// How many bytes have been asked about.
#[derive(Debug, Default)]
struct Asked(AtomicUsize);

impl Clone for Asked {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Where a regular expression matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Match<'t> {
    pub(crate) fn as_str(&self) -> &'t str {
        &self.text[self.start..self.end]
    }

    pub(crate) fn start(&self) -> usize {
        self.start
    }

    pub(crate) fn end(&self) -> usize {
        self.end
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a regular expression matches, and where its groups do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Captures<'t> {
    text: &'t str,
    /// The beginning and the end of each group, that of the whole first.
    places: Vec<Option<usize>>,
}

impl<'t> Captures<'t> {
    /// Where a group matches; the whole has the number 0.
    pub(crate) fn get(&self, group: usize) -> Option<Match<'t>> {
        let place = |at: usize| self.places.get(at).copied().flatten();
        Some(Match { text: self.text, start: place(group * 2)?, end: place(group * 2 + 1)? })
    }

    /// Every group in order, the whole first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<Match<'t>>> {
        (0..self.places.len() / 2).map(|group| self.get(group))
    }
}

impl Regex {
    /// Reads a pattern.
    pub(crate) fn new(pattern: &str) -> Result<Self, regex::Error> {
        let read = syntax::read(pattern);
        let own = read.and_then(|(node, groups)| Some(Box::new(Steps { program: Program::of(&node)?, groups })));
        let library = if own.is_none() { OnceLock::from(Some(regex::Regex::new(pattern)?)) } else { OnceLock::new() };
        let sought = own.as_ref().is_some_and(|steps| steps.program.is_sought());
        let needs = if sought { OnceLock::new() } else { OnceLock::from(None) };
        Ok(Self {
            source: pattern.to_owned().into(),
            own: Own::Read(own),
            needs,
            asked: Asked::default(),
            number: PatternNumber::default(),
            library,
        })
    }

    /// The pattern that was made ready as these bytes when the program was built.
    pub(crate) fn ready(bytes: &'static [u8]) -> Option<Self> {
        let Ready { source, needs, steps } = postcard::from_bytes(bytes).ok()?;
        Some(Self {
            source: Cow::Borrowed(source),
            own: Own::Packed(steps, OnceLock::new()),
            needs: OnceLock::from(needs),
            asked: Asked::default(),
            number: PatternNumber::default(),
            library: OnceLock::new(),
        })
    }

    /// The pattern as it is written, and all that reading it gives.
    #[cfg(test)]
    pub(crate) fn parts(&self) -> (&str, (Option<&Steps>, Option<&Needs>)) {
        (&self.source, (self.own.steps(), self.needs()))
    }

    /// Whether it matches anywhere.
    pub(crate) fn is_match<'t>(&self, text: impl Searched<'t>) -> bool {
        self.find(text).is_some()
    }

    /// The first match.
    pub(crate) fn find<'t>(&self, text: impl Searched<'t>) -> Option<Match<'t>> {
        self.may_match(text).then(|| self.found_at(text, 0)).flatten()
    }

    /// Every match, none overlapping.
    pub(crate) fn find_iter<'t>(&self, text: impl Searched<'t>) -> impl Iterator<Item = Match<'t>> {
        let found = self
            .may_match(text)
            .then(|| each(text.words(), move |from| self.found_at(text, from).map(|found| (found, found))));
        found.into_iter().flatten()
    }

    /// The first match and its groups.
    pub(crate) fn captures<'t>(&self, text: impl Searched<'t>) -> Option<Captures<'t>> {
        self.may_match(text).then(|| self.captured_at(text, 0)).flatten()
    }

    /// Every match and its groups, none overlapping.
    pub(crate) fn captures_iter<'t>(&self, text: impl Searched<'t>) -> impl Iterator<Item = Captures<'t>> {
        let found = self.may_match(text).then(|| {
            each(text.words(), move |from| self.captured_at(text, from).and_then(|found| Some((found.get(0)?, found))))
        });
        found.into_iter().flatten()
    }

    /// Whether the text may hold what a match needs, as far as that is told.
    pub(crate) fn may_match<'t>(&self, text: impl Searched<'t>) -> bool {
        let lacked = text.lacked();
        let may = !lacked.is_some_and(|lacked| lacked.has(&self.number)) && self.is_possible(text);
        // Wherever tests look, what is not searched is proved to hold nothing.
        debug_assert!(may || self.find_at(text.words(), 0).is_none(), "{}", self.source);
        if let Some(lacked) = lacked.filter(|_| !may) {
            lacked.add(&self.number);
        }
        may
    }

    fn found_at<'t>(&self, text: impl Searched<'t>, from: usize) -> Option<Match<'t>> {
        let found = self.find_at(text.words(), from);
        if let Some(lacked) = text.lacked().filter(|_| from == 0 && found.is_none()) {
            lacked.add(&self.number);
        }
        found
    }

    fn captured_at<'t>(&self, text: impl Searched<'t>, from: usize) -> Option<Captures<'t>> {
        let found = self.captures_at(text.words(), from);
        if let Some(lacked) = text.lacked().filter(|_| from == 0 && found.is_none()) {
            lacked.add(&self.number);
        }
        found
    }

    fn is_possible<'t>(&self, text: impl Searched<'t>) -> bool {
        if self.needs.get().is_none() {
            let asked = self.asked.0.fetch_add(text.words().len(), Ordering::Relaxed);
            if asked < FEW_BYTES * self.source.len() {
                return true;
            }
        }
        let Some(needs) = self.needs() else { return true };
        text.runs().is_none_or(|runs| runs.is_odd() || needs.may_be_in(runs))
    }

    /// What a text must hold for a match.
    fn needs(&self) -> Option<&Needs> {
        self.needs.get_or_init(|| Needs::of(&syntax::read(&self.source)?.0)).as_ref()
    }

    fn find_at<'t>(&self, text: &'t str, from: usize) -> Option<Match<'t>> {
        let found = self.own.steps().map_or(Found::TooLong, |steps| search::find(&steps.program, text, from, &mut []));
        match found {
            Found::At(start, end) => Some(Match { text, start, end }),
            Found::Nothing => None,
            Found::TooLong => {
                let found = self.library()?.find_at(text, from)?;
                Some(Match { text, start: found.start(), end: found.end() })
            }
        }
    }

    fn captures_at<'t>(&self, text: &'t str, from: usize) -> Option<Captures<'t>> {
        // Most texts hold none: room for groups is only made where one does.
        let whole = self.find_at(text, from)?;
        let own = self.own.steps();
        let mut places = vec![None; own.map_or(0, |steps| steps.groups * 2)];
        let found = own.map(|steps| search::find(&steps.program, text, whole.start, &mut places));
        if let Some(Found::At(start, end)) = found {
            places.splice(..2, [Some(start), Some(end)]);
        } else {
            let found = self.library()?.captures_at(text, from)?;
            places = found.iter().flat_map(|group| [group.map(|g| g.start()), group.map(|g| g.end())]).collect();
        }
        Some(Captures { text, places })
    }

    fn library(&self) -> Option<&regex::Regex> {
        self.library.get_or_init(|| regex::Regex::new(&self.source).ok()).as_ref()
    }
}

/// All that `find` finds, each from where the last ended. An empty match where another ended is none.
fn each<'t, T>(text: &'t str, find: impl Fn(usize) -> Option<(Match<'t>, T)>) -> impl Iterator<Item = T> {
    let mut from = 0;
    let mut last = None;
    std::iter::from_fn(move || {
        loop {
            if from > text.len() {
                return None;
            }
            let (found, item) = find(from)?;
            if found.start == found.end && last == Some(found.end) {
                from += text[from..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            from = found.end;
            last = Some(found.end);
            return Some(item);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::runs::Runs;
    use proptest::prelude::*;

    /// The library is the judge of what a pattern means.
    fn same(pattern: &str, text: &str) {
        let ours = Regex::new(pattern).expect("a pattern");
        let library = regex::Regex::new(pattern).expect("a pattern");
        let found: Vec<_> = ours.captures_iter(text).map(|found| found.places).collect();
        let expected: Vec<Vec<_>> = library
            .captures_iter(text)
            .map(|found| found.iter().flat_map(|g| [g.map(|g| g.start()), g.map(|g| g.end())]).collect())
            .collect();
        assert_eq!(found, expected, "{pattern} on {text:?}");
        let found: Vec<_> = ours.find_iter(text).map(|found| found.range()).collect();
        assert_eq!(
            found,
            library.find_iter(text).map(|found| found.range()).collect::<Vec<_>>(),
            "{pattern} on {text:?}"
        );
        assert_eq!(ours.is_match(text), library.is_match(text), "{pattern} on {text:?}");
        let runs = Runs::of(text);
        let may = runs.is_odd() || ours.needs().is_none_or(|needs| needs.may_be_in(&runs));
        assert!(may || !library.is_match(text), "{pattern} is not looked for in {text:?}");
    }

    const PATTERNS: &[&str] = &[
        "",
        "a",
        "a|ab|abc",
        "ab?c*",
        "(a|ab)(c|bcd)?(d*)",
        "^a|b$",
        "^$",
        "x*",
        "(?:ab|a){1,3}?b",
        "(?:ab){2}",
        "a{0,2}?b|.",
        r"\bab\b",
        r"(?-u:\b)(?:ab|b)(?-u:\b)",
        r"(?-u:\b)(?:[abc]|\u{e9})",
        r"\B[abc]",
        "[^ab].{0,3}c",
        "[^a]*c",
        "[a-c-]+",
        r"[\]\\^-]",
        r"[\s\W]+",
        r"\S+\s",
        r"\W",
        r"[^\p{L}\p{N}(]*\(?a",
        "(?i)aK|s\u{e9}",
        r"(?i)[^k\x{e9}-\x{eb}]",
        "a(?i)b|c",
        "a(?i:b)b",
        r"\x61\u{62}\x{63}",
        r"(a)|(b)|(\u{e9})",
        "((a)|b)+",
        "(?:(a)|b)*c",
        "(a*)*",
        "(?:a|b*)+c",
        r"(?m)^a",
        r"(?P<name>a)b",
        "[[:alpha:]]",
        "[a&&b]",
        ".*?c",
        "ab|b|ac|a|ab1",
        "ab|[a-c]c|ac|cb|ca",
        r"(?-u:\b)ab|(?-u:\b)ac|a|b(?-u:\b)|ab",
        "a(?:bc|b)|ab1|a|\u{e9}a|\u{e9}b",
        "(?:[^a]{1,3}b)?ab|.?(?:ca|1)",
        "(?:.b)?[-1]|.{0,2}1",
        "[^a]{0,3}(?:b|c1)|.*ab",
        "[^b]{1,2}b|[^c]+c|a{0,2}$",
        "(?:a+)+c",
        r"\b(?:ab|ac|b)(?:c1|k)? s",
        r"(?-u:\b)(?:a|ab|abc)[ -](?:k|ks)(?-u:\b)",
        r"(?i)(?:ka|sk|ac)(?:a|b){1,2}(?:\b|$)",
        "[1-9]{1,2}[-_](?:1{2,}|c)",
        r"(?:^|a|\()(?:k|s\s)(?:\u{e9}|c\b|$)",
        r"(?:a(?:b|bc)|ab?c)(?:\W|k)",
    ];

    proptest! {
        #[test]
        fn finds_what_the_library_finds(text in "[abcABCkKs \u{e9}\u{c9}\u{17f}\u{212a}\u{301}\u{bd}(\n1_-]{0,14}") {
            for pattern in PATTERNS {
                same(pattern, &text);
            }
        }
    }

    #[test]
    fn reads_the_syntax_of_the_field_itself_and_leaves_the_rest_to_the_library() {
        let own = |pattern: &str| Regex::new(pattern).is_ok_and(|regex| regex.own.steps().is_some());
        for pattern in [r"(?i)^(?:a|b){0,3}[^.\x27]*?\b", r"\p{L}", "[a-z-]", r"(?-u:\b)"] {
            assert!(own(pattern), "{pattern}");
        }
        for pattern in ["(a*)*", "(?m)^", "(?x) a", r"\d", r"\w", "[a&&b]", "(?P<n>a)"] {
            assert!(!own(pattern) && Regex::new(pattern).is_ok(), "{pattern}");
        }
        assert!(Regex::new("(a").is_err() && Regex::new("a**").is_ok());
    }

    #[test]
    fn what_takes_too_long_ends_all_the_same() {
        let text = "a".repeat(3000);
        same("(?:a+)+b", &text);
        same("(?:a|aa)+$", &text);
    }
}
