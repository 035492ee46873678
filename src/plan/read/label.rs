//! What the words of one heading say: which sections it claims, if any.

use crate::plan::letter::Letter;
use crate::plan::lexicon::{self, AnyOf};
use crate::text::Regex;
use crate::text::latin::{TITLE, WHOLE, WORDS};
use crate::text::{Folded, Memory, Told, has_more_words, own_pattern};
use serde::Deserialize;
use std::sync::LazyLock;

/// A heading read as the label of one or more sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The sections it claims, in the order in which it names them.
    pub(crate) letters: Vec<Letter>,
    /// How it says so.
    pub(crate) form: Form,
    /// Whether it also says what the section holds ("Section F" alone does not).
    pub(crate) titled: bool,
    /// Where content begins in the same words: "Section J: Not requested."
    pub(crate) body: Option<usize>,
}

/// How a label says which section it opens, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// By words that only a plan without letters uses: "My Support Plan".
    Title,
    /// By the words of the Regulations, without a letter.
    Statutory,
    /// By a letter and a title: "F: Special educational provision", "(A) Views".
    Letter,
    /// By the word and a letter: "Section F".
    Word,
}

/// Reads `text`, the whole of a block or cell, as a label.
pub(crate) fn read(text: &str) -> Option<Label> {
    static LABELS: Memory<Option<Label>> = Memory::new();
    if is_long(text) {
        return None;
    }
    LABELS.of(text, || of_short(text)).as_ref().clone()
}

fn of_short(text: &str) -> Option<Label> {
    let numbered = text.trim_end().ends_with(|c: char| c.is_numeric());
    if numbered && CONTENTS_ENTRY.is_match(text) {
        return None;
    }
    by_word(text).or_else(|| by_letter(text)).or_else(|| by_trailing_letters(text)).or_else(|| by_title(text))
}

/// Whether `text` can be the title of a section of these letters, set apart from its letter ("SECTION A | The views…").
/// By its first words where `surely`, or else by any word that such titles have.
pub(crate) fn is_title_of(letters: &[Letter], text: &str, surely: bool) -> bool {
    let enough = if surely { Strength::Beginning } else { Strength::Words };
    !is_long(text) && title_strength(letters, text) >= enough
}

/// Whether it is longer than any heading.
fn is_long(text: &str) -> bool {
    has_more_words(text, LONGEST)
}

/// Whether `text` is the heading of a part that belongs to no section.
pub(crate) fn is_outside(text: &str) -> bool {
    OUTSIDE.is_match(bare_title(&Folded::text_of(text)))
}

/// Whether `text` is the heading of a history of the child, which some plans set beside the sections.
pub(crate) fn is_apart(text: &str) -> bool {
    !has_more_words(text, 9) && APART.is_match(bare_title(&Folded::text_of(text)))
}

/// Whether `text` is what a program prints at the end of its output: a case number, when and by whom.
pub(crate) fn is_print_out(text: &str) -> bool {
    PRINT_OUT.is_match(Folded::text_of(text).trim())
}

/// The longest real heading has some forty words; what is longer is text.
const LONGEST: usize = 60;

/// What follows "Section F" where a sentence only speaks of it.
const MENTIONS: &[&str] = &[
    "is",
    "was",
    "are",
    "were",
    "of",
    "sets",
    "set",
    "lists",
    "will",
    "must",
    "should",
    "contains",
    "has",
    "have",
    "had",
    "describes",
    "above",
    "below",
    "names",
    "records",
    "explains",
    "shows",
    "says",
    "for",
    "to",
    "on",
    "as",
    "or",
    "may",
    "can",
    "does",
    "needs",
    "only",
    "with",
    "by",
    "from",
    "so",
    "if",
    "which",
    "that",
];

