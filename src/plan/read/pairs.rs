//! Labels and values: what a cover page, a sign-off table or a record says in pairs.

use crate::document::{Document, Table};
use crate::plan::profile::DateRole;
use crate::plan::read::dates;
use crate::plan::read::spoken::{at_spoken_labels, spoken_pair};
use crate::text::Regex;
use crate::text::{Folded, Memory, Span, Told, own_pattern};
use std::sync::LazyLock;

/// A label and the value beside or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// What the label asks for.
    pub(crate) field: Field,
    /// The words of the label.
    pub(crate) label: Span,
    /// The words of the value; empty where nothing was filled in.
    pub(crate) value: Span,
}

/// What a label asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    FirstName,
    Surname,
    KnownAs,
    Born,
    Age,
    Year,
    Stage,
    SchoolType,
    Parents,
    Address,
    Phone,
    Email,
    NhsNumber,
    PupilNumber,
    /// A date of the plan's life.
    Date(DateRole),
    /// The date of the plan, which may be a draft or a final one.
    Issued,
    /// The date of an earlier plan: it says that this is not the first.
    Earlier,
}

impl Field {
    /// Whether the label says this so plainly that it counts even inside a section.
    pub(crate) fn is_personal(self) -> bool {
        !matches!(self, Field::Stage | Field::Date(_) | Field::Issued | Field::Earlier | Field::SchoolType)
    }
}

/// Labels, whole: the folded text of the label, without a colon or a bracketed remark, must match from end to end.
static LABELS: LazyLock<Vec<(Regex, Field)>> = LazyLock::new(|| {
    let child = r"(?:(?:the )?(?:child(?:ren)?|young person|pupil|student|learner)(?:'s)?(?: ?/ ?| or | and )?){1,3}";
    [
        (format!(r"(?:my |{child} ?)?(?:full |legal )?name(?: of {child})?|{child}|full names?|this plan is for"), Field::Name),
        (format!(r"(?:my |{child} ?)?(?:fore|first |given |christian )names?(?:\(s\))?"), Field::FirstName),
        (format!(r"(?:my |{child} ?)?(?:surname|family name|last name)"), Field::Surname),
        (
            r"(?:also )?known as|(?:my )?preferred (?:first )?name|(?:i )?likes? to be (?:called|known as)|name used"
                .to_owned(),
            Field::KnownAs,
        ),
        (format!(r"(?:my |{child} ?)?(?:date of birth|birth ?date|d\.? ?o\.? ?b\.?|born)"), Field::Born),
        (format!(r"(?:current |my |{child} ?)?age(?: at .*| when .*| on .*)?"), Field::Age),
        (
            r"(?:current |present |actual |my )?(?:ncy|n\.?c\.? ?year(?: group)?|national curriculum year(?: group)?|curriculum year|(?:school )?year ?(?:group)?(?: ?/ ?class| and class)?|year/class)"
                .to_owned(),
            Field::Year,
        ),
        (
            r"(?:(?:current |plan |document |ehcp? |ehc plan )*(?:status|version|stage)|(?:plan|document) type|type of (?:plan|document)|(?:status|stage|version) of (?:the |this )?(?:plan|document|ehcp)|this (?:plan|document) is)"
                .to_owned(),
            Field::Stage,
        ),
        (
            r"type of (?:current )?(?:school|setting|placement|provision)|(?:school|setting|placement) type".to_owned(),
            Field::SchoolType,
        ),
        (
            r"(?:names? of )?(?:parents?|mother|father|carers?|guardians?|mum|dad|foster carers?)(?:'s?)?(?:\(s\))?(?:(?: ?/ ?| and | or )(?:parents?|mother|father|foster |carers?|guardians?)+(?:\(s\))?)*(?:'s?)?(?: names?)?|family"
                .to_owned(),
            Field::Parents,
        ),
        (format!(r"(?:home |family |current |my |{child} ?|parents?'? |carers?'? )*address(?:es)?(?: and postcode)?|postcode|lives at"), Field::Address),
        (r"(?:home |mobile |parents?'? |carers?'? |contact )*(?:tel(?:ephone)?|phone|mobile|contact)\.?(?: ?no\.?| ?number)?s?".to_owned(), Field::Phone),
        (r"(?:home |parents?'? |carers?'? |contact )*e-?mail(?: address)?".to_owned(), Field::Email),
        (r"nhs (?:no\.?|number|id)".to_owned(), Field::NhsNumber),
        (r"upn|unique pupil (?:no\.?|number)|uln|unique learner number".to_owned(), Field::PupilNumber),
    ]
    .into_iter()
    .map(|(pattern, field)| (own_pattern!(&format!("^(?:{pattern})$")), field))
    .collect()
});

