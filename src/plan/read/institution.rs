//! How a phrase names an institution, or says its type.

use crate::plan::placement::Setting;
use crate::text::Regex;
use crate::text::{Folded, MONTHS, Span, own_pattern};
use std::sync::LazyLock;

/// Words that make a phrase a type when nothing but such words stands in it.
const KIND_WORDS: &str = r"(?:mainstream|special(?:ist)?|maintained|non-maintained|independent|community|voluntary(?: aided| controlled)?|aided|controlled|foundation|academy|free|state|state-funded|local authority|primary|secondary|junior|infants?|middle|first|upper|high|all-through|nursery|early years|pre-school|day|residential|boarding|further education|higher education|fe|general|sixth[- ]form|post-16|post-19|tertiary|resourced|resource|enhanced|alternative|section 41|s\.?41|hospital|studio|pupil referral|co-educational|mixed|boys'?|girls'?|approved|private|voluntary|church of england|catholic|faith|ordinary|generic|complex needs|autism|semh|mld|sld|pmld|asd|land-based)";

/// What a type is a type of.
const KIND_HEADS: &str = r"(?:schools?|academy|academies|colleges?|nursery(?: school| class)?|settings?|units?|provision|base|sixth[- ]form(?: college)?|institution|provider|pre-school|playgroup|children's centre|school with (?:a )?(?:specially )?resourced (?:provision|base|unit)|pru|placement|preparatory school)";

/// A type in words of kind, and what it says of the setting. First match wins.
static SETTINGS: LazyLock<Vec<(Regex, Setting)>> = LazyLock::new(|| {
    [
        (r"(?:education |educated )?otherwise than (?:at|in)(?: a)?(?: school)?|eotas|eotis", Setting::Otherwise),
        (
            r"further education|\bfe\b|sixth[- ]form|tertiary|specialist (?:post-16|college)|post-16|\bcollege",
            Setting::College,
        ),
        (r"mainstream|resourced?|(?:base|unit|hub|provision) (?:in|within|at|attached to)", Setting::Mainstream),
        (
            r"non-?maintained special|\bspecial(?:ist)?\b|alternative provision|pupil referral|hospital school",
            Setting::Special,
        ),
        (r"school|academy|nursery|pre-?school|early years|playgroup|primary|secondary", Setting::Mainstream),
    ]
    .into_iter()
    .map(|(pattern, setting)| (own_pattern!(pattern), setting))
    .collect()
});

/// The kind of setting that words of a type say.
pub(crate) fn setting(words: &str) -> Option<Setting> {
    SETTINGS.iter().find(|(pattern, _)| pattern.is_match(words)).map(|(_, setting)| *setting)
}

/// The words that say education otherwise than in a school.
pub(crate) fn otherwise_words(folded: &Folded) -> Option<Span> {
    let (pattern, _) = SETTINGS.first()?;
    pattern.find(folded).map(|found| folded.original(Span::from(found.range())))
}

/// A phrase made of kind words only: "a general further education college", "Mainstream primary school", "(special)".
pub(crate) fn kind(text: &str, folded: &Folded) -> Option<Span> {
    static PHRASE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            r"(?:{KIND_WORDS}(?:,? (?:and |or )?|/))*{KIND_WORDS} {KIND_HEADS}|{KIND_HEADS} \((?:{KIND_WORDS} ?)+{KIND_HEADS}?\)"
        ))
    });
    static BRACKETED: LazyLock<Regex> =
        LazyLock::new(|| own_pattern!(&format!(r"\(((?:(?:an? )?{KIND_WORDS}[ ,/]*)+{KIND_HEADS}?)[,;)]")));
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?:^|[,:;(-] ?|type )(mainstream|special|specialist|maintained|independent|non-maintained special)\b(?: ?[,.;)]|$)"
        )
    });
    static BASE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?:specially |additionally )?resourced (?:provision|base|unit)|specialist (?:resource )?(?:base|unit|provision)|pupil referral unit|independent specialist (?:provider|college)|specialist post-16 institution"
        )
    });
    // Words of kind with no noun: "St Mary's High School, voluntary aided mainstream secondary."
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(r"(?:[,:;-] ?|\b(?:an?|is) )((?:{KIND_WORDS}[ ,/-]+)+{KIND_WORDS})(?: ?[.,;)]|$| for )"))
    });
    let bare = BARE.captures_iter(folded).filter_map(|c| c.get(1)).map(|found| Span::from(found.range()));
    let candidates = PHRASE.find_iter(folded).map(|found| Span::from(found.range()));
    let alone = ALONE.captures_iter(folded).filter_map(|c| c.get(1)).map(|found| Span::from(found.range()));
    let bracketed = BRACKETED.captures_iter(folded).filter_map(|c| c.get(1)).map(|found| Span::from(found.range()));
    let resourced = BASE.find_iter(folded).map(|found| Span::from(found.range()));
    candidates
        .chain(resourced)
        .chain(bracketed)
        .chain(bare)
        .map(|span| folded.original(span))
        .find(|&span| !is_part_of_name(text, span))
        .or_else(|| alone.map(|span| folded.original(span)).find(|&span| !is_part_of_name(text, span)))
}