static CONTENTS_ENTRY: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"(?:\.{3,}|\u{2026}|\. \.|\t| {2,}|_{3,})\s*\d{1,3}\s*$"));
static SECTION_WORD: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"^[^\p{L}\p{N}(]*\(?(?i:sections?|parts?)\s*[:\-\u{2013}\u{2014}]?\s*"));
static CODE: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"^(?:\((H ?[12]|[A-Ka-k])\)|(H ?\([12]\)|H ?[12]|[A-Ka-k]))"));
static NUMBERED_CODE: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^\(?([A-G])[1-9]\)?"));
static BETWEEN_CODES: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"^(?:\s*\([^)]{0,140}\))?(?:\s*,\s*(?i:and\s+)?|\s*[/&+]\s*|\s+(?i:and)\s+|[-\u{2013}])(?:(?i:sections?)\s+)?",
    )
});
static TRAILING: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"\(((?i:sections?)\s*)?([^()]{1,30})\)[\s:.]*$"));
static NUMBERING: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^(?:part )?\d+(?:\.\d+)*[.:)]? "));
static NOTHING: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^(?i:none|nil|not|n/a|no)\b"));
static OUTSIDE: LazyLock<Regex> = LazyLock::new(|| lexicon::any_of(WHOLE, &lexicon::list::<Outside>("outside").parts));
static APART: LazyLock<Regex> = LazyLock::new(|| lexicon::any_of(WHOLE, &lexicon::list::<Outside>("outside").apart));
static PRINT_OUT: LazyLock<Regex> =
    LazyLock::new(|| lexicon::any_of(WHOLE, &lexicon::list::<Outside>("outside").print_out));
