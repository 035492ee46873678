//! The child or young person: names, year groups as printed, and whether the plan is anonymised.

use crate::document::Document;
use crate::plan::profile::Name;
use crate::plan::read::pairs::{Field, Pair};
use crate::plan::statement::Statement;
use crate::text::Regex;
use crate::text::{Folded, Span, own_pattern, sentences, small_number};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words before a name that are no part of it.
const TITLES: &[&str] = &["master", "miss", "ms", "mr", "mrs", "mx"];

/// A value that stands where a name was taken out.
static REMOVED: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(concat!(
        r"^(?:(?:the )?(?:child|pupil|student|learner|young person|yp|cyp) ?(?:[a-z]|\d{1,4})",
        r"|.*\b(?:redacted|removed|withheld|anonymi[sz]ed|pseudonym\w*)\b.*|[x*_.\x{2588}\[\] -]{2,}|[a-z]\.?|[a-z]\.? ?[a-z]\.?)$"
    ))
});

/// Words that say the plan is anonymised.
static ANONYMISED: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(concat!(
        r"(?:(not|un|non)[ -]?(?:been )?)?\b(?:anonymi[sz]ed|redacted|pseudonymi[sz]ed)\b",
        r"|names? (?:and \w+ )?ha(?:ve|s) been (?:changed|removed|replaced)",
        r"|(?:personal|identifying) (?:details|information|data) (?:ha(?:ve|s) been )?(?:changed|removed|replaced|taken out)",
        r"|identif(?:iers|ying details) removed|pseudonyms? (?:is|are|has been|have been) used"
    ))
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(r"\b(?:{YEAR_WORDS})\b");
    own_pattern!(&pattern)
});

/// A year group, with the number or word in a group of its own.
pub(crate) const YEAR_WORDS: &str = r"(?:national curriculum )?(?:years?|yr|y|ncy)\.? ?(?:group )?(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|r)|(reception|pre-school|nursery|foundation stage 2|f2|f1)";

/// The names in pairs, the title and the footer, or else the name that the sections' sentences begin with most.
pub(crate) fn names(document: &Document, pairs: &[Pair], title: &[Span]) -> Vec<Name> {
    let mut names = Vec::new();
    let value = |field: Field| pairs.iter().filter(move |pair| pair.field == field && !pair.value.is_empty());
    for pair in value(Field::Name) {
        full_name(document.slice(pair.value), pair.value.start, &mut names);
    }
    let (first, last) = (value(Field::FirstName).next(), value(Field::Surname).next());
    for pair in first.into_iter().chain(last).chain(value(Field::KnownAs)) {
        let text = document.slice(pair.value);
        if !is_removed(text) {
            add(text.trim_matches(['\'', '"', '\u{2018}', '\u{2019}']), pair.value.start, text, &mut names);
        }
    }
    if names.is_empty() {
        let furniture = document.furniture().iter().map(|f| f.span);
        for span in title.iter().copied().chain(furniture) {
            titled_name(document.slice(span), span.start, &mut names);
        }
    }
    if names.is_empty() {
        names.extend(spoken_name(document));
    }
    names
}

/// Adds `part`, a piece of `whole` which begins at byte `at` of the document, once.
fn add(part: &str, at: usize, whole: &str, names: &mut Vec<Name>) {
    let part = part.trim();
    if part.is_empty() || names.iter().any(|name| name.text == part) {
        return;
    }
    let start = at + (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    names.push(Name { text: part.to_owned(), span: Span::new(start, start + part.len()) });
}

/// "Ciaran Boothroyd", "BOOTHROYD, Ciaran", "Alexandra (Alex) Smith", "Posy ADEYEMI-CLARK".
fn full_name(value: &str, at: usize, names: &mut Vec<Name>) {
    let line = value.lines().next().unwrap_or(value);
    if is_removed(line) || line.chars().count() > 80 {
        return;
    }
    // What stands in brackets or quotes is what the child is called.
    let called = line.find(['(', '\u{2018}', '\u{201c}', '"']).and_then(|open| {
        let inner = line.get(open..)?.trim_start_matches(['(', '\u{2018}', '\u{201c}', '"']);
        let end = inner.find([')', '\u{2019}', '\u{201d}', '"'])?;
        let inner = inner.get(..end)?.trim();
        let folded = Folded::of(inner);
        let skip = ["known as ", "called ", "likes to be called ", "preferred name "];
        let cut = skip.iter().find(|start| folded.text().starts_with(**start)).map_or(0, |start| start.len());
        inner.get(cut..).map(|called| (open, called))
    });
    let before = called.map_or(line, |(open, _)| line.get(..open).unwrap_or(line));
    let after =
        called.and_then(|(open, _)| line.get(open..)?.split_once([')', '\u{2019}', '\u{201d}', '"'])).map(|x| x.1);
    let (surname, given) = match before.split_once(',') {
        Some((surname, given)) => (Some(surname), given),
        None => (None, before),
    };
    let words: Vec<&str> = given
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ',', ';', ':']))
        .filter(|word| !word.is_empty() && !TITLES.contains(&word.to_lowercase().as_str()))
        .take_while(|word| word.chars().next().is_some_and(char::is_uppercase))
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let whole_start = first.as_ptr() as usize - value.as_ptr() as usize;
    let whole_end = last.as_ptr() as usize + last.len() - value.as_ptr() as usize;
    if let Some(whole) = value.get(whole_start..whole_end) {
        add(whole, at, value, names);
    }
    add(first, at, value, names);
    for other in surname.into_iter().chain(after).chain(called.map(|(_, called)| called)) {
        add(other, at, value, names);
    }
}

