//! Section K → advices: the title, author and date of each entry of a table or a list.

use crate::document::{BlockKind, Document};
use crate::plan::read::kinds;
use crate::plan::read::{advice_kinds, dates};
use crate::plan::{Advice, AdviceKind, Letter, Part, Profile, Role, Statement};
use crate::text::Regex;
use crate::text::{Folded, Span, own_pattern};
use jiff::civil::Date;
use std::sync::LazyLock;

fn words(document: &Document, statement: &Statement) -> String {
    let parts = statement.parts.iter().map(|part| document.slice(part.span)).filter(|words| !words.is_empty());
    parts.collect::<Vec<_>>().join(" | ")
}

/// The advices that Section K lists, in reading order.
pub(crate) fn read(document: &Document, statements: &[Statement], profile: &Profile) -> Vec<Advice> {
    let in_section_k = statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| statement.letter == Letter::K && !kinds::is_unfilled_row(&words(document, statement)));
    in_section_k
        .filter_map(|(index, statement)| {
            let entry = if statement.parts.len() > 1 { row(document, statement) } else { line(document, statement) }?;
            let title = document.slice(entry.title);
            let others = entry.others.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" | ");
            let kinds = advice_kinds::of(title, &others, |word| profile.is_name(word));
            if statement.parts.len() == 1 && !is_listed(document, statement) && !advice_kinds::is_known(title, &kinds) {
                // A line of its own that names no kind of advice: a footer, a signature, a date of printing.
                return None;
            }
            let author = entry.author.or_else(|| named_in_title(document, &entry, &kinds));
            let (span, title) = (statement.span(), entry.title);
            Some(Advice { kinds, span, title, author, date: entry.date, statement: index })
        })
        .collect()
}

/// An entry before its kinds are known.
struct Entry {
    title: Span,
    author: Option<Span>,
    date: Option<(Option<Date>, Span)>,
    /// All its words but the title.
    others: Vec<Span>,
    /// Whether the entry has a place of its own for the author.
    author_column: bool,
}

/// A title that names who wrote it ("Views of parents", "Report of the educational psychologist") names the author,
/// where there is no column for one.
fn named_in_title(document: &Document, entry: &Entry, kinds: &[AdviceKind]) -> Option<Span> {
    let own_views = kinds.iter().any(|kind| matches!(kind, AdviceKind::Parents | AdviceKind::YoungPerson));
    let role = ROLE.is_match(&Folded::text_of(document.slice(entry.title)));
    (own_views || role && !entry.author_column).then_some(entry.title)
}

/// Whether a line stands in a list, by its bullet or its number.
fn is_listed(document: &Document, statement: &Statement) -> bool {
    let block = document.blocks().get(statement.block);
    let words = document.slice(statement.span());
    block.is_some_and(|block| block.label.is_some() || matches!(block.kind, BlockKind::ListItem { .. }))
        || LABEL.is_match(words)
}

/// What a column of the list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Title,
    Author,
    Role,
    Date,
    Other,
}

fn row(document: &Document, statement: &Statement) -> Option<Entry> {
    let mut columns: Vec<Column> = statement.parts.iter().map(|part| column(document, part)).collect();
    if !columns.contains(&Column::Title) {
        // "Advice from | Name | Date", or no headings at all: the first cell with words says what it is.
        let first = (0..columns.len()).find(|&at| {
            let Some(part) = statement.parts.get(at) else { return false };
            matches!(columns[at], Column::Author | Column::Role | Column::Other)
                && !is_number(document.slice(part.span))
        })?;
        columns[first] = Column::Title;
        let headed = statement.parts.iter().any(|part| part.header.is_some());
        if !headed && let Some(next) = columns.get_mut(first + 1).filter(|next| **next == Column::Other) {
            *next = Column::Author;
        }
    }
    let cells = |wanted: Column| {
        let parts = statement.parts.iter().zip(&columns).filter(move |&(_, &column)| column == wanted);
        parts.map(|(part, _)| {
            part.stands_for.filter(|_| part.span.is_empty() || is_ditto(document, part)).unwrap_or(part.span)
        })
    };
    let title = cells(Column::Title).find(|&span| says_something(document.slice(span)))?;
    let signature = |part: &Part| part.header.is_some_and(|span| document.slice(span).to_lowercase().contains("sign"));
    if is_no_entry(document.slice(statement.span())) || statement.parts.iter().any(signature) {
        return None;
    }
    let people = cells(Column::Author).chain(cells(Column::Role));
    let author = people.clone().find(|&span| names_somebody(document.slice(span)));
    let dated = cells(Column::Date).chain(cells(Column::Author)).chain(cells(Column::Role)).chain(cells(Column::Title));
    let date = dated.chain(cells(Column::Other)).find_map(|span| date_in(document, span));
    let author_column = columns.iter().any(|column| matches!(column, Column::Author | Column::Role));
    Some(Entry { title, author, date, others: people.collect(), author_column })
}

