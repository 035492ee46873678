//! A date, age, year group or key stage given as still to come, or as present, that has passed by the plan's own date.

use crate::plan::read::dates::{self, Precision};
use crate::plan::read::pairs::Field;
use crate::plan::read::person::{YEAR_WORDS, mentions_another_child, year_number};
use crate::plan::{DateRole, Letter, Passage, Plan, Role, StatementKind};
use crate::rules::check::passage::{folded, home, spoken, year_name};
use crate::rules::hit::{Confidence, Hit};
use crate::text::Regex;
use crate::text::{Folded, Span, own_pattern, small_number};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Flags what has passed, of one kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutOfDate {
    what: What,
}

/// Kinds of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// A year group that the child is said to be in.
    YearGroup,
    /// The end of a key stage, year or phase, or a move to one, that is still to come.
    Stage,
    /// A date that is still to come.
    Date,
    /// An age that the child is said to have, or a birthday still to come.
    Age,
}

impl OutOfDate {
    pub(crate) const VALUES: &'static [&'static str] = &["given", "actual", "issued"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let Some(issued) = plan.profile().day() else { return Vec::new() };
        let mut hits = match self.what {
            What::YearGroup => year_groups(plan, issued),
            What::Stage => each(plan, |passage| stage(plan, passage, issued)),
            What::Date => {
                let mut hits = each(plan, |passage| date(plan, passage, issued));
                hits.extend(review_due(plan, issued));
                hits
            }
            What::Age => {
                let mut hits = ages(plan, issued);
                hits.extend(each(plan, |passage| birthday(plan, passage, issued)));
                hits
            }
        };
        for hit in &mut hits {
            hit.values.push(("issued", spoken(issued)));
        }
        hits
    }
}

/// One hit for each statement, the first.
fn each(plan: &Plan, find: impl Fn(&Passage) -> Option<Hit>) -> Vec<Hit> {
    let mut seen = BTreeSet::new();
    let mut hits = Vec::new();
    for passage in plan.passages() {
        if matches!(passage.section, Letter::J | Letter::K) || passage.kind == StatementKind::Advice {
            continue;
        }
        if let Some(hit) = find(passage)
            && seen.insert(passage.statement)
        {
            hits.push(Hit { section: Some(passage.section), statement: Some(passage.statement), ..hit });
        }
    }
    hits
}

fn year_groups(plan: &Plan, issued: Date) -> Vec<Hit> {
    let profile = plan.profile();
    let Some(actual) = profile.year_on(issued).filter(|&year| year <= 13) else { return Vec::new() };
    let passed = profile.years.iter().filter(|(year, _)| i16::from(*year) < actual.max(-1));
    let out_of_cohort = is_out_of_cohort(plan);
    let mut hits = Vec::new();
    for &(year, span) in passed {
        let year = i16::from(year);
        if out_of_cohort && actual - year == 1 {
            continue;
        }
        let (section, statement) = home(plan, span);
        let mut hit = Hit::text(span, section).with("given", year_name(year)).with("actual", year_name(actual));
        hit.statement = statement;
        hits.push(hit);
    }
    hits
}

/// Whether the plan says that the child is taught with a younger year group.
fn is_out_of_cohort(plan: &Plan) -> bool {
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"out(?:side)? of (?:\w+ )?(?:chronological )?(?:year|cohort|age group|chronological)",
            r"|(?:a|one) year (?:behind|below|younger)|deferred|delayed (?:entry|start)|repeat(?:ed|ing) (?:a |the |reception|year)",
            r"|held back a year|back-?classed|with (?:the|a) (?:year|cohort|year group) below"
        ))
    });
    plan.document().blocks().iter().any(|block| SAYS.is_match(&folded(plan, block.span)))
}

/// Whether words tell what was.
fn tells_of_the_past(words: &str) -> bool {
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:was|were|had|did|became|began|started|moved|left|went|made|achieved|completed|reached|joined|attended|gained|received|has been|have been|took|told|said|asked)\b"
        )
    });
    PAST.is_match(words)
}

/// Words about what is over: no promise, if nothing in the sentence looks ahead.
fn is_history(text: &Folded) -> bool {
    tells_of_the_past(text.text()) && !looks_ahead(text)
}

fn looks_ahead(text: &Folded) -> bool {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:will|shall|is due|are due|due to|due by|is to|are to|is going to|expected to|plans? to|hopes? to|to be (?:able|completed|reviewed|trained|provided|in place))\b"
        )
    });
    AHEAD.is_match(text)
}

