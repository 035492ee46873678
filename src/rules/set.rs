//! Rules: the set in force, what is chosen of it, and what it finds in a plan.

use crate::plan::packed::Packed;
use crate::plan::{Fragment, Letter, Plan, Section};
use crate::rules::category::Category;
use crate::rules::file::{self, Problem, RuleError};
use crate::rules::finding::{self, Finding, Note};
use crate::rules::hit::Anchor;
use crate::rules::quiet::{Quiet, Silence};
use crate::rules::rule::Rule;
use jiff::civil::Date;
use miette::Diagnostic;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, LazyLock};
use thiserror::Error;

/// A set of rules, in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<Arc<Rule>>);

/// A name that no rule, topic or category has.
#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
#[error("there is no rule, topic or category called `{name}`")]
#[diagnostic(code(rules::unknown), help("`ehcp-lint rules list` shows them all."))]
pub struct UnknownRule {
    /// The name.
    pub name: String,
}

/// What a set of rules has to say about a plan.
#[derive(Clone, Debug, Default)]
pub struct Verdict<'r> {
    /// In reading order, then by rule id.
    pub findings: Vec<Finding<'r>>,
    /// What could not be told, by rule id.
    pub notes: Vec<Note<'r>>,
    /// The rules that said neither, by id.
    pub quiet: Vec<Quiet<'r>>,
}

/// What stands in the built-in rule files, in the order of [`Rules::SOURCES`].
const PACKED: &[(&str, Packed)] = include!(concat!(env!("OUT_DIR"), "/rules.packed.rs"));

static BUILT_IN: LazyLock<Rules> = LazyLock::new(|| match unpacked() {
    Ok(rules) => rules,
    Err(error) => panic!("a built-in rule file is broken, which its test forbids: {error}"),
});

/// The built-in rules.
fn unpacked() -> Result<Rules, Box<RuleError>> {
    let files = Rules::SOURCES.iter().zip(PACKED);
    let rules = files.map(|(&(id, text), (_, packed))| file::built_in(id, text, *packed).map(Arc::new));
    rules.collect::<Result<Vec<_>, _>>().map(Rules)
}

impl Rules {
    /// The built-in rule files: id and text.
    pub const SOURCES: &'static [(&'static str, &'static str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

    /// The edition of the built-in rules: the year and month to which the law behind them was read.
    pub const EDITION: &'static str = "2026-11";

    /// The built-in rules, read once.
    ///
    /// # Panics
    ///
    /// Only if a built-in rule file is broken; `tests/rules.rs` proves that none is.
    pub fn built_in() -> Self {
        BUILT_IN.clone()
    }