static HEADINGS: LazyLock<HeadingFile> = LazyLock::new(|| lexicon::list("headings"));
static TITLES: LazyLock<Vec<Titles>> = LazyLock::new(|| HEADINGS.section.iter().map(Titles::of).collect());
/// Every title that says by itself which section it is, in one pattern: most texts are none.
static ANY_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    let all: Vec<String> =
        HEADINGS.section.iter().flat_map(|entry| entry.statutory.iter().chain(&entry.alone)).cloned().collect();
    lexicon::any_of(WHOLE, &all)
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outside {
    #[serde(rename = "outside")]
    parts: Vec<String>,
    apart: Vec<String>,
    print_out: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingFile {
    section: Vec<HeadingWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingWords {
    letters: Vec<String>,
    statutory: Vec<String>,
    alone: Vec<String>,
    words: Vec<String>,
}

/// The patterns of one entry of `lexicon/headings.toml`.
struct Titles {
    letters: Vec<Letter>,
    statutory: AnyOf,
    alone: AnyOf,
    beginning: AnyOf,
    words: AnyOf,
}

impl Titles {
    fn of(entry: &HeadingWords) -> Self {
        let both: Vec<String> = entry.statutory.iter().chain(&entry.alone).cloned().collect();
        Self {
            letters: entry.letters.iter().filter_map(|name| Letter::named(name)).collect(),
            statutory: AnyOf::new(WHOLE, &entry.statutory),
            alone: AnyOf::new(WHOLE, &entry.alone),
            beginning: AnyOf::new(TITLE, &both),
            words: AnyOf::new(WORDS, &entry.words),
        }
    }
}

/// How well a title fits its letter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    None,
    Words,
    Beginning,
}

/// "Section F", "SECTIONB: …", "Sections C (…) and G (…)", "Part F".
fn by_word(text: &str) -> Option<Label> {
    // Most texts begin with neither word: a look at one letter is sooner done than a search.
    let first = text.chars().find(|c| c.is_alphanumeric())?;
    let word =
        Some(text).filter(|_| matches!(first, 's' | 'S' | 'p' | 'P')).and_then(|text| SECTION_WORD.find(text))?;
    let (letters, end) = codes(text, word.end())?;
    let (title, separated) = title_after(text, end);
    let rest = &text[title..];
    let titled = title_strength(&letters, rest) > Strength::None;
    if rest.is_empty() {
        return Some(Label { letters, form: Form::Word, titled, body: None });
    }
    let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if !separated && (MENTIONS.contains(&first) || !titled && first.starts_with(char::is_lowercase)) {
        return None;
    }
    let is_content = NOTHING.is_match(rest) || !titled && rest.ends_with(['.', ';']);
    Some(Label { letters, form: Form::Word, titled, body: is_content.then_some(title) })
}

/// "F: Special educational provision", "(A) Views…", "H1 – …", "A1 Summary of…"; a lone "H1".
fn by_letter(text: &str) -> Option<Label> {
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(').len();
    if !text[start..].trim_start_matches('(').starts_with(is_code) {
        return None;
    }
    let numbered = NUMBERED_CODE.captures(&text[start..]);
    let (letters, end) = match &numbered {
        Some(found) => (Letter::coded(found.get(1)?.as_str()), start + found.get(0)?.end()),
        None => codes(text, start).filter(|_| text[start..].trim_start_matches('(').starts_with(char::is_uppercase))?,
    };
    if text[end..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let (title, separated) = title_after(text, end);
    let rest = &text[title..];
    let strength = title_strength(&letters, rest);
    let sentence = rest.ends_with('.') && rest.split_whitespace().count() > 14;
    let enough = match strength {
        _ if rest.is_empty() => true,
        Strength::Beginning => true,
        Strength::Words => numbered.is_none() && (separated || text[..end].ends_with(')')) && !sentence,
        Strength::None => false,
    };
    enough.then_some(Label { letters, form: Form::Letter, titled: strength > Strength::None, body: None })
}

/// "The views, interests and aspirations… (section A)", "Special Educational Needs and Provision (B-F-E)".
fn by_trailing_letters(text: &str) -> Option<Label> {
    let closed = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.')).ends_with(')');
    let found = Some(text).filter(|_| closed).and_then(|text| TRAILING.captures(text))?;
    let inner = found.get(2)?;
    let (letters, end) = codes(text, inner.start())?;
    let whole = text[end..inner.end()].trim().is_empty();
    let before = text[..found.get(0)?.start()].trim_start_matches(|c: char| !c.is_alphanumeric());
    let before = before.strip_prefix("a) ").or_else(|| before.split_once(") ").map(|(_, t)| t)).unwrap_or(before);
    let meant = found.get(1).is_some() || letters.len() > 1;
    (whole && meant && title_strength(&letters, before) == Strength::Beginning).then_some(Label {
        letters,
        form: Form::Word,
        titled: true,
        body: None,
    })
}

/// "My Special Educational Needs", "This is me…", without a letter.
fn by_title(text: &str) -> Option<Label> {
    let folded = Folded::text_of(text);
    let title = bare_title(&folded);
    if !ANY_TITLE.is_match(&Told::new(title)) {
        return None;
    }
    let find = |form: Form, fits: fn(&Titles, &str) -> bool| {
        TITLES.iter().find(|titles| fits(titles, title)).map(|titles| Label {
            letters: titles.letters.clone(),
            form,
            titled: true,
            body: None,
        })
    };
    find(Form::Statutory, |titles, title| titles.statutory.is_match(title))
        .or_else(|| find(Form::Title, |titles, title| titles.alone.is_match(title)))
}

/// The letter of a heading such as "B. What Sam finds hard": one letter, a mark, and some title.
pub(crate) fn lettered(text: &str) -> Option<Letter> {
    if !text.starts_with(|c| matches!(c, 'A'..='K')) {
        return None;
    }
    let (letters, end) = codes(text, 0)?;
    let (title, marked) = title_after(text, end);
    let short = text[title..].split_whitespace().count();
    match letters.as_slice() {
        &[letter] if marked && (1..=20).contains(&short) => Some(letter),
        _ => None,
    }
}

/// The letters that stand at `at`, and the byte after them.
fn codes(text: &str, at: usize) -> Option<(Vec<Letter>, usize)> {
    let (mut letters, mut end) = code(text, at)?;
    while let Some(between) = BETWEEN_CODES.find(&text[end..]) {
        let Some((more, next)) = code(text, end + between.end()) else { break };
        // "Section B and I would like…": an article or a pronoun is no letter
        let word = more == [Letter::A] || more == [Letter::I];
        let goes_on = text[next..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        if word && goes_on {
            break;
        }
        letters.extend(more.into_iter().filter(|letter| !letters.contains(letter)).collect::<Vec<_>>());
        end = next;
    }
    Some((letters, end))
}

/// Whether a letter may be a section's.
fn is_code(letter: char) -> bool {
    matches!(letter, 'A'..='K' | 'a'..='k')
}

/// One letter that stands at `at`, and the byte after it.
fn code(text: &str, at: usize) -> Option<(Vec<Letter>, usize)> {
    let found = CODE.captures(&text[at..])?;
    let letter = found.get(1).or_else(|| found.get(2))?.as_str();
    let end = at + found.get(0)?.end();
    let rest = &text[end..];
    let cut = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}'));
    let small = letter.starts_with(char::is_lowercase);
    let marked = rest.trim_start().is_empty()
        || rest.trim_start().starts_with([':', '.', ')', '|', '-', '\u{2013}', '\u{2014}', ',']);
    (!cut && (!small || marked)).then(|| (Letter::coded(letter), end))
}

/// Where the title begins behind a letter that ends at `end`, and whether more than a space or tab stands between.
fn title_after(text: &str, end: usize) -> (usize, bool) {
    let rest = &text[end..];
    let between =
        |c: char| c.is_whitespace() || matches!(c, ':' | '.' | '|' | '-' | '\u{2010}'..='\u{2015}' | ')' | '*' | ';');
    let title = rest.trim_start_matches(between);
    let gap = &rest[..rest.len() - title.len()];
    (text.len() - title.len(), gap.chars().any(|c| !c.is_whitespace() || c == '\n'))
}

/// How well `title` fits one of `letters`.
fn title_strength(letters: &[Letter], title: &str) -> Strength {
    let folded = Folded::text_of(title);
    let title = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first: Vec<&str> = title.split(' ').take(12).collect();
    let first = first.join(" ");
    let ours = TITLES.iter().filter(|titles| titles.letters.iter().any(|letter| letters.contains(letter)));
    ours.map(|titles| {
        if titles.beginning.is_match(title) {
            Strength::Beginning
        } else if titles.words.is_match(&first) {
            Strength::Words
        } else {
            Strength::None
        }
    })
    .max()
    .unwrap_or(Strength::None)
}

/// A folded title without numbering and the marks around it.
fn bare_title(folded: &str) -> &str {
    let title = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let title = NUMBERING.find(title).map_or(title, |found| &title[found.end()..]);
    title.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = read(text).map_or(String::new(), |label| {
            let letters: Vec<&str> = label.letters.iter().map(|letter| letter.as_str()).collect();
            format!("{} {:?}{}", letters.join("+"), label.form, if label.body.is_some() { " body" } else { "" })
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_letters_in_every_dress() {
        check("Section F", "F Word");
        check("SECTIONB:", "B Word");
        check("*Section A: The views of the child", "A Word");
        check("Section A | Views, interests and aspirations", "A Word");
        check("Part F", "F Word");
        check("Section H1/H2", "H1+H2 Word");
        check("Sections B, E and F", "B+E+F Word");
        check("SECTIONS E AND F - Outcomes and provision", "E+F Word");
        check("Section H: Care provision (sections H1 and H2)", "H1+H2 Word");
        check("Sections C (health care needs) and G (health provision)", "C+G Word");
        check("Special Educational Needs and Provision (B-F-E)", "B+F+E Word");
        check("(a) the views, interests and aspirations of the child (section A)", "A Word");
        check("H1 \u{2013} Any social care provision which must be made", "H1 Letter");
        check("A: My story, my views and my hopes", "A Letter");
        check("(A) Views, Interests and Aspirations", "A Letter");
        check("E and F: Outcomes and provision", "E+F Letter");
        check("H1", "H1 Letter");
        check("K \u{2013} list of reports and evidence", "K Letter");
        check("Section J: Not requested.", "J Word body");
        check("Section D: No social care needs were identified.", "D Word body");
        check("Section B and I: needs", "B+I Word");
    }

    #[test]
    fn leaves_mentions_and_numbers_alone() {
        check("Section F of this plan says so.", "");
        check("Section I is left blank in a draft.", "");
        check("Section 17 assessment", "");
        check("Section B and I find it hard", "");
        check("The reports listed in section K", "");
        check("Section F: Special educational provision .......... 12", "");
        check("Section F: Special educational provision\t12", "");
        check("F1.2 Sam will have speech therapy", "");
        check("F1 Communication and interaction", "");
        check("B1 She needs help to join in.", "");
        check("H1\tThe social worker will visit.", "");
        check("H1.2 A support worker will go with him.", "");
        check("K1 Parents' contribution", "");
        check("A teacher will visit each week.", "");
        check("I would like to be a plumber", "");
        check("Parts of the day are hard", "");
        check("Sections of the curriculum", "");
        check("Communication and interaction", "");
    }

    #[test]
    fn knows_parts_outside() {
        for text in
            ["Sign-off", "Contents", "Understanding this plan", "Review arrangements", "How this plan will be reviewed"]
        {
            assert!(is_outside(text), "{text}");
        }
        for text in [
            "Case EHC-0040917 | Printed 12/05/2025 09:41 by A.B | Status: DRAFT",
            "Generated 4 June, 04.06.2025 at 15:22",
        ] {
            assert!(is_print_out(text), "{text}");
        }
        assert!(!is_print_out("Case conference report | 12 May 2025") && !is_print_out("Plan of the school | 2025"));
        assert!(!is_outside("Communication and interaction"));
        assert!(!is_outside("Health"));
    }
}