/// "By the end of Key Stage 3", "End of Year 5", "when she starts secondary school".
fn stage(plan: &Plan, passage: &Passage, issued: Date) -> Option<Hit> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            concat!(
                r"\bend of (?:the |his |her |their |this )?(?:(?:key stage|ks) ?(\d|one|two|three|four|five)|{year}(?: year)?|",
                r"(eyfs|early years(?: foundation stage)?|foundation stage|primary(?: school| phase| education)?|infants?(?: school)?|juniors?(?: school)?|secondary(?: school| education)?))\b"
            ),
            year = YEAR_WORDS
        ))
    });
    static MOVE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            concat!(
                r"\b(?:will|is due to|is to|when|before|once|as) (?:[a-z'-]+ )?(?:starts?|moves?|transfers?|transitions?|is (?:starting|moving|transferring))",
                r" (?:up |on )?(?:to |into |at |in )?(?:a |the |his |her |their )?(?:new )?(?:{year}|(primary|secondary|junior|high|upper|big) school)\b"
            ),
            year = YEAR_WORDS
        ))
    });
    let folded = &passage.folded;
    // Few sentences speak of a stage at all.
    if !END.is_match(folded) && !MOVE.is_match(folded) {
        return None;
    }
    let text = folded.text();
    let profile = plan.profile();
    let ahead = matches!(passage.kind, StatementKind::Outcome | StatementKind::Provision) || looks_ahead(folded);
    let has_later_date = || dates::find(plan.slice(passage.span)).iter().any(|date| date.last >= issued);
    if !ahead || is_history(folded) || has_later_date() {
        return None;
    }
    for found in END.captures_iter(folded) {
        let year = match (found.get(1), found.get(2).or_else(|| found.get(3)), found.get(4)) {
            (Some(stage), _, _) => match stage.as_str() {
                "1" | "one" => 2,
                "2" | "two" => 6,
                "3" | "three" => 9,
                "4" | "four" => 11,
                "5" | "five" => 13,
                _ => continue,
            },
            (_, Some(year), _) => i16::from(year_number(year.as_str())?),
            (_, _, Some(phase)) => match phase.as_str().split(' ').next().unwrap_or("") {
                "primary" | "junior" | "juniors" => 6,
                "infant" | "infants" => 2,
                "secondary" => 11,
                _ => 0,
            },
            _ => continue,
        };
        let end = Date::new(profile.end_of_year(year)?.year(), 7, 31).ok()?;
        if issued > end {
            let words = by_words(text, Span::from(found.get(0)?.range()));
            let span = folded.original(words).shift(passage.span.start);
            return Some(Hit::text(span, None).with("given", plan.slice(span)).with("actual", spoken(end)));
        }
    }
    let actual = profile.year_on(issued).filter(|&year| year <= 13)?;
    let found = MOVE.captures(folded)?;
    let starts = match (found.get(1).or_else(|| found.get(2)), found.get(3)) {
        (Some(year), _) => i16::from(year_number(year.as_str())?),
        (_, Some(phase)) => match phase.as_str() {
            "primary" => 1,
            "junior" => 3,
            "big" | "upper" => return None,
            _ => 7,
        },
        _ => return None,
    };
    let span = folded.original(Span::from(found.get(0)?.range())).shift(passage.span.start);
    let ahead_of_it = actual < starts || starts < 0 || mentions_another_child(folded);
    let whole = Hit::text(span, None).with("given", plan.slice(span)).with("actual", year_name(actual));
    (!ahead_of_it).then(|| whole.sure(Confidence::Medium))
}

/// The words with "by the" before them, if it stands there.
fn by_words(text: &str, words: Span) -> Span {
    let before = text.get(..words.start).unwrap_or("");
    let lead = ["by the ", "by ", "before the ", "before ", "until the ", "until ", "at the "];
    let lead = lead.iter().find(|lead| before.ends_with(**lead)).map_or(0, |lead| lead.len());
    Span::new(words.start - lead, words.end)
}