    /// Reads rule files, each an id and a text, refusing whatever cannot be meant.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Box<RuleError>> {
        Self::default().with(files)
    }

    /// This set and the rules of more files.
    pub fn with<'a>(self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Box<RuleError>> {
        let mut rules = self.0;
        for (id, text) in files {
            let rule = file::read(id, text)?;
            let claimed = |name: &str| rules.iter().any(|known| answers_to(known, name));
            if claimed(id) || rule.formerly.iter().any(|name| claimed(name)) {
                return Err(RuleError::new(id, text, Problem::Twice, None));
            }
            rules.push(Arc::new(rule));
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self(rules))
    }

    /// The rules, by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The rule of this id, or that had it.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.iter().find(|rule| answers_to(rule, id))
    }

    /// Only the rules that one of `names` means: an id, a topic (`provision/`) or another beginning of ids, or a category.
    pub fn select<S: AsRef<str>>(&self, names: &[S]) -> Result<Self, UnknownRule> {
        self.keep(names, |meant| meant)
    }

    /// Without the rules that one of `names` means.
    pub fn ignore<S: AsRef<str>>(&self, names: &[S]) -> Result<Self, UnknownRule> {
        self.keep(names, |meant| !meant)
    }

    /// Every name that `select` and `ignore` know, for suggestions.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.iter().flat_map(|rule| [rule.id.as_str(), rule.topic()]).collect();
        names.extend(Category::ALL.iter().map(|category| category.as_str()));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Everything the rules find in `plan`, and what they could not tell. A rule speaks if it was in force on the day as
    /// of which the plan is judged; where that is not known, on the last day of the [edition](Rules::EDITION).
    pub fn check<'r>(&'r self, plan: &Plan) -> Verdict<'r> {
        self.verdict(plan, true)
    }

    /// The same for whoever counts findings and reads no sentence: none of them is put into words.
    pub fn check_unworded<'r>(&'r self, plan: &Plan) -> Verdict<'r> {
        self.verdict(plan, false)
    }

    fn verdict<'r>(&'r self, plan: &Plan, worded: bool) -> Verdict<'r> {
        let mut verdict = Verdict::default();
        let mut yielding = Vec::new();
        let day = plan.profile().day().or_else(edition_day);
        let mut unread = Unread { plan, told: BTreeMap::new() };
        for rule in self.iter() {
            if day.is_some_and(|day| !rule.term.covers(day)) {
                verdict.quiet.push(Quiet { rule, why: Silence::NotInForce });
                continue;
            }
            let said = (verdict.findings.len(), verdict.notes.len());
            let hits = rule.check.hits(plan);
            let silenced = !hits.is_empty();
            for hit in hits {
                let hidden = match (hit.anchor, hit.absent_from) {
                    (Anchor::Missing(_), _) if rule.category == Category::Unreadable => false,
                    (Anchor::Missing(letter), _) => unread.may_hold(letter),
                    (Anchor::Text(_), Some(letter)) => unread.may_hold(Some(letter)),
                    (Anchor::Text(_), None) => false,
                };
                let yields = hit.yields;
                let Some(finding) = Finding::of(rule, hit, plan, worded) else { continue };
                if yields {
                    yielding.push(finding);
                    continue;
                }
                if hidden {
                    verdict.notes.push(Note::of(finding));
                } else {
                    verdict.findings.push(finding);
                }
            }
            if said == (verdict.findings.len(), verdict.notes.len()) {
                verdict.quiet.push(Quiet::of(rule, plan, silenced));
            }
        }
        let taken =
            |statement| verdict.findings.iter().any(|f| f.statement == statement && f.rule.category.takes_away());
        yielding.retain(|finding| !taken(finding.statement));
        verdict.findings.append(&mut yielding);
        drop_echoes(&mut verdict.findings);
        verdict.findings.sort_by(|a, b| (a.order(), &a.rule.id).cmp(&(b.order(), &b.rule.id)));
        sign(&mut verdict.findings);
        verdict
    }

    fn keep<S: AsRef<str>>(&self, names: &[S], wanted: impl Fn(bool) -> bool) -> Result<Self, UnknownRule> {
        for name in names.iter().map(AsRef::as_ref) {
            let category = Category::ALL.iter().any(|category| category.as_str() == name);
            if !category && !self.iter().any(|rule| is_meant(rule, name)) {
                return Err(UnknownRule { name: name.to_owned() });
            }
        }
        let meant = |rule: &Rule| names.iter().any(|name| is_meant(rule, name.as_ref()));
        Ok(Self(self.0.iter().filter(|rule| wanted(meant(rule))).cloned().collect()))
    }
}

/// The last day of the edition's month.
fn edition_day() -> Option<Date> {
    let first: Date = format!("{}-01", Rules::EDITION).parse().ok()?;
    Some(first.last_of_month())
}

fn answers_to(rule: &Rule, id: &str) -> bool {
    rule.id == id || rule.formerly.iter().any(|former| former == id)
}

fn is_meant(rule: &Rule, name: &str) -> bool {
    let below =
        |id: &str| id.strip_prefix(name).is_some_and(|rest| name.ends_with('/') || rest.starts_with(['/', '-']));
    answers_to(rule, name) || rule.category.as_str() == name || below(&rule.id)
}

/// Where what seems to be missing may stand: asked for every finding of its kind, and told once for a section.
struct Unread<'p> {
    plan: &'p Plan,
    told: BTreeMap<Option<Letter>, bool>,
}