/// Dates of the plan's life: words that the label must hold, words that it must not, what it then is. First match wins.
static DATE_LABELS: LazyLock<Vec<(Regex, Option<Regex>, Field)>> = LazyLock::new(|| {
    vec![
        (own_pattern!(r"birth"), None, Field::Born),
        (
            own_pattern!(r"request|referral"),
            Some(own_pattern!("budget|tribunal|mediation|appeal")),
            Field::Date(DateRole::Request),
        ),
        (
            own_pattern!(r"review.*\b(?:due|next|by|before)|\b(?:due|next)\b.*review|review date|date for review"),
            Some(own_pattern!("previous|last|review before this")),
            Field::Date(DateRole::ReviewDue),
        ),
        (own_pattern!(r"previous.*review|review before"), None, Field::Date(DateRole::PreviousReview)),
        (
            own_pattern!(r"review"),
            Some(own_pattern!("report|advice|paperwork|transfer review of")),
            Field::Date(DateRole::Review),
        ),
        (own_pattern!(r"notice.*amend|propos|draft"), None, Field::Date(DateRole::Draft)),
        (own_pattern!(r"amend"), None, Field::Date(DateRole::Amended)),
        (
            own_pattern!(
                r"\b(?:first|original|initial)(?:ly)?\b.*(?:issue|final|plan|ehc|made)|(?:issue|final|plan|ehc|made).*\b(?:first|original|initial)(?:ly)?\b"
            ),
            Some(own_pattern!("statement|consult")),
            Field::Date(DateRole::FirstFinal),
        ),
        (
            own_pattern!(r"\b(?:previous|last|earlier|current)\b.*(?:plan|ehcp|final)"),
            Some(own_pattern!("statement")),
            Field::Earlier,
        ),
        (own_pattern!(r"final"), Some(own_pattern!("statement")), Field::Date(DateRole::Final)),
        (
            own_pattern!(
                r"issue|date of (?:this |the )?(?:ehc ?)?p(?:lan)?$|plan date|date of (?:the |this )?ehcp?|plan dated?"
            ),
            Some(own_pattern!("statement|certificate")),
            Field::Issued,
        ),
    ]
});

/// The pairs of a document, wherever they stand.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Those of each table, by its index.
    tables: Vec<Vec<Pair>>,
    /// Those that stand in one line, with their blocks.
    lines: Vec<(usize, Pair)>,
}

impl Found {
    /// Finds them.
    pub(crate) fn of(document: &Document) -> Self {
        let tables = document.tables().iter().map(|table| table_pairs(document, table, false)).collect();
        Self { tables, lines: lines(document) }
    }

    /// All of them.
    pub(crate) fn all(&self) -> Vec<Pair> {
        let lines = self.lines.iter().map(|(_, pair)| pair);
        in_order(self.tables.iter().flatten().chain(lines).copied().collect())
    }

    /// Those outside sections, and those inside them that only a person's details can be.
    pub(crate) fn outside(&self, document: &Document, in_section: impl Fn(usize) -> bool) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (table, known) in document.tables().iter().zip(&self.tables) {
            let claimed = || table.cells.iter().flat_map(|cell| cell.blocks.clone()).any(&in_section);
            if known.iter().all(|pair| pair.field.is_personal()) || !claimed() {
                pairs.extend(known);
            } else {
                pairs.extend(table_pairs(document, table, true));
            }
        }
        let lines = self.lines.iter().filter(|(block, pair)| pair.field.is_personal() || !in_section(*block));
        pairs.extend(lines.map(|(_, pair)| *pair));
        in_order(pairs)
    }
}

fn in_order(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by_key(|pair| pair.label);
    pairs
}

fn lines(document: &Document) -> Vec<(usize, Pair)> {
    let blocks = document.blocks().iter().enumerate();
    let alone = blocks.filter(|&(index, block)| block.cell.is_none() || is_alone_in_row(document, index));
    alone
        .flat_map(|(index, block)| {
            let pairs = line_pairs(document.slice(block.span), block.span.start);
            pairs.into_iter().map(move |pair| (index, pair))
        })
        .collect()
}

/// What `label` asks for, where its value is `value`: a label of dates counts only beside a date or nothing.
pub(crate) fn field(label: &str, value: &str) -> Option<Field> {
    // Whole sentences stand before others in tables. What may be cut off is in brackets, or has no letter.
    let words = label.split('(').next().unwrap_or("").split_whitespace();
    if words.filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric())).nth(9).is_some() {
        return None;
    }
    let folded = Folded::text_of(label);
    let bare = bare(&folded);
    if bare.is_empty() || bare.split(' ').count() > 9 {
        return None;
    }
    if let Some(field) = label_field(bare) {
        return Some(field);
    }
    if !value.is_empty() && dates::first(value).is_none_or(|date| date.span.start > 40) {
        return None;
    }
    date_field(bare)
}