/// "Education, Health and Care Plan for Sam Lee", "EHCP - Ciaran Boothroyd - Final".
fn titled_name(text: &str, at: usize, names: &mut Vec<Name>) {
    static TITLED: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"(?:(?i:plan|ehcp?) (?:for|of)|(?i:plan|ehcp?)\)? ?[-\x{2013}|:]) ?",
            r"([A-Z][a-z'\x{2019}]+(?:[ -][A-Z][A-Za-z'\x{2019}]+){1,3})(?: ?[-\x{2013}|,(]|$)"
        ))
    });
    let Some(found) = TITLED.captures(text).and_then(|captures| captures.get(1)) else { return };
    let folded = Folded::of(found.as_str());
    let other = ["plan", "final", "draft", "council", "print", "team", "service", "confidential", "amended", "section"];
    if !other.iter().any(|word| folded.text().contains(word)) {
        full_name(found.as_str(), at + found.start(), names);
    }
}

/// The name that sentences begin with most, where no label gives one: "Sam needs…", "My name is Sam".
fn spoken_name(document: &Document) -> Option<Name> {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"^(?:My name is |I am called |I'm )?([A-Z][a-z\x{e0}-\x{ff}]+(?:-[A-Z][a-z]+)?)(?:['\x{2019}]s)?",
            r" (?:is|has|will|needs|can|finds|likes|enjoys|was|would|requires|struggles|does|lives|attends|cannot|learns|uses)\b"
        ))
    });
    let mut counts: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for block in document.blocks() {
        let text = document.slice(block.span);
        for sentence in sentences(text) {
            let words = sentence.of(text);
            let Some(found) = SUBJECT.captures(words).and_then(|captures| captures.get(1)) else { continue };
            let span = Span::from(found.range()).shift(block.span.start + sentence.start);
            let weight = if words.starts_with("My name is") { 5 } else { 1 };
            let entry = counts.entry(document.slice(span)).or_insert((0, span));
            entry.0 += weight;
        }
    }
    let lower = document.text();
    let common = |name: &str| {
        let plain = name.to_lowercase();
        NOT_NAMES.contains(&plain.as_str()) || lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == plain)
    };
    let (name, (count, span)) =
        counts.into_iter().filter(|(name, _)| !common(name)).max_by_key(|(_, (count, _))| *count)?;
    (count >= 3).then(|| Name { text: name.to_owned(), span })
}

/// Words that begin sentences and are no names.
const NOT_NAMES: &[&str] = &[
    "he",
    "she",
    "they",
    "it",
    "this",
    "that",
    "there",
    "staff",
    "school",
    "section",
    "parents",
    "mum",
    "dad",
    "who",
    "what",
    "makaton",
    "i",
    "we",
    "provision",
    "each",
    "support",
    "everyone",
    "nobody",
    "one",
    "all",
    "child",
];

fn is_removed(value: &str) -> bool {
    let folded = Folded::of(value.trim());
    REMOVED.is_match(&folded)
}