fn column(document: &Document, part: &Part) -> Column {
    let Some(header) = part.header else {
        return match part.role {
            Role::Date => Column::Date,
            Role::Provider | Role::ProviderAndMeasure => Column::Author,
            _ if date_in(document, part.span).is_some_and(|(_, date)| date.len() * 2 > part.span.len()) => Column::Date,
            _ => Column::Other,
        };
    };
    let header = document.levelled(header);
    let holds = |column: &Regex| column.is_match(&header);
    if holds(&NUMBER_COLUMN) {
        Column::Other
    } else if holds(&DATE_COLUMN) {
        Column::Date
    } else if holds(&ATTACHED_COLUMN) {
        Column::Other
    } else if holds(&AUTHOR_COLUMN) {
        Column::Author
    } else if holds(&TITLE_COLUMN) {
        Column::Title
    } else if holds(&FROM_COLUMN) {
        Column::Author
    } else if holds(&ROLE_COLUMN) {
        Column::Role
    } else if holds(&ADVICE_COLUMN) {
        Column::Title
    } else {
        Column::Other
    }
}

/// A list item or a line: "K2 Educational advice - Mrs J. Fretwell - 09/12/2024".
fn line(document: &Document, statement: &Statement) -> Option<Entry> {
    let span = statement.parts.first()?.span;
    let words = document.slice(span);
    let date = date_in(document, span);
    if is_no_entry(words) || is_sentence(words, date.is_some()) {
        return None;
    }
    let label = LABEL.find(words).map_or(0, |found| found.end());
    // A date at the head of the line is no number of the list.
    let label = if date.is_some_and(|(_, at)| at.start < span.start + label) { 0 } else { label };
    let rest = words.get(label..)?;
    let title_length = SEPARATOR.find(rest).map_or(rest.len(), |found| found.start());
    let mut title = trimmed(document, Span::new(span.start + label, span.start + label + title_length));
    if date.is_some_and(|(_, at)| at.overlaps(title)) && title_length < rest.len() {
        // "09/12/2024: Educational advice, Mrs Fretwell"
        title = trimmed(document, Span::new(title.end, span.end));
    }
    let after = Span::new(title.end.min(span.end), span.end);
    let author =
        pieces(document, after, date.map(|(_, at)| at)).into_iter().find(|&at| names_somebody(document.slice(at)));
    // "Social care do not know the family (6 March 2025)." is said by the service that it names.
    let author = author.or_else(|| TELLS.is_match(&Folded::text_of(words)).then_some(title));
    Some(Entry { title, author, date, others: vec![after], author_column: false })
}

/// What stands in `span` before and after the date.
fn pieces(document: &Document, span: Span, date: Option<Span>) -> Vec<Span> {
    match date.filter(|date| span.contains(*date)) {
        Some(date) => {
            vec![trimmed(document, Span::new(span.start, date.start)), trimmed(document, Span::new(date.end, span.end))]
        }
        None => vec![trimmed(document, span)],
    }
}

/// The span without the spaces and punctuation around its words.
fn trimmed(document: &Document, span: Span) -> Span {
    let words = document.slice(span);
    let outside = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '-' | '\u{2013}' | '\u{2014}' | '.' | '(' | '[')
    };
    let start = span.start + (words.len() - words.trim_start_matches(outside).len());
    let end = span.start + words.trim_end_matches(|c| outside(c) && c != '.').len();
    let mut trimmed = Span::new(start, end.max(start));
    let cut = document.slice(trimmed);
    if cut.ends_with(')') && !cut.contains('(') {
        trimmed.end -= 1;
    }
    for word in ["from ", "by "] {
        if document.slice(trimmed).starts_with(word) {
            trimmed.start += word.len();
        }
    }
    for word in [" dated", " on"] {
        if document.slice(trimmed).ends_with(word) {
            trimmed.end -= word.len();
            trimmed.end -= usize::from(document.slice(trimmed).ends_with(','));
        }
    }
    trimmed
}