/// What a label that asks for no date asks for.
fn label_field(bare: &str) -> Option<Field> {
    static FIELDS: Memory<Option<Field>> = Memory::new();
    let find = || {
        let bare = Told::new(bare);
        LABELS.iter().find(|(pattern, _)| pattern.is_match(&bare)).map(|(_, field)| *field)
    };
    *FIELDS.of(bare, find)
}

/// What a label of a date asks for.
pub(crate) fn date_field(label: &str) -> Option<Field> {
    let label = Told::new(label);
    let fits = |(with, without, _): &&(Regex, Option<Regex>, Field)| {
        with.is_match(&label) && !without.as_ref().is_some_and(|without| without.is_match(&label))
    };
    DATE_LABELS.iter().find(fits).map(|(_, _, field)| *field)
}

/// The label without its colon, stars and bracketed remark.
fn bare(label: &str) -> &str {
    let label = label.trim().trim_end_matches([':', '-', '*', '.', ' ', '?']).trim_start_matches(['*', ' ']);
    match label.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((before, _)) => before.trim_end_matches([':', ' ']),
        None => label,
    }
}

fn is_alone_in_row(document: &Document, index: usize) -> bool {
    let Some(cell) = document.blocks().get(index).and_then(|block| block.cell) else { return true };
    document.tables().get(cell.table as usize).is_none_or(|table| table.row(cell.row).count() < 2)
}

/// The pairs of a table; of one that is `claimed` by a section, only those that only a person's details can be.
fn table_pairs(document: &Document, table: &Table, claimed: bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let span_of = |blocks: &std::ops::Range<usize>| {
        let spans = blocks.clone().filter_map(|index| document.blocks().get(index)).map(|block| block.span);
        spans.reduce(Span::cover).unwrap_or_default()
    };
    let mut push = |label: Span, value: Span| {
        if let Some(field) = field(document.slice(label), document.slice(value))
            && (field.is_personal() || !claimed)
        {
            pairs.push(Pair { field, label, value });
            return true;
        }
        false
    };
    let labels_on_top = |row: u32| {
        let known = table.row(row).filter(|cell| {
            let folded = document.levelled(span_of(&cell.blocks));
            label_field(bare(folded.text())).is_some()
        });
        known.count() > 1
            && table.row(row).nth(1).is_some_and(|cell| field(document.slice(span_of(&cell.blocks)), "").is_some())
    };
    if table.rows > 1 && labels_on_top(0) && !labels_on_top(1) && table.columns != 4 {
        for cell in table.row(0) {
            let below = table.cell(1, cell.column).map(|cell| span_of(&cell.blocks)).unwrap_or_default();
            push(span_of(&cell.blocks), below);
        }
        return pairs;
    }
    for row in 0..table.rows {
        let mut cells = table.row(row).map(|cell| span_of(&cell.blocks));
        let Some(mut label) = cells.next() else { continue };
        while let Some(value) = cells.next() {
            // A value may be followed by another label and its value.
            label = if push(label, value) { cells.next().unwrap_or_default() } else { value };
        }
    }
    pairs
}

/// The pairs of one line: "Date of birth: 17/05/2009   Year group: 11".
fn line_pairs(text: &str, at: usize) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for line in text.split_inclusive(['\n', '\t', ';']).flat_map(at_labels) {
        let start = at + (line.as_ptr() as usize - text.as_ptr() as usize);
        if let Some((label, value)) = line.split_once(':') {
            push_line_pair(label, value, start, &mut pairs);
        } else {
            let pieces = at_spoken_labels(line).into_iter();
            pairs.extend(pieces.filter_map(|(offset, piece)| spoken_pair(piece, start + offset)));
        }
    }
    // "Date of birth<tab>17/05/2009": the label is one piece, the value the next.
    if pairs.is_empty()
        && let Some((label, value)) = text.split_once('\t')
    {
        push_line_pair(label, value, at, &mut pairs);
    }
    pairs
}

/// How labels of dates begin.
const DATE_OPENINGS: &[&str] = &[
    "date", "final", "draft", "amend", "next", "annual", "review", "request", "assess", "previous", "last", "plan",
    "ehc", "issue", "first", "notice", "original",
];