impl Unread<'_> {
    fn may_hold(&mut self, letter: Option<Letter>) -> bool {
        *self.told.entry(letter).or_insert_with(|| may_be_unread(self.plan, letter))
    }
}

/// Whether what seems to be missing from a section, or from the plan, can stand in a part that could not be read.
fn may_be_unread(plan: &Plan, letter: Option<Letter>) -> bool {
    if plan.read_whole() {
        return false;
    }
    let Some(section) = letter.map(|letter| plan.section(letter)).filter(Section::present) else {
        return true;
    };
    let blocks = plan.document().blocks();
    let first = |f: &Fragment| f.headings.iter().chain(&f.blocks).copied().min().unwrap_or(0);
    section.fragments.iter().any(|fragment| {
        let start = first(fragment);
        let next = plan.fragments().iter().map(first).filter(|&other| other > start).min().unwrap_or(blocks.len());
        let begin = blocks.get(start).map_or(0, |block| block.span.start);
        let end = blocks.get(next).map_or(usize::MAX, |block| block.span.start);
        let mut gaps = plan.document().gaps().iter().filter(|gap| gap.kind.may_hold_plan());
        gaps.any(|gap| begin <= gap.at && gap.at <= end)
    })
}

/// Where a category's facts are words (a placeholder, a postcode), the same words are one fact whichever rules see them:
/// the finding with the longer words stays.
fn drop_echoes(findings: &mut Vec<Finding<'_>>) {
    let spans: Vec<_> = findings
        .iter()
        .map(|finding| match finding.anchor {
            Anchor::Text(span) if finding.rule.category.is_about_words() => Some((finding.rule.category, span)),
            _ => None,
        })
        .collect();
    let mut index = 0;
    findings.retain(|_| {
        let at = index;
        index += 1;
        let Some((category, span)) = spans[at] else { return true };
        !spans.iter().enumerate().any(|(other, known)| {
            known.is_some_and(|(same, wider)| {
                other != at && same == category && wider.contains(span) && (wider != span || other < at)
            })
        })
    });
}