/// The date in some words, and where it stands: a whole date, or at least a year.
fn date_in(document: &Document, span: Span) -> Option<(Option<Date>, Span)> {
    let words = document.slice(span);
    if let Some(found) = dates::first(words) {
        return Some((Some(found.first), found.span.shift(span.start)));
    }
    let folded = Folded::of(words);
    let found = LOOSE_DATE.find(&folded)?;
    (!folded.text().contains("xx")).then(|| (None, folded.original(found.range().into()).shift(span.start)))
}

fn is_ditto(document: &Document, part: &Part) -> bool {
    matches!(Folded::text_of(document.slice(part.span)).trim(), "as above" | "\"" | "''" | "ditto")
}

fn is_number(cell: &str) -> bool {
    !cell.chars().any(|c| c.is_alphabetic() && !matches!(c, 'K' | 'k')) || cell.trim().chars().count() <= 1
}

fn says_something(cell: &str) -> bool {
    cell.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// Whether a cell or a piece of a line names a person, a role or a service.
fn names_somebody(words: &str) -> bool {
    let folded = Folded::of(words);
    let words = folded.text().split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    words.filter(|word| word.chars().any(char::is_alphabetic)).any(|word| !NOBODY.contains(&word))
}

/// Whether the entry says that there is no such advice, or not yet.
fn is_no_entry(words: &str) -> bool {
    NO_ENTRY.is_match(&Folded::text_of(words))
}

/// Whether a line is a sentence about the list and no entry of it.
fn is_sentence(words: &str, dated: bool) -> bool {
    let folded = Folded::of(words);
    let text = folded.text().trim();
    let about = ABOUT_THE_LIST.is_match(text);
    let verb = VERB.is_match(text);
    let told = TELLS.is_match(text);
    text.ends_with(':') || about || verb && text.ends_with('.') && !dated && !told || text.split(' ').count() > 45
}

/// Words of a cell or a line that name nobody.
const NOBODY: &[&str] = &[
    "dated",
    "date",
    "report",
    "reports",
    "attached",
    "appended",
    "appendix",
    "enclosed",
    "yes",
    "no",
    "y",
    "n",
    "undated",
    "received",
    "n/a",
    "na",
    "tbc",
    "tba",
    "unknown",
    "updated",
    "update",
    "author",
    "and",
    "by",
    "from",
    "the",
    "of",
    "see",
    "written",
    "not",
    "stated",
    "given",
    "provided",
    "none",
    "nil",
    "advice",
    "information",
    "letter",
    "assessment",
    "on",
    "in",
    "st",
    "nd",
    "rd",
    "th",
    "copy",
    "available",
    "summary",
    "email",
    "form",
    "xx",
    "xxx",
    "a",
    "b",
    "c",
    "k",
    "page",
    "pages",
    "pp",
    "p",
    "version",
    "final",
    "initial",
    "original",
    "annual",
    "review",
    "full",
    "term",
    "spring",
    "summer",
    "autumn",
    "section",
    "recorded",
    "confirmed",
    "name",
];

static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"psychologist|therapist|paediatrician|\bteacher|\bsend?co\b|social worker|support worker|\bnurse|audiologist|\bdoctor|\bdr\b|\bgp\b|consultant|\btutor|head ?teacher|principal|advis[eo]r|\bmr\b|\bmrs\b|\bms\b|\bmiss\b|officer|visitor|practitioner|psychiatrist|ophthalmologist|\bqtvi\b|\bq?tod\b|manager|co-?ordinator|specialist$|^salt$|^slt$|^ep$|^ot$|^physio$|^gp$",
    )
});
static NUMBER_COLUMN: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"^(no|number|ref|reference|appendix|app|annex|k|item|#)\.?( no\.?| number)?$"));
static DATE_COLUMN: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"\bdated?\b|\bwhen\b|received"));
static ATTACHED_COLUMN: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"append|attach|enclos|\bpages?\b|comment|included"));
static AUTHOR_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"author|(written|prepared|provided|completed|produced|submitted|contributed|compiled|given|supplied)( |-)?by|by whom|^by$"
    )
});
static TITLE_COLUMN: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"\btypes?\b|report|document|\btitle\b|kind of|nature of|\barea\b|category|what"));
static FROM_COLUMN: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"\bfrom\b|\bnames?\b|\bwho\b|whom|contributor|professional|source|person"));
static ROLE_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(r"\brole|\bjob|position|designation|service|agency|organisation|profession|team|capacity")
});
static ADVICE_COLUMN: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"advice|information|evidence|description|assessment|contribution"));
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"^(?i:(?:appendix|annex|app\.?|document|doc\.?|report|advice|no\.?)\s+(?:[A-Za-z]|K?\d{1,2}(?:\.\d{1,2})*)\b|\(?K\s?\d{1,2}(?:\.\d{1,2})*\)?|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-z]\))\s*[.):\-\u{2013}]?\s+",
    )
});
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\s[-\u{2010}-\u{2015}/]\s?|\s?[\u{2013}\u{2014}]\s|:\s|;|,|\||\(|\[|\t|\n|\s(?:by|from|dated|written by|completed by|provided by|prepared by)\s"
    )
});
static LOOSE_DATE: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? ?'?\d{2}\b|\b\d{1,2}[/.]\d{2,4}\b|\b(?:autumn|spring|summer)(?: term)? '?\d{2}\b|\b(?:19|20)\d{2}\b",
    )
});
static NO_ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\bsigned\b|\bsignature\b|not (?:yet )?(?:been )?(?:received|provided|submitted|returned|supplied|obtained|sought|requested|required|applicable|available)\b|\bawait(?:ed|ing)\b|to follow\b|outstanding\b|\bno (?:response|reply)\b|\bpending\b|^ ?(?:none|n/a|nil|not applicable)\.?$",
    )
});
static ABOUT_THE_LIST: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\b(?:the following|listed below|below is|is a list of|this section|these reports|this list|were sought|was sought|advice was requested|are attached|is attached|are appended|have been (?:used|considered|attached|appended)|the (?:local authority|council|la) (?:sought|received|considered|must|has|obtained))\b",
    )
});
static VERB: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"\b(?:is|are|was|were|has|have|been|will|can|should|must|may)\b"));
/// "Social care: the family is not known to us." is an entry, sentence or not.
static TELLS: LazyLock<Regex> =
    LazyLock::new(|| own_pattern!(r"not (?:\w+ ){0,2}known to|no (?:current |previous )?involvement|social care"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    /// "title / author / date", `-` for what is not there; no entry for a text that is none.
    fn check(entry: &str, expected: &str) {
        let plan = Plan::read(Document::from_notation(&format!("# Section K: Advice and information\n\n{entry}\n")));
        let words = |span: Option<Span>| span.map_or("-", |span| plan.slice(span)).to_owned();
        let found = plan.advices().iter().map(|advice| {
            format!(
                "{} / {} / {}",
                words(Some(advice.title)),
                words(advice.author),
                words(advice.date.map(|(_, at)| at))
            )
        });
        assert_eq!(found.collect::<Vec<_>>().join("; "), expected, "{entry}");
    }

    #[test]
    fn reads_lines() {
        check(
            "- K2 Educational advice - Mrs J. Fretwell, SENCo - 09/12/2024",
            "Educational advice / Mrs J. Fretwell, SENCo / 09/12/2024",
        );
        check("- Medical advice: Dr F. Rahman (17.12.24)", "Medical advice / Dr F. Rahman / 17.12.24");
        check("- Advice from Dr Ng, paediatrician, dated 4 May 2025", "Advice / Dr Ng, paediatrician / 4 May 2025");
        check("- Mrs P. Green (mother) \u{2013} 12/01/2025", "Mrs P. Green / mother / 12/01/2025");
        check("- Views of parents, March 2025", "Views of parents / Views of parents / March 2025");
        check(
            "- Educational psychologist, Spring 2025",
            "Educational psychologist / Educational psychologist / Spring 2025",
        );
        check("- Physiotherapy report", "Physiotherapy report / - / -");
        check("- CAMHS \u{2013} 17/01/2025", "CAMHS / - / 17/01/2025");
        check("- Medical advice: awaited", "");
        check("- Signed: A. Officer, 12/05/2025", "");
        check("The following advice was used in writing this plan:", "");
    }

    #[test]
    fn reads_rows() {
        let table =
            |head: &str, row: &str| format!("|{head}|\n|{}|\n|{row}|", vec!["-"; head.split('|').count()].join("|"));
        check(&table("Type|Author|Role|Dated", "Medical|Mr S. Bass|Consultant|"), "Medical / Mr S. Bass / -");
        check(&table("Type|Author|Role|Dated", "Views|A. Rahman|\u{2013}|May 2025"), "Views / A. Rahman / May 2025");
        check(
            &table("No.|Advice from|Name|Date|Appended", "1|School|Ms Jones|March 2024|Yes"),
            "School / Ms Jones / March 2024",
        );
        check(&table("Report|Author|Date", "OT|\u{2013}|TBC"), "OT / - / -");
        check(&table("Report|Author|Date", "Medical|Not received|"), "");
        check(&table("Name|Position|Signature|Date", "A. Lee|Officer|x|12/05/2025"), "");
    }
}
