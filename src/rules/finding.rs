//! Finding: a rule and an anchor, worded, with a fingerprint that stays when the file format changes.

use crate::document::GapKind;
use crate::plan::{Letter, Need, Plan, Sort};
use crate::rules::blanks::blanks;
use crate::rules::hit::{Anchor, Confidence, Hit};
use crate::rules::prose;
use crate::rules::rule::{Rule, Severity};
use crate::rules::when;
use crate::text::{Folded, Span, shorten};
use sha2::{Digest, Sha256};
use std::fmt;

/// A quote in the middle of a sentence has at most so many characters.
const LONGEST_QUOTE: usize = 90;

/// Something in a plan, or absent from it, that a rule flags.
#[derive(Clone)]
pub struct Finding<'r> {
    /// The rule: title, reason and authority are said there, once.
    pub rule: &'r Rule,
    /// Words, or an absence.
    pub anchor: Anchor,
    /// The section it stands in; `None` for the whole plan.
    pub section: Option<Letter>,
    /// Index of the statement that was judged.
    pub statement: Option<usize>,
    /// Every group of words to look at, in reading order. For an absence: the heading under which it was looked for, if any.
    pub marks: Vec<Span>,
    /// What is not stated, for the categories that say so.
    pub missing: Vec<Need>,
    /// How grave it is here.
    pub severity: Severity,
    /// Why it is less grave here than the rule's authority says, if it is.
    pub softened: Option<&'r str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is wrong, in a sentence or two; empty where findings are not put into words.
    pub message: String,
    /// What to ask for; empty where findings are not put into words.
    pub help: String,
    /// The words to look at, exactly as in the document; empty for an absence.
    pub quote: String,
    /// The whole statement that was judged, as in the document, a row's cells joined by ` | `; empty if there is none.
    pub statement_text: String,
    /// 16 hex digits, the same for the same finding in the same text.
    pub fingerprint: String,
    /// What its sentences are made from, until its words are taken out.
    terms: Option<Terms>,
}

/// A question that cannot be answered, because a part of the file could not be read.
#[derive(Clone)]
pub struct Note<'r> {
    /// The rule that asks.
    pub rule: &'r Rule,
    /// The section it asks about.
    pub section: Option<Letter>,
    /// What could not be told is whether this section is there.
    pub absent: Option<Letter>,
    /// What the finding would have said; empty where findings are not put into words.
    pub message: String,
    /// What its sentence is made from, until its words are taken out.
    terms: Option<Terms>,
}

/// What the sentences of a finding are made from, besides the words of its statement.
#[derive(Clone)]
struct Terms {
    section: Option<Letter>,
    /// The check's values: words of the plan, and its own.
    values: Vec<(&'static str, String)>,
    missing: Vec<Need>,
    /// The sort of the statement that was judged.
    sort: Option<Sort>,
}

impl fmt::Debug for Finding<'_> {
    /// No words: no word of a plan may reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("rule", &self.rule.id)
            .field("anchor", &self.anchor)
            .field("section", &self.section)
            .field("severity", &self.severity)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Note").field("rule", &self.rule.id).field("section", &self.section).finish_non_exhaustive()
    }
}

/// The placeholders that every finding has a value for.
///
/// `{shortfall}` is a whole sentence of `{states}` and `{missing}`; `{ask}` is `{missing}` joined by "and", for a request;
/// `{blanks}` is wording to fill in for what is missing; `{quotes}` is every group of marked words, each in quotation marks.
pub(crate) const VALUES: &[&str] = &["quote", "section", "quotes", "missing", "ask", "blanks", "states", "shortfall"];

/// Stands for the words of a plan where they may not be shown.
const NOT_SHOWN: &str = "[not shown]";