/// Whether the phrase is the tail of a name: "Thornleigh Primary School" holds "Primary School", which is no type.
fn is_part_of_name(text: &str, span: Span) -> bool {
    let words = span.of(text);
    if !words.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    let before = text.get(..span.start).unwrap_or("").trim_end();
    let after = text.get(span.end..).unwrap_or("");
    let word_before = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
    let proper = |word: &str| {
        word.chars().next().is_some_and(|c| c.is_uppercase() || c == '&') && !word.ends_with([':', ',', '.', ';'])
    };
    let connected = after.starts_with(" of ")
        || after.starts_with(" for ")
            && after.get(5..).is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()));
    proper(word_before) && !matches!(word_before.to_lowercase().as_str(), "a" | "type" | "an" | "the") || connected
}

/// The name of an institution: a run of capitalised words that are not all words of kind.
pub(crate) fn name(text: &str) -> Option<Span> {
    static RUN: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"[A-Z][\w'\x{2019}.&-]*(?:(?:,? (?:of|the|and|with|for|in|on|at|upon|le|de|&|C ?of ?E|CE|RC|VA|VC) | ?- ?| )",
            r"\(?[A-Z][\w'\x{2019}.&-]*\)?)*"
        ))
    });
    static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:School|Academy|College|Nursery|Pre-?[Ss]chool|Primary|Infants?|Juniors?|High|Grammar|Centre|Center|Playgroup|Unit|PRU|Sixth Form|Campus|Trust|Kindergarten|SCHOOL|ACADEMY|COLLEGE|Base|Hub|House)\b"
        )
    });
    static ALL_KIND: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            r"^(?:the |an? )?(?:{KIND_WORDS}[ /,-]*|{KIND_HEADS}[ /,-]*|type[: ]*|(?:and|or|in|with) )+$"
        ))
    });
    static STOP: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"^(?:until|from|september|january|february|march|april|may|june|july|august|october|november|december|section|year|autumn|spring|summer|the|this|parents?|mr|mrs|ms|ehcp?|ehc plan|type|name|current|currently|it|he|she|they|his|her|their|in|at|to be|tbc|local authority|la|council|education|children and families act.*|send.*|a|an|following|after|as|for|both|no|not|none|otherwise|eotas.*|phase)$"
        )
    });
    let mut best: Option<Span> = None;
    for found in RUN.find_iter(text) {
        let words = trim_lead(found.as_str());
        let start = found.end() - words.len();
        let words = trim_tail(words.trim_end_matches(['.', ',', ' ', '-']));
        let folded = Folded::of(words);
        if words.chars().count() < 3 || STOP.is_match(&folded) || ALL_KIND.is_match(&folded) {
            continue;
        }
        let span = Span::new(start, start + words.len());
        if INSTITUTION.is_match(words) {
            return Some(span);
        }
        // Without a word such as School only where a name is expected: first in the line, or after "at" or a colon.
        let before = text.get(..start).unwrap_or("").trim_end();
        let folded_before = Folded::of(before);
        let expected = before.is_empty()
            || before.ends_with([':', '|'])
            || ["attend", "attends", " at", "named", "is", "placement", "name"]
                .iter()
                .any(|end| folded_before.text().ends_with(end));
        let after = text.get(span.end..).unwrap_or("").trim_start();
        let described = after.starts_with("is a") && before.is_empty();
        let ends = described || after.is_empty() || after.starts_with([',', '.', '(', '-', '\u{2013}', ';', '|']);
        if best.is_none() && expected && ends && !folded.text().contains("council") {
            best = Some(span);
        }
    }
    best
}

/// A run without words at its start that only open the sentence: "From September Moorgate School".
fn trim_lead(run: &str) -> &str {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        let months = MONTHS.join("|");
        let opening = "Until|From|Name|Placement|At|Currently|Type|In|To|Year|A|place|at|in|the|of|is|on|and|for";
        own_pattern!(&format!(r"^(?:(?:{opening}|{months})[ :]+)+"))
    });
    LEAD.find(run).map_or(run, |found| run.get(found.end()..).unwrap_or(run))
}

/// A name without words of kind that run on after its School or College: "Hollybush Junior School Mainstream".
fn trim_tail(run: &str) -> &str {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(r"(?i)\b(?:school|academy|college|nursery)((?: -)?(?: \(?{KIND_WORDS}\)?)+)$"))
    });
    let tail = TAIL.captures(run).and_then(|captures| captures.get(1));
    tail.and_then(|tail| run.get(..tail.start())).unwrap_or(run)
}
