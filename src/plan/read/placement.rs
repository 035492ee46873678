//! Section I: which institution or type it names, for when, and on what condition.

use crate::document::{Block, Document};
use crate::plan::fragment::Fragment;
use crate::plan::letter::Letter;
use crate::plan::placement::{Placement, Setting};
use crate::plan::read::dates;
use crate::plan::read::form::{Entry, line_entry, merge, table_entries};
use crate::plan::read::institution::{kind, name, otherwise_words, setting};
use crate::text::Regex;
use crate::text::{Folded, Span, own_pattern, sentences};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A statement that says why Section I names nothing yet, or speaks of something other than the placement.
static NOT_NAMING: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(concat!(
        r"left blank|blank (?:in|at|until)|not (?:been )?completed|(?:to|will|must|can|should) (?:only )?be (?:completed|named|filled|added|specified|included|entered|decided|determined|agreed|confirmed)",
        r"|cannot (?:be named|name)|(?:must|may|does|do|will|should) not (?:be named|name|specify)|not (?:be )?named (?:in|at)|draft stage|(?:in|of) (?:a|the|this) (?:draft|proposed)",
        r"|may ask for|right to (?:request|ask|express)|express a preference|ask for a particular|at least 15 days|within 15 days|representations",
        r"|\b(?:previously|formerly)\b|\battended\b|\bwas (?:at|placed|a pupil)|\bhas asked\b|\bhave asked\b|\bwould like\b|\b(?:has|have) (?:requested|visited|considered)\b|\bparental preference (?:is|was) for\b|\bconsult(?:ed|ing|ations?)\b|^parents? (?:prefer|want|wish|request)|\bprefer(?:red|ence for)\b[^.]{0,30}\b(?:school|college|setting|placement)\b[^.]{0,10}\bis\b"
    ))
});

/// Words that say Section I is blank for now.
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"left blank|not (?:been )?completed|(?:will|to) be (?:completed|named|filled in|added) (?:when|once|after|in|at|on)|draft stage|(?:in|of) (?:a|the|this) (?:draft|proposed)"
    )
});

/// Where the child is now.
static PRESENT: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"(?:currently|at present|presently|now) (?:\w+ )?(?:attend|at\b|goes|placed|on roll)|\battends\b|\bon roll\b|\bgoes to\b"
    )
});

/// "TBC" is neither a name nor a type.
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"^[\s\W]*(?:(?:name|type|school|placement|setting|institution)[\s:-]*)*(?:tb[cad]|t\.b\.c\.?|to be (?:confirmed|decided|determined|advised|agreed|named|arranged|identified)|awaiting .*|none|n/?a|not (?:yet )?(?:known|applicable|decided|named|agreed|identified|confirmed)|unknown|-+|pending)\b"
    )
});

/// Words that make the naming depend on something.
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(concat!(
        r"subject to|provided (?:that|there|a|the)|(?:if|when|once|as soon as|until|should) (?:a |the |any )?(?:suitable )?(?:place|vacancy|space)s?\b[^.;]{0,30}(?:becomes?|is|are|can be)?",
        r"|dependent (?:up)?on|depending (?:up)?on|conditional (?:up)?on|on condition|contingent (?:up)?on|pending\b|(?:as|so) long as",
        r"|(?:if|once|when) (?:the )?(?:funding|transport|panel|school|college|council|local authority|la)\b[^.;]{0,20}(?:agree|approv|confirm|available|is|are|has)",
        r"|(?:if|when|once|until|as soon as) (?:\w+ ){1,4}(?:becomes?|is|are) (?:available|free|vacant|found|agreed|approved|confirmed)|if (?:funding|transport|there is|numbers|places?)|(?:awaiting|to be (?:agreed|approved|confirmed|ratified) by|following) (?:a |the |an )?(?:\w+ )?(?:panel|decision|consultation|approval)",
        r"|\b(?:providing|assuming|on the understanding)\b|waiting list|\bunless\b[^.;]{0,40}\b(?:place|space|full|vacancy|funding|transport|panel)",
        r"|(?:if|once|when|should|until|unless) (?:\w+ ){1,4}(?:can (?:offer|admit|take|accommodate|meet)|(?:is|are) able to|agrees?|accepts?|offers?|confirms?|admits?|ha(?:s|ve) (?:the )?(?:room|space|capacity|staff))\b",
        r"|provisional(?:ly)?\b|in principle\b|where (?:a |places? )?(?:vacancy|available|is available|are available)"
    ))
});