/// "By July 2023" in a plan of 2025.
fn date(plan: &Plan, passage: &Passage, issued: Date) -> Option<Hit> {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?:\bby|\bbefore|\bno later than|\bnot later than|\buntil|\bend of|\bdeadline:?|\btarget(?: date)?:?|\bto be (?:achieved|met|completed|reviewed|in place) (?:by|in|on)|\bdue(?: by| on| in)?|\breview(?:ed)? (?:by|on|in))(?: the)?(?: end of| start of| beginning of)?(?: the)?(?: week (?:of|beginning))?$"
        )
    });
    static WILL: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:will|shall|is due to|are due to|is to|are to|is going to|is expected to|plans? to)\b[^.;]*\b(?:in|on|from|by|at|during|for|before|until)(?: the)?(?: start of| end of| beginning of)?$"
        )
    });
    // "Before he moves to the Upper School in September 2025 the SENCo will…"
    static STARTS: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:before|when|once|until|after|as soon as) (?:[a-z'-]+ ){1,3}(?:moves?|starts?|transfers?|joins?|begins?|goes|leaves?|returns?|enters?|transitions?|changes?)\b[^.;]*\b(?:in|on|from|at the (?:start|end|beginning) of)$"
        )
    });
    // "In September 2023 he will move up": what is to come stands behind the date.
    static FIRST: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"(?:^|[.;] )(?:in|on|from)$"));
    static THEN: LazyLock<Regex> =
        LazyLock::new(|| own_pattern!(r"^,? ?(?:[\w'-]+ ){1,4}(?:will|shall|is due to|is to|is going to) [a-z]"));
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:by when|when by|target|time-?scale|achieve|deadline|date for|due|by what date|when will|to be)",
        )
    });
    static DUE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:by when|when by|by what date|deadline|due|to be (?:completed|reviewed)|complete by|(?:next |date (?:of|for) )review|review date)\b"
        )
    });
    static NOT_TARGET: LazyLock<Regex> =
        LazyLock::new(|| own_pattern!(r"\b(?:set|baseline|start|agreed|reviewed|last|previous|added|report)\b"));
    let text = plan.slice(passage.span);
    let dates = dates::find(text);
    if dates.is_empty() {
        return None;
    }
    let header = passage.header.map(|header| folded(plan, header));
    let header = header.as_ref().map_or("", |header| header.text());
    let target_cell = passage.kind == StatementKind::Outcome
        && (passage.role == Role::Date || TARGET.is_match(header))
        && !NOT_TARGET.is_match(header);
    let due_cell = passage.kind == StatementKind::Provision && DUE.is_match(header) && !NOT_TARGET.is_match(header);
    let starts = |before: &str| STARTS.is_match(before) && looks_ahead(&passage.folded);
    if is_history(&passage.folded) {
        return None;
    }
    for found in dates {
        let before = text.get(..found.span.start).map(Folded::of);
        let before = before.as_ref().map_or("", |before| before.text()).trim_end();
        let comes = || {
            let after = text.get(found.span.end..).map(Folded::of);
            // "In May 2024 Dr Jones said he will need it": what was said then.
            let then = |after: Folded| THEN.find(after.text()).is_some_and(|span| !tells_of_the_past(span.as_str()));
            FIRST.is_match(before) && after.is_some_and(then)
        };
        if found.precision == Precision::Year && !before.ends_with("by") && !target_cell {
            continue;
        }
        let promised = match passage.kind {
            StatementKind::Outcome => target_cell || BY.is_match(before),
            StatementKind::Provision => {
                due_cell || BY.is_match(before) || WILL.is_match(before) || starts(before) || comes()
            }
            StatementKind::Placement => {
                before.ends_with("until")
                    || before.ends_with("till")
                    || WILL.is_match(before) && !before.ends_with("from")
            }
            _ => WILL.is_match(before) || starts(before) || comes(),
        };
        if promised && found.last < issued {
            let by = Folded::of(text.get(..found.span.start).unwrap_or(""));
            let lead = ["by the end of ", "by ", "before ", "until "].iter().find(|lead| by.text().ends_with(**lead));
            let start = found.span.start.saturating_sub(lead.map_or(0, |lead| lead.len()));
            let start = if text.is_char_boundary(start) { start } else { found.span.start };
            let span = Span::new(start, found.span.end).shift(passage.span.start);
            return Some(Hit::text(span, None).with("given", plan.slice(found.span.shift(passage.span.start))));
        }
    }
    None
}

/// The next review, on the cover, before the plan's own date.
fn review_due(plan: &Plan, issued: Date) -> Option<Hit> {
    let due = plan.profile().date(DateRole::ReviewDue).filter(|due| due.date < issued)?;
    Some(Hit::text(due.span, home(plan, due.span).0).with("given", spoken(due.date)))
}

const NUMBER: &str = r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)";