/// The words by which the plan says that it is anonymised: on the cover, in furniture, or in a child's name taken out.
pub(crate) fn anonymised(document: &Document, pairs: &[Pair], in_section: impl Fn(usize) -> bool) -> Option<Span> {
    let says = |span: Span| {
        let folded = document.levelled(span);
        let captures = ANONYMISED.captures_iter(&folded).find(|captures| captures.get(1).is_none())?;
        let found = captures.get(0)?;
        Some(folded.original(Span::from(found.range())).shift(span.start))
    };
    let cover = document.blocks().iter().enumerate().filter(|(index, _)| !in_section(*index)).map(|(_, b)| b.span);
    if let Some(span) = cover.chain(document.furniture().iter().map(|f| f.span)).find_map(says) {
        return Some(span);
    }
    let removed = |pair: &&Pair| {
        let text = document.slice(pair.value);
        matches!(pair.field, Field::Name | Field::FirstName)
            && !text.is_empty()
            && is_removed(text)
            && !is_left_blank(text)
    };
    pairs.iter().find(removed).map(|pair| pair.value)
}

/// Template leftovers ("XXXX", "[ ]") are no sign that a name was taken out.
fn is_left_blank(value: &str) -> bool {
    value.chars().all(|c| matches!(c, 'x' | 'X' | '.' | '_' | '-' | ' ' | '[' | ']'))
}

/// Every year group that the plan says the child is in now.
pub(crate) fn years(document: &Document, pairs: &[Pair], names: &[Name], statements: &[Statement]) -> Vec<(i8, Span)> {
    let mut years = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.field == Field::Year) {
        let text = document.slice(pair.value);
        let folded = Folded::of(text);
        if let Some((year, _)) = year_value(folded.text()) {
            years.push((year, pair.value));
        }
    }
    // Statements come without their typed numbers; a document without sections is read by its blocks.
    let parts = statements.iter().flat_map(|s| s.parts.iter().map(|part| (s.block, part.span)));
    let blocks = document.blocks().iter().enumerate().map(|(index, block)| (index, block.span));
    let passages: Vec<(usize, Span)> = if statements.is_empty() { blocks.collect() } else { parts.collect() };
    // The block and the words before, and whether they are one sentence.
    let mut before: Option<(usize, Span, bool)> = None;
    for (block, span) in passages {
        let text = document.slice(span);
        if !may_tell_year(document.levelled(span).text()) {
            before = Some((block, span, false)).filter(|_| !text.trim().is_empty()).or(before);
            continue;
        }
        for sentence in sentences(text) {
            let at = sentence.shift(span.start);
            let folded = document.levelled(at);
            let about_another = || {
                let (_, words, whole) = before.filter(|&(of, ..)| of == block)?;
                let last = || Some(sentences(document.slice(words)).pop()?.shift(words.start));
                Some(mentions_another_child(&document.levelled(if whole { words } else { last()? })))
            };
            if let Some((year, words)) = present_year(&folded, names, || about_another().unwrap_or_default()) {
                years.push((year, folded.original(words).shift(at.start)));
            }
            before = Some((block, at, true));
        }
    }
    years.sort_by_key(|(_, span)| *span);
    years.dedup();
    years
}

/// "5", "Year 9 at Moorgate School", "Nursery (pre-Reception)", "R".
fn year_value(folded: &str) -> Option<(i8, Span)> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^(\d{1,2}|r|n)\b(?:[^/\d]|$)"));
    if let Some(found) = BARE.captures(folded.trim()).and_then(|captures| captures.get(1)) {
        let year = year_number(found.as_str())?;
        return Some((year, Span::from(found.range())));
    }
    YEAR.captures(folded).and_then(|captures| {
        let word = captures.get(1).or_else(|| captures.get(2))?;
        Some((year_number(word.as_str())?, Span::from(captures.get(0)?.range())))
    })
}

/// The number of a year group; Reception is 0, Nursery is -1.
pub(crate) fn year_number(word: &str) -> Option<i8> {
    match word {
        "reception" | "r" | "f2" | "foundation stage 2" => Some(0),
        "nursery" | "pre-school" | "f1" | "n" => Some(-1),
        word => small_number(word).and_then(|year| i8::try_from(year).ok()).filter(|year| (0..=14).contains(year)),
    }
}

/// Whether "in" or "a" stands before what may begin a year group: "in the Year 9", "a Reception pupil".
fn may_tell_year(levelled: &str) -> bool {
    const OPENINGS: [&str; 8] = ["ncy", "national c", "reception", "pre-school", "nursery", "foundation s", "f1", "f2"];
    levelled.match_indices(' ').any(|(at, _)| {
        let rest = &levelled[at + 1..];
        let Some(rest) = rest.strip_prefix("in ").or_else(|| rest.strip_prefix("a ")) else { return false };
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        rest.starts_with('y') && !rest.starts_with("you") || OPENINGS.iter().any(|opening| rest.starts_with(opening))
    })
}