/// "From 1 September 2025", "until July 2025", "Year 12".
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\b(?:from|until|till|to|up to|starting|commencing|with effect from|w\.?e\.?f\.?|currently|current(?: placement)?:|september|the end of)\b"
    )
});

/// What the plan's Section I names.
pub(crate) fn of_plan(document: &Document, fragments: &[Fragment]) -> Vec<Placement> {
    let ours = fragments.iter().filter(|fragment| fragment.letters == [Letter::I]);
    let blocks: Vec<usize> = ours.flat_map(|fragment| fragment.blocks.iter().copied()).collect();
    read(document, &blocks)
}

/// What the blocks of Section I name.
pub(crate) fn read(document: &Document, blocks: &[usize]) -> Vec<Placement> {
    let blocks: Vec<&Block> = blocks.iter().filter_map(|&index| document.blocks().get(index)).collect();
    let mut placements = Vec::new();
    let mut form: Vec<Entry> = Vec::new();
    // Each table once, and whether it is a form.
    let mut tables_read: BTreeMap<u32, bool> = BTreeMap::new();
    for block in blocks.iter().copied() {
        if let Some(cell) = block.cell {
            let is_form = *tables_read.entry(cell.table).or_insert_with(|| {
                let entries = table_entries(document, cell.table, &blocks);
                form.extend(entries.iter().flatten().cloned());
                entries.is_some()
            });
            if is_form {
                continue;
            }
        }
        let whole = document.slice(block.span);
        let (text, start) = (unnumbered(whole), block.span.end - unnumbered(whole).len());
        if let Some(entry) = line_entry(text, start) {
            merge(&mut form, entry);
            continue;
        }
        for sentence in sentences(text) {
            placements.extend(stated(document, sentence.shift(start)));
        }
    }
    placements.extend(form.iter().filter_map(|entry| formed(document, entry)));
    placements.sort_by_key(|placement| placement.span);
    // "Sam currently attends Hill School. This section is completed when the plan is final." names nothing.
    if blocks.iter().any(|block| BLANK.is_match(&document.levelled(block.span))) {
        placements.retain(|placement| !PRESENT.is_match(&document.levelled(placement.span)));
    }
    join_split(document, &mut placements);
    placements
}

/// A name in one line and its type in the next are one placement.
fn join_split(document: &Document, placements: &mut Vec<Placement>) {
    let mut joined: Vec<Placement> = Vec::new();
    for placement in placements.drain(..) {
        let named_before = |other: &&mut Placement| {
            placement.name.is_some_and(|name| {
                other.name.is_some_and(|known| document.slice(known).eq_ignore_ascii_case(document.slice(name)))
            })
        };
        // "Sam will attend Hill Top School." after "Hill Top School, a special school" names nothing new.
        if !placement.dated
            && let Some(known) = joined.iter_mut().find(named_before)
        {
            known.setting = known.setting.or(placement.setting);
            known.kind = known.kind.or(placement.kind);
            known.condition = known.condition.or(placement.condition);
            continue;
        }
        if let Some(last) = joined.last_mut()
            && last.kind.is_none()
            && placement.name.is_none()
            && placement.kind.is_some()
            && !placement.dated
            && placement.setting != Some(Setting::Otherwise)
        {
            last.kind = placement.kind;
            last.setting = placement.setting;
            last.condition = last.condition.or(placement.condition);
            last.span = last.span.cover(placement.span);
            continue;
        }
        joined.push(placement);
    }
    joined.retain(|placement| !document.slice(placement.span).is_empty());
    *placements = joined;
}

/// The text without a typed number: "I1.2", "(a)".
fn unnumbered(text: &str) -> &str {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(r"^(?:[A-K]\.?\d{1,2}(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})+|\d{1,2}[.)]|\([a-z\d]{1,2}\))[.):]?\s+")
    });
    NUMBER.find(text).and_then(|found| text.get(found.end()..)).unwrap_or(text)
}