/// A line cut before each further label: "Name: Sam Lee Date of birth: 1/2/2013" holds two pairs.
fn at_labels(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.find(':') {
        let Some(second) = rest.get(first + 1..).and_then(|tail| tail.find(':')).map(|at| first + 1 + at) else {
            break;
        };
        let between = rest.get(first + 1..second).unwrap_or("");
        let starts = between.char_indices().map(|(at, _)| at).filter(|&at| {
            let opens = between.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
            opens && between.get(at..).is_some_and(|label| label.starts_with(char::is_uppercase))
        });
        let is_label = |&at: &usize| {
            let folded = Folded::of(between.get(at..).unwrap_or(""));
            let label = bare(folded.text());
            let opens_date = DATE_OPENINGS.iter().any(|word| label.starts_with(word));
            label_field(label).is_some() || opens_date && date_field(label).is_some()
        };
        let label = starts.into_iter().find(is_label);
        let Some(cut) = label.and_then(|at| rest.get(..first + 1 + at)).map(str::len) else { break };
        let (piece, tail) = rest.split_at(cut);
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    pieces
}

fn push_line_pair(label: &str, value: &str, at: usize, pairs: &mut Vec<Pair>) {
    let trimmed = value.trim().trim_end_matches(';');
    let Some(field) = field(label, trimmed) else { return };
    let start = at + label.len() + 1 + (value.len() - value.trim_start().len());
    let label_start = at + (label.len() - label.trim_start().len());
    pairs.push(Pair {
        field,
        label: Span::new(label_start, label_start + label.trim().len()),
        value: Span::new(start, start + trimmed.len()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = Document::from_notation(text);
        let found: Vec<String> =
            Found::of(&document).all().iter().map(|p| format!("{:?} {}", p.field, document.slice(p.value))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_tables_of_pairs() {
        check("|Full name|Ciaran Boothroyd|\n|D.O.B.|14/10/2021|", &["Name Ciaran Boothroyd", "Born 14/10/2021"]);
        check("|Name|Sam Lee|Date of birth|1/2/2013|", &["Name Sam Lee", "Born 1/2/2013"]);
        check("|Name|Date of birth|NCY|\n|Sam Lee|1/2/2013|7|", &["Name Sam Lee", "Born 1/2/2013", "Year 7"]);
        check("|Final issued||\n|Status|DRAFT|", &["Date(Final) ", "Stage DRAFT"]);
        check("|Legal status|Looked after|\n|Languages spoken at home|English|", &[]);
    }

    #[test]
    fn reads_lines_of_pairs() {
        check("Date of birth: 17/05/2009", &["Born 17/05/2009"]);
        check(
            "Name: Sam Lee Date of birth: 1/2/13 Draft issued: 2/3/25",
            &["Name Sam Lee", "Born 1/2/13", "Date(Draft) 2/3/25"],
        );
        check("Forename(s) Aleena Surname Rahman-Pryce", &["FirstName Aleena", "Surname Rahman-Pryce"]);
        check("Date of birth 23/11/2007 (17 yrs 5 mths) NCY 12", &["Born 23/11/2007 (17 yrs 5 mths)", "Year 12"]);
        check(
            "Request date 03/02/2025 Draft issued 12/05/2025",
            &["Date(Request) 03/02/2025", "Date(Draft) 12/05/2025"],
        );
        check("NCY 12", &["Year 12"]);
        check("Draft issued 12/05/2025", &["Date(Draft) 12/05/2025"]);
        check("Child\u{2019}s name: Sam Lee; DOB: 1/2/13", &["Name Sam Lee", "Born 1/2/13"]);
    }

    #[test]
    fn tells_the_dates_of_a_plans_life() {
        for (label, role) in [
            ("Assessment requested", DateRole::Request),
            ("Date request received", DateRole::Request),
            ("Date of this draft", DateRole::Draft),
            ("Notice of proposed amendments", DateRole::Draft),
            ("EHCP first issued", DateRole::FirstFinal),
            ("Date of original plan", DateRole::FirstFinal),
            ("Final EHCP issued", DateRole::Final),
            ("Date finalised", DateRole::Final),
            ("Amended final EHCP", DateRole::Amended),
            ("Annual review meeting", DateRole::Review),
            ("Date of last annual review", DateRole::Review),
            ("Previous annual review meeting", DateRole::PreviousReview),
            ("Annual review due by", DateRole::ReviewDue),
            ("Next review", DateRole::ReviewDue),
        ] {
            assert_eq!(field(label, "01/02/2025"), Some(Field::Date(role)), "{label}");
        }
        assert_eq!(field("Annual review report", "Mrs K. Bland, tutor, Moorgate School and others | 11/03/2025"), None);
        assert_eq!(field("Date of plan", "01/02/2025"), Some(Field::Issued));
        assert_eq!(field("Date of admission", "01/02/2025"), None);
    }
}