/// The values that are in our own words and say nothing of whom the plan is about, by kind of check. Whatever is not here
/// counts as words of the plan, dates and ages too.
const OWN_WORDS: &[(&str, &[&str])] = &[
    ("adulthood-missing", &["year", "by"]),
    ("empty-section", &["letter", "title"]),
    ("late", &["over", "event"]),
    ("merged-sections", &["letters", "letter"]),
    ("misplaced", &["belongs", "what"]),
    ("missing-advice", &["advice"]),
    ("missing-section", &["letter", "title"]),
    ("undated-advice", &["lacks"]),
    ("unpaired", &["topics", "elsewhere"]),
    ("unreadable", &["unread", "where", "matters"]),
];

impl Terms {
    /// The check's value of this name.
    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The message and the help of `rule` for words of the plan, with its `states` of the statement.
    fn worded(&self, rule: &Rule, plan: &Plan, quote: &str, marks: &[Span], states: &str) -> (String, String) {
        let missing = prose::questions(&self.missing, self.sort, "or");
        let ask = prose::questions(&self.missing, self.sort, "and");
        let blanks = blanks(&self.missing, self.sort);
        let quotes = quoted(plan, marks);
        let shortfall = prose::shortfall(states, &missing);
        let short_quote = shorten(quote, LONGEST_QUOTE);
        let value = |name: &str| match name {
            "quote" => Some(short_quote.as_str()),
            "section" => self.section.map(Letter::as_str),
            "quotes" => Some(quotes.as_str()),
            "missing" => Some(missing.as_str()),
            "ask" => Some(ask.as_str()),
            "blanks" => Some(blanks.as_str()),
            "states" => Some(states),
            "shortfall" => Some(shortfall.as_str()),
            _ => self.value(name),
        };
        (rule.message.fill(value), rule.help.fill(value))
    }

    /// The message and the help of `rule` with the values that are no words of the plan.
    fn unquoted(&self, rule: &Rule) -> (String, String) {
        let own = OWN_WORDS.iter().find(|(kind, _)| *kind == rule.kind()).map_or(&[][..], |(_, names)| names);
        let missing = prose::questions(&self.missing, self.sort, "or");
        let ask = prose::questions(&self.missing, self.sort, "and");
        let blanks = blanks(&self.missing, self.sort);
        let shortfall = prose::shortfall("", &missing);
        let value = |name: &str| match name {
            "section" => self.section.map(Letter::as_str),
            "missing" => Some(missing.as_str()),
            "ask" => Some(ask.as_str()),
            "blanks" => Some(blanks.as_str()),
            "shortfall" => Some(shortfall.as_str()),
            _ => {
                let said = self.value(name);
                let asked_of_all = VALUES.contains(&name);
                if own.contains(&name) { said } else { (asked_of_all || said.is_some()).then_some(NOT_SHOWN) }
            }
        };
        (rule.message.fill(value), rule.help.fill(value))
    }
}

/// Every group of marked words once, each in quotation marks: "“access to” and “as needed”".
fn quoted(plan: &Plan, marks: &[Span]) -> String {
    let mut words: Vec<String> = Vec::new();
    for mark in marks {
        let quote = format!("\u{201c}{}\u{201d}", shorten(plan.slice(*mark), LONGEST_QUOTE));
        if !words.contains(&quote) {
            words.push(quote);
        }
    }
    prose::list(&words, "and")
}

/// Whether these words were recognised in a picture, and may be others.
fn recognised(plan: &Plan, span: Span) -> bool {
    let mut gaps = plan.document().gaps().iter().filter(|gap| gap.kind == GapKind::Recognised).peekable();
    gaps.peek().is_some() && {
        let page = plan.document().page_of(span);
        gaps.any(|gap| gap.place.page == page)
    }
}