/// A placement from the fields of a form.
fn formed(document: &Document, entry: &Entry) -> Option<Placement> {
    let span = entry.span?;
    let filled = |span: Option<Span>| {
        span.filter(|&span| {
            let folded = document.levelled(span);
            !folded.text().trim().is_empty() && !LATER.is_match(&folded) && !NOT_NAMING.is_match(&folded)
        })
    };
    let (mut name, mut kind) = (filled(entry.name), filled(entry.kind));
    // A cell for name and type may hold both, or either.
    let inside = name.and_then(|name| stated(document, name));
    if let Some(inside) = &inside {
        if kind.is_none() {
            kind = inside.kind;
        }
        if inside.name.is_some() || inside.kind.is_some() {
            name = inside.name;
        }
    }
    let kind_words = kind.map(|kind| document.levelled(kind));
    let condition =
        [entry.name, entry.kind, entry.when].into_iter().flatten().find_map(|span| condition(document, span));
    (name.is_some() || kind.is_some()).then(|| Placement {
        span,
        name,
        kind,
        setting: kind_words.and_then(|words| setting(words.text())),
        condition,
        dated: entry.when.is_some_and(|when| !dates::find(document.slice(when)).is_empty())
            || inside.is_some_and(|inside| inside.dated),
    })
}

/// A placement from free words, if they name or type one.
fn stated(document: &Document, span: Span) -> Option<Placement> {
    let text = document.slice(span);
    let folded = Folded::of(text);
    let words = folded.text();
    if LATER.is_match(words) {
        return None;
    }
    let otherwise = setting(words) == Some(Setting::Otherwise);
    let condition = condition(document, span);
    if NOT_NAMING.is_match(words) && condition.is_none() && !otherwise {
        return None;
    }
    let named = name(text).map(|name| name.shift(span.start));
    let kind = if otherwise {
        otherwise_words(&folded).map(|kind| kind.shift(span.start))
    } else {
        kind(text, &folded).map(|kind| kind.shift(span.start))
    };
    if named.is_none() && kind.is_none() {
        return None;
    }
    let kind_words = kind.map(|kind| document.levelled(kind));
    Some(Placement {
        span,
        name: named,
        kind,
        setting: kind_words.and_then(|words| setting(words.text())),
        condition,
        dated: DATED.is_match(words)
            && (!dates::find(text).is_empty() || words.contains("year 1") || words.contains("september")),
    })
}