/// "Reece is in Year 9 at…", "I am in Year 5", "She is a Year 10 pupil": now, and of the child.
fn present_year(folded: &Folded, names: &[Name], about_another: impl Fn() -> bool) -> Option<(i8, Span)> {
    static NOW: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            concat!(
                r"(?:^|, |and |; |: |\()([a-z'-]+)(?: [a-z'-]+)? (?:is|am|are|'s|remains)(?: currently| now| presently| still| already)?",
                r"(?: placed| being educated| educated| taught| enrolled| registered| working)?(?: an?(?: \w+){{0,3}}? (?:pupil|student|learner|boy|girl|child))?",
                r" (?:in|a) (?:the )?(?:{year})(?: class| pupil| student| learner)?\b"
            ),
            year = YEAR_WORDS
        ))
    });
    let captures = NOW.captures(folded)?;
    let subject = captures.get(1)?.as_str();
    let is_child = match subject {
        "i" => true,
        "he" | "she" | "they" => !about_another(),
        word => is_a_name(word, names),
    };
    let word = captures.get(2).or_else(|| captures.get(3))?;
    let year = year_number(word.as_str())?;
    is_child.then_some((year, Span::new(captures.get(1)?.start(), captures.get(0)?.end())))
}

fn is_a_name(word: &str, names: &[Name]) -> bool {
    names.iter().flat_map(|name| name.text.split_whitespace()).any(|name| name.to_lowercase() == word)
}

/// Whether the words bring in a child who is not the plan's.
pub(crate) fn mentions_another_child(folded: &Folded) -> bool {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(r"\b(?:brother|sister|sibling|twin|cousin|friend|stepbrother|stepsister|nephew|niece|peer)s?\b")
    });
    OTHERS.is_match(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::read::pairs;

    fn check_names(text: &str, expected: &[&str]) {
        let document = Document::from_notation(text);
        let found = names(&document, &pairs::Found::of(&document).all(), &[]);
        for name in &found {
            assert_eq!(document.slice(name.span), name.text);
        }
        let found: Vec<&str> = found.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_names() {
        check_names("|Full name|Ciaran Boothroyd|", &["Ciaran Boothroyd", "Ciaran"]);
        check_names("|Child|Posy ADEYEMI-CLARK|", &["Posy ADEYEMI-CLARK", "Posy"]);
        check_names("|Name|BOOTHROYD, Ciaran|", &["Ciaran", "BOOTHROYD"]);
        check_names("|Name|Alexandra (Alex) Smith|", &["Alexandra", "Smith", "Alex"]);
        check_names("|Forename(s)|Aleena|\n|Surname|Rahman-Pryce|", &["Aleena", "Rahman-Pryce"]);
        check_names("|Name|Child A|", &[]);
        check_names("Sam needs help.\n\nSam has a laptop. Sam will read.", &["Sam"]);
    }

    fn check_years(text: &str, expected: &[i8]) {
        let document = Document::from_notation(&format!("|Name|Reece Tolland|\n\n{text}"));
        let pairs = pairs::Found::of(&document).all();
        let names = names(&document, &pairs, &[]);
        let found: Vec<i8> = years(&document, &pairs, &names, &[]).into_iter().map(|(year, _)| year).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_year_groups_of_now() {
        check_years("|NCY|Nursery (pre-Reception)|", &[-1]);
        check_years("|Year group|11|", &[11]);
        check_years("Reece is in Year 9 at Moorgate School.", &[9]);
        check_years("I am in Year 5.", &[5]);
        check_years("Reece is a Year 10 pupil.", &[10]);
        check_years("He is currently in Reception.", &[0]);
        check_years("I live with my sister Orla who is in Year 8.", &[]);
        check_years("He has a brother, Kane. He is in Year 10.", &[]);
        check_years("In Year 4 he had six sessions. By the end of Year 12 Reece will cook.", &[]);
    }

    fn check_anonymised(text: &str, expected: bool) {
        let document = Document::from_notation(text);
        let pairs = pairs::Found::of(&document).all();
        assert_eq!(anonymised(&document, &pairs, |_| false).is_some(), expected, "{text}");
    }

    #[test]
    fn tells_whether_a_plan_is_anonymised() {
        check_anonymised("Anonymised copy for audit", true);
        check_anonymised("|Name|Child B|", true);
        check_anonymised("|Name|K|", true);
        check_anonymised("Names have been changed.", true);
        check_anonymised("This copy has not been anonymised.", false);
        check_anonymised("|Name|XXXX|", false);
        check_anonymised("|Name|Sam Lee|", false);
    }
}
