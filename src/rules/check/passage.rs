//! Where words of a plan stand, and how checks that read for sense speak of them.

use crate::plan::{Letter, Plan};
use crate::text::{Folded, MONTHS, Span};
use jiff::civil::Date;
use std::sync::Arc;

/// The section in whose fragment `span` stands, and the statement that holds it.
pub(crate) fn home(plan: &Plan, span: Span) -> (Option<Letter>, Option<usize>) {
    let holds = |statement: &crate::plan::Statement| statement.parts.iter().any(|part| part.span.contains(span));
    if let Some(index) = plan.statements().iter().position(holds) {
        return (plan.statements().get(index).map(|statement| statement.letter), Some(index));
    }
    let block = plan.document().block_at(span.start);
    let in_block = plan.document().blocks().get(block).is_some_and(|block| block.span.contains(span));
    let fragment = plan.fragments().iter().find(|f| f.blocks.contains(&block) || f.headings.contains(&block));
    (fragment.filter(|_| in_block).and_then(|fragment| fragment.letters.first().copied()), None)
}

/// The words of `plan` at `span`, levelled.
pub(crate) fn folded(plan: &Plan, span: Span) -> Arc<Folded> {
    plan.document().levelled(span)
}

/// A date as a sentence prints it: "6 May 2025".
pub(crate) fn spoken(date: Date) -> String {
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// A year group as a sentence prints it: "Year 9", "Reception".
pub(crate) fn year_name(year: i16) -> String {
    match year {
        ..0 => "nursery".to_owned(),
        0 => "Reception".to_owned(),
        year => format!("Year {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::Rules;
    use proptest::prelude::*;

    #[test]
    fn cuts_statements_into_sentences_and_finds_them_again() {
        let plan = Plan::read(Document::from_notation(
            "Cover\n\n# Section F: Special educational provision\n\n- A TA will read with Sam daily. Each time takes ten minutes.",
        ));
        let words: Vec<&str> = plan.passages().iter().map(|passage| plan.slice(passage.span)).collect();
        assert_eq!(words, ["A TA will read with Sam daily.", "Each time takes ten minutes."]);
        let of_each: Vec<_> = plan.passages().iter().map(|passage| home(&plan, passage.span).0).collect();
        assert_eq!(of_each, [Some(Letter::F), Some(Letter::F)]);
        assert_eq!(home(&plan, Span::new(0, 5)), (None, None));
    }

    #[test]
    fn speaks_dates_and_years() {
        assert_eq!(spoken(jiff::civil::date(2025, 5, 6)), "6 May 2025");
        assert_eq!([-1, 0, 9].map(year_name), ["nursery", "Reception", "Year 9"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_words_are_checked_without_a_panic(
            cover in "(Name|DOB|Final plan|Draft|Status|Age|UPN|Address)[:|] ?[a-zA-Z0-9/ .\u{2019}½é]{0,30}",
            words in "(([A-Za-z]{1,9}|Josh|he|She|by|end of|Key Stage 3|July 2023|½|\u{2019}s|01632 960123|[.,;:()|\n-]) ){0,40}",
        ) {
            let text = format!("{cover}\n\n# Section B: Needs\n\n{words}\n\n# Section I: Placement\n\n{words}\n");
            let plan = Plan::read(Document::from_notation(&text));
            let rules = Rules::built_in();
            for finding in rules.check(&plan).findings {
                prop_assert!(finding.marks.iter().all(|mark| plan.document().text().get(mark.start..mark.end).is_some()));
            }
        }
    }
}