fn condition(document: &Document, span: Span) -> Option<Span> {
    let text = document.slice(span);
    let folded = Folded::of(text);
    let found = CONDITION.find(&folded)?;
    // The condition goes on to the end of its sentence.
    let rest = folded.text().get(found.start()..)?;
    let end = rest.find(['.', ';', ':']).unwrap_or(rest.len());
    let end = (found.start() + end).max(found.end());
    Some(folded.original(Span::new(found.start(), end)).shift(span.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = Document::from_notation(text);
        let blocks: Vec<usize> = (0..document.blocks().len()).collect();
        let found: Vec<String> = read(&document, &blocks)
            .iter()
            .map(|p| {
                let words = |span: Option<Span>| span.map_or("-", |span| document.slice(span)).to_owned();
                let setting = p.setting.map_or("-".to_owned(), |setting| format!("{setting:?}"));
                let dated = if p.dated { " dated" } else { "" };
                format!("{} / {} / {setting} / {}{dated}", words(p.name), words(p.kind), words(p.condition))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_names_and_types_in_words() {
        check(
            "Until 31 July 2025: Moorgate School, a community special school for pupils with moderate learning difficulties.",
            &["Moorgate School / community special school / Special / - dated"],
        );
        check(
            "Kestrel Bank School, Upper Wendle, as a day pupil. Type: independent special school.",
            &["Kestrel Bank School / independent special school. / Special / -"],
        );
        check("St Werburgh's, Mill Lane, Thornleigh.", &["St Werburgh's / - / - / -"]);
        check("Thornleigh Primary School.", &["Thornleigh Primary School / - / - / -"]);
        check(
            "Thornleigh Primary School (mainstream primary).",
            &["Thornleigh Primary School / mainstream primary / Mainstream / -"],
        );
        check("A mainstream secondary school.", &["- / mainstream secondary school / Mainstream / -"]);
        check("Mainstream Secondary School", &["- / Mainstream Secondary School / Mainstream / -"]);
        check("Maintained Special School", &["- / Maintained Special School / Special / -"]);
        check("Oakfield Academy, mainstream.", &["Oakfield Academy / mainstream / Mainstream / -"]);
        check(
            "Reece will attend Hill Top Academy, an academy (mainstream secondary).",
            &["Hill Top Academy / academy (mainstream secondary) / Mainstream / -"],
        );
        check(
            "The Grange, an independent special school approved under section 41",
            &["The Grange / independent special school / Special / -"],
        );
        check(
            "Dunmere Sixth Form College, a sixth form college.",
            &["Dunmere Sixth Form College / sixth form college / College / -"],
        );
    }

    #[test]
    fn skips_typed_numbers() {
        check("I1\tSt Werburgh's, Mill Lane.", &["St Werburgh's / - / - / -"]);
        check("I.2 Hill Top School, a special school.", &["Hill Top School / special school / Special / -"]);
    }

    #[test]
    fn reads_conditions() {
        check(
            "From 1 September 2025: North Ravensdale College, a general further education college, subject to a vacancy and to transport.",
            &[
                "North Ravensdale College / general further education college / College / subject to a vacancy and to transport dated",
            ],
        );
        check(
            "A place at Moorgate School, a maintained special school, if a place becomes available.",
            &["Moorgate School / maintained special school / Special / if a place becomes available"],
        );
        for condition in [
            "if the governors can admit her",
            "once the academy confirms",
            "providing that transport is agreed",
            "unless the year group is full",
        ] {
            check(
                &format!("Moorgate School, a maintained special school, {condition}."),
                &[&format!("Moorgate School / maintained special school / Special / {condition}")],
            );
        }
    }

    #[test]
    fn leaves_what_names_nothing() {
        check(
            "This section is left blank in a proposed plan. Parents have at least 15 days from the date of the notice to make representations about the content of the plan and to ask for a particular school or other institution to be named.",
            &[],
        );
        check(
            "Not completed at draft stage. Aleena may ask for a particular institution to be named when she responds to this draft, within 15 days of the date on the covering letter.",
            &[],
        );
        check("TBC", &[]);
        check("To be confirmed following consultation.", &[]);
        check("Reece attended Fellside Primary School until July 2021.", &[]);
    }

    #[test]
    fn reads_forms() {
        check(
            "|Name of school|Moorgate School|\n|Type of school|Community special school|",
            &["Moorgate School / Community special school / Special / -"],
        );
        check(
            "|Name|Type|\n|Hill Top Academy|Mainstream secondary academy|",
            &["Hill Top Academy / Mainstream secondary academy / Mainstream / -"],
        );
        check(
            "Name: Hill Top Academy\n\nType: mainstream secondary",
            &["Hill Top Academy / mainstream secondary / Mainstream / -"],
        );
        check(
            "|Name of school|TBC|\n|Type of school|Mainstream primary|",
            &["- / Mainstream primary / Mainstream / -"],
        );
        check(
            "Current placement until 31 July 2025: Hill School, a special school.",
            &["Hill School / special school / Special / - dated"],
        );
        check("Name: Hill Top Academy\n\nType:", &["Hill Top Academy / - / - / -"]);
    }

    #[test]
    fn reads_the_ways_people_write_it() {
        check("Briar Bank School, community special.", &["Briar Bank School / community special / Special / -"]);
        check(
            "Maintained mainstream primary school: Oak Tree Primary.",
            &["Oak Tree Primary / Maintained mainstream primary school / Mainstream / -"],
        );
        check(
            "Briar Bank is a special academy for pupils aged 4 to 11.",
            &["Briar Bank / special academy / Special / -"],
        );
        check(
            "St Mary's Catholic High School, voluntary aided mainstream secondary.",
            &["St Mary's Catholic High School / voluntary aided mainstream secondary / Mainstream / -"],
        );
        check(
            "Hartwell College of Further Education - general FE college",
            &["Hartwell College of Further Education / general FE college / College / -"],
        );
        check(
            "Oak Tree Primary School (maintained, mainstream)",
            &["Oak Tree Primary School / maintained, mainstream / Mainstream / -"],
        );
        check(
            "Parents' preferred school is Briar Bank School. The council names Oak Tree Primary School.",
            &["Oak Tree Primary School / - / - / -"],
        );
        check(
            "A place at Briar Bank School when one becomes available.",
            &["Briar Bank School / - / - / when one becomes available"],
        );
        check(
            "Hill Top School, a special school.\n\nSam will attend Hill Top School.",
            &["Hill Top School / special school / Special / -"],
        );
        check("Sam currently attends Hill Top School. This section will be completed when the plan is final.", &[]);
        check(
            "|Name and type of school|Oak Tree Primary School - mainstream primary|",
            &["Oak Tree Primary School / mainstream primary / Mainstream / -"],
        );
    }

    #[test]
    fn reads_education_otherwise() {
        check(
            "Education otherwise than at school (section 61).",
            &["- / Education otherwise than at school / Otherwise / -"],
        );
    }
}