impl<'r> Finding<'r> {
    /// The finding that `hit` is, put into words or not, or nothing where a `[[when]]` silences the rule. The fingerprint is
    /// set later.
    pub(crate) fn of(rule: &'r Rule, hit: Hit, plan: &Plan, worded: bool) -> Option<Self> {
        let mut confidence = hit.confidence.min(rule.certainty.cap());
        if let Anchor::Text(span) = hit.anchor
            && recognised(plan, span)
        {
            confidence = Confidence::Low;
        }
        let mut severity = rule.severity();
        if severity == Severity::Error && confidence == Confidence::Low {
            severity = severity.softer();
        }
        let (severity, softened) = when::weigh(&rule.when, severity, plan, hit.section)?;
        let quote = match hit.anchor {
            Anchor::Text(span) => plan.slice(span).to_owned(),
            Anchor::Missing(_) => String::new(),
        };
        let judged = hit.statement.and_then(|index| plan.statements().get(index));
        let sort = judged.and_then(|statement| statement.sorted.as_ref()).map(|sorted| sorted.sort);
        let terms = Terms { section: hit.section, values: hit.values, missing: hit.missing.clone(), sort };
        let (message, help) = if worded {
            let states = judged.map_or_else(String::new, |statement| prose::states(plan, statement));
            terms.worded(rule, plan, &quote, &hit.marks, &states)
        } else {
            Default::default()
        };
        Some(Self {
            rule,
            anchor: hit.anchor,
            section: hit.section,
            statement: hit.statement,
            severity,
            softened,
            confidence,
            message,
            help,
            statement_text: judged.map_or_else(String::new, |statement| plan.words_of(statement)),
            quote,
            marks: hit.marks,
            missing: hit.missing,
            fingerprint: String::new(),
            terms: Some(terms),
        })
    }

    /// Takes the words of the plan out of everything that the finding says.
    pub(crate) fn redact(&mut self) {
        if let Some(terms) = self.terms.take() {
            (self.message, self.help) = terms.unquoted(self.rule);
        }
        self.quote.clear();
        self.statement_text.clear();
    }

    /// Where it stands in reading order. What has no place at all comes last, by the letter that is missing.
    pub(crate) fn order(&self) -> (usize, usize) {
        match (self.anchor, self.marks.first()) {
            (Anchor::Text(span), _) | (Anchor::Missing(_), Some(&span)) => (span.start, span.end),
            (Anchor::Missing(letter), None) => {
                let place = letter.and_then(|letter| Letter::ALL.iter().position(|&known| known == letter));
                (usize::MAX, place.unwrap_or(usize::MAX))
            }
        }
    }

    /// What makes it the same finding in another file of the same text: letters and digits only, so that neither
    /// spaces nor line ends nor hyphens count.
    pub(crate) fn identity(&self) -> String {
        let words = if self.statement_text.is_empty() { &self.quote } else { &self.statement_text };
        let mut identity = format!("{}\n{}\n", self.rule.id, self.section.map_or("", Letter::as_str));
        let mut add = |words: &str| {
            Folded::text_of(words).split(|c: char| !c.is_alphanumeric()).for_each(|run| identity.push_str(run));
        };
        if words.is_empty() {
            // What an absence is the absence of, in the check's words.
            self.terms.iter().flat_map(|terms| &terms.values).for_each(|(_, value)| add(value));
        } else {
            add(words);
        }
        identity
    }
}

impl<'r> Note<'r> {
    /// What `finding` would have said, as something that could not be told.
    pub(crate) fn of(finding: Finding<'r>) -> Self {
        let absent = if let Anchor::Missing(letter) = finding.anchor { letter } else { None };
        Self { rule: finding.rule, section: finding.section, absent, message: finding.message, terms: finding.terms }
    }

    /// Takes the words of the plan out of it.
    pub(crate) fn redact(&mut self) {
        if let Some(terms) = self.terms.take() {
            (self.message, _) = terms.unquoted(self.rule);
        }
    }
}

/// 16 hex digits of an identity and how many findings with the same one came before.
pub(crate) fn fingerprint(identity: &str, ordinal: usize) -> String {
    let digest = Sha256::new().chain_update(identity).chain_update(format!("\n{ordinal}")).finalize();
    format!("{:016x}", digest.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_short_and_tell_twins_apart() {
        assert_eq!(fingerprint("a", 0).len(), 16);
        assert_eq!(fingerprint("a", 0), fingerprint("a", 0));
        assert_ne!(fingerprint("a", 0), fingerprint("a", 1));
    }
}