/// Gives each finding its fingerprint; findings that are alike are told apart by their order.
fn sign(findings: &mut [Finding<'_>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let entry = seen.entry(finding.identity());
        let before = if let Entry::Occupied(alike) = &entry { *alike.get() } else { 0 };
        finding.fingerprint = finding::fingerprint(entry.key(), before);
        *entry.or_default() = before + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Gap, GapKind, Place};
    use crate::rules::rule::Proof;

    const XXX: &str = r#"
title = "T"
category = "placeholder"
certainty = "mechanical"
since = "0.1.0"
formerly = ["plan/old"]
message = "{quote}"
why = "W"
help = "H"
[[authority]]
cite = "Good practice"
says = "S"
force = "practice"
[check]
kind = "placeholder"
any = ["xxx"]
[[fires]]
text = "«xxx»"
[[silent]]
text = "x"
why = "W"
"#;

    fn rules() -> Rules {
        let longer =
            XXX.replace("\"xxx\"", "\"xxx school\"").replace("«xxx»", "«xxx school»").replace("plan/old", "plan/older");
        Rules::parse([("plan/xxx", XXX), ("plan/longer", longer.as_str())]).expect("sound")
    }

    fn ids(rules: &Rules) -> Vec<&str> {
        rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    #[test]
    fn chooses_by_id_topic_former_id_and_category() {
        let rules = rules();
        let check = |name: &str, expected: &[&str]| {
            assert_eq!(rules.select(&[name]).map(|chosen| ids(&chosen).join(" ")), Ok(expected.join(" ")));
        };
        check("plan/xxx", &["plan/xxx"]);
        check("plan/old", &["plan/xxx"]);
        check("plan/", &["plan/longer", "plan/xxx"]);
        check("plan", &["plan/longer", "plan/xxx"]);
        check("placeholder", &["plan/longer", "plan/xxx"]);
        check("vague", &[]);
        assert!(rules.select(&["plan/y"]).is_err() && rules.ignore(&["pla"]).is_err());
        assert_eq!(rules.ignore(&["plan/xxx"]).map(|left| ids(&left).join(" ")), Ok("plan/longer".to_owned()));
    }

    #[test]
    fn a_rule_speaks_while_the_law_behind_it_is_in_force() {
        let check = |term: &str, plan: &str, as_of: Option<Date>, speaks: bool| {
            let text = XXX.replace("since =", &format!("{term}\nsince ="));
            let rules = Rules::parse([("plan/xxx", text.as_str())]).expect("sound");
            let plan = Plan::read(Document::from_notation(&format!("{plan}\n\nXXX")));
            let plan = as_of.map_or(plan.clone(), |day| plan.as_of(day));
            assert_eq!(!rules.check(&plan).findings.is_empty(), speaks, "{term} on {as_of:?}");
        };
        let day = |year, month, day| Some(jiff::civil::date(year, month, day));
        let dated = "# Education, Health and Care Plan\n\nDate of final plan: 30 June 2022";
        check("", "", None, true);
        check("valid-from = 2022-07-01", "", None, true);
        check("valid-from = 2022-07-01", dated, None, false);
        check("valid-from = 2022-07-01", dated, day(2022, 7, 1), true);
        check("valid-to = 2022-07-01", "", None, false);
        check("valid-to = 2022-07-01", dated, None, true);
        check("valid-to = 2022-07-01", dated, day(2022, 7, 2), false);
        check("valid-from = 2026-11-30", "", None, true);
        check("valid-from = 2026-12-01", "", None, false);
    }

    #[test]
    fn refuses_an_id_twice() {
        assert!(Rules::parse([("plan/a", XXX), ("plan/a", XXX)]).is_err());
        assert!(Rules::parse([("plan/a", XXX), ("plan/old", XXX)]).is_err());
    }

    #[test]
    fn says_the_same_words_once_and_signs_alike_findings_apart() {
        let rules = rules();
        let plan = Plan::read(Document::from_notation("XXX School\n\nXXX\n\nXXX"));
        let findings = rules.check(&plan).findings;
        let found: Vec<_> = findings.iter().map(|f| (f.rule.id.as_str(), f.message.as_str())).collect();
        assert_eq!(found, [("plan/longer", "XXX School"), ("plan/xxx", "XXX"), ("plan/xxx", "XXX")]);
        assert_ne!(findings[1].fingerprint, findings[2].fingerprint);
        let again = Plan::read(Document::from_notation("A new line\n\nXXX\u{a0} School\n\nXXX"));
        assert_eq!(rules.check(&again).findings[0].fingerprint, findings[0].fingerprint);
    }

    #[test]
    fn calls_nothing_absent_where_something_could_not_be_read() {
        let rules = Rules::built_in().select(&["section-missing"]).expect("known");
        let gap = Gap { kind: GapKind::PageWithoutText, place: Place::default(), at: 0 };
        let document = Document::from_notation("Nothing");
        let whole = rules.check(&Plan::read(document.clone())).findings.len();
        let plan = Plan::read(document.with_gap(gap));
        let verdict = rules.check(&plan);
        assert!(whole > 0 && verdict.findings.is_empty());
        assert_eq!(verdict.notes.len(), whole);
    }

    #[test]
    fn what_was_made_ready_is_what_reading_the_rule_files_gives() {
        let read = Rules::parse(Rules::SOURCES.iter().copied()).expect("sound");
        let ready = unpacked().expect("sound");
        assert_eq!(read.iter().len(), ready.iter().len());
        let parts = |rule: &Rule| {
            let (examples, lists) = (format!("{:?}", rule.examples()), format!("{:?}", rule.lists()));
            (examples, lists, format!("{:?}", Rule { proof: Proof::default(), ..rule.clone() }))
        };
        for read in read.iter() {
            assert!(ready.get(&read.id).map(parts) == Some(parts(read)), "{} is the same, packed or read", read.id);
        }
        let checks: Vec<_> = ready.iter().map(|rule| &rule.check).collect();
        let checks = format!("{checks:?}");
        assert!(checks.contains("Class:ready") && !checks.contains("Class:made"), "build.rs makes every class ready");
    }
}