/// "Reece is 14", "I am ten", "a nine-year-old boy", and the age on the cover.
fn ages(plan: &Plan, issued: Date) -> Vec<Hit> {
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            r"^(?:and |but |so )?([a-z'-]+)(?: [a-z'-]+)? (?:is|am|are)(?: now| currently| presently)?(?: aged)? {NUMBER}(?: years? old| years? of age| and a half|[.,;]|$| and )"
        ))
    });
    static OLD: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            r"^([a-z'-]+)(?: [a-z'-]+)? is an? (?:[a-z-]+,? (?:and )?){{0,4}}{NUMBER}[ -]years?[ -]old\b"
        ))
    });
    static AGED: LazyLock<Regex> =
        LazyLock::new(|| own_pattern!(&format!(r"^([a-z'-]+)(?: [a-z'-]+)?,? \(?aged? {NUMBER}\)?")));
    let profile = plan.profile();
    let Some(actual) = profile.age_on(issued) else { return Vec::new() };
    let mut hits = Vec::new();
    let pairs = plan.pairs_outside(|index| home_block(plan, index));
    for pair in pairs.iter().filter(|pair| pair.field == Field::Age) {
        static LEADING: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"^(\d{1,2})\b"));
        let label = folded(plan, pair.label);
        let earlier = ["request", "assess", "referral", "draft", "diagnos", "review"]
            .iter()
            .any(|word| label.text().contains(word));
        let value = folded(plan, pair.value);
        let given = LEADING.captures(&value).and_then(|c| small_number(c.get(1)?.as_str()).map(i16::from));
        if let Some(given) = given.filter(|&given| given < actual && !earlier) {
            let section = home(plan, pair.value).0;
            hits.push(
                Hit::text(pair.value, section).with("given", given.to_string()).with("actual", actual.to_string()),
            );
        }
    }
    let mut last = None;
    for passage in plan.passages() {
        let folded = &passage.folded;
        let before = last.replace(folded);
        let captures = [&*SUBJECT, &*OLD, &*AGED].into_iter().find_map(|pattern| pattern.captures(folded));
        let Some(captures) = captures else { continue };
        let (Some(subject), Some(age), Some(whole)) = (captures.get(1), captures.get(2), captures.get(0)) else {
            continue;
        };
        let is_child = match subject.as_str() {
            "i" => true,
            "he" | "she" => passage.first || !before.is_some_and(|before| mentions_another_child(before)),
            name => profile.is_name(name),
        };
        let Some(given) = small_number(age.as_str()).map(i16::from) else { continue };
        if is_child && given < actual && passage.section != Letter::K {
            let end = whole.end().min(age.end().max(whole.as_str().trim_end_matches(['.', ',', ';', ' ']).len()));
            let span = folded.original(Span::new(whole.start(), end)).shift(passage.span.start);
            let hit = Hit::text(span, Some(passage.section)).on(passage.statement);
            hits.push(hit.with("given", given.to_string()).with("actual", actual.to_string()));
        }
    }
    hits
}

fn home_block(plan: &Plan, index: usize) -> bool {
    plan.fragments().iter().any(|f| f.blocks.contains(&index) || f.headings.contains(&index))
}

/// "By his sixteenth birthday", where he is seventeen.
fn birthday(plan: &Plan, passage: &Passage, issued: Date) -> Option<Hit> {
    static BIRTHDAY: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(&format!(
            r"\b(?:by|before|until|when) (?:his|her|their|he|she|they)(?: is| are| turns?| reach(?:es)?)? (?:the age of )?(?:(\d{{1,2}})(?:st|nd|rd|th)?|(fifth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth)|{NUMBER}) ?(?:birthday|years? old|[.,;]|$)"
        ))
    });
    let folded = &passage.folded;
    let found = BIRTHDAY.captures(folded)?;
    if !looks_ahead(folded) {
        return None;
    }
    let age = match (found.get(1).or_else(|| found.get(3)), found.get(2)) {
        (Some(number_word), _) => i16::from(small_number(number_word.as_str())?),
        (_, Some(word)) => match word.as_str() {
            "fifth" => 5,
            "twelfth" => 12,
            word => i16::from(small_number(word.strip_suffix("th")?)?),
        },
        _ => return None,
    };
    let actual = plan.profile().age_on(issued)?;
    let span = folded.original(Span::from(found.get(0)?.range())).shift(passage.span.start);
    (actual >= age && age >= 4).then(|| {
        Hit::text(span, None)
            .with("given", plan.slice(span))
            .with("actual", actual.to_string())
            .sure(Confidence::Medium)
    })
}
