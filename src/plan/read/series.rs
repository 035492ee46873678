//! Headings that are lettered one after another in one look: then the letters alone say which sections they open.

use crate::document::Document;
use crate::plan::letter::Letter;
use crate::plan::read::claim::Claim;
use crate::plan::read::label::{self, Form};
use crate::plan::read::look::{self, Looks};

/// How many sections a series must letter before its letters are believed whatever the titles say.
const ENOUGH: usize = 7;

/// Claims for headings such as "B. What Sam finds hard", whose titles are no section's, where the headings of the
/// other sections are lettered alike. `claims` are those that the words made.
pub(crate) fn complete(document: &Document, claims: &mut Vec<Claim>, looks: Looks) {
    let mut series: Vec<(usize, Letter)> = Vec::new();
    for (index, block) in document.blocks().iter().enumerate() {
        let alike = || {
            let first = series.first().and_then(|&(first, _)| document.blocks().get(first));
            first.is_none_or(|first| look::as_strong(block, first))
        };
        let letter =
            label::lettered(document.slice(block.span)).filter(|_| looks.stands_out(document, index) && alike());
        let Some(letter) = letter else { continue };
        if series.last().is_none_or(|&(_, last)| last < letter) {
            series.push((index, letter));
        }
    }
    if series.len() < ENOUGH {
        return;
    }
    for (index, letter) in series {
        if !claims.iter().any(|claim| claim.blocks.contains(&index)) {
            let blocks = index..index + 1;
            claims.push(Claim { letters: vec![letter], form: Form::Letter, blocks, in_columns: false, body: None });
        }
    }
    claims.sort_by_key(|claim| claim.blocks.start);
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::plan::{Letter, Plan};

    fn check(text: &str, expected: &[Letter]) {
        let plan = Plan::read(Document::from_notation(text));
        let found: Vec<Letter> = Letter::ALL.into_iter().filter(|&letter| plan.section(letter).present()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn believes_letters_in_a_row() {
        use Letter::{A, B, C, D, E, F, G};
        let plan = "# A. What Sam wants\nx\n# B. What Sam finds hard\nx\n# C. Sam's health\nx\n# D. Daily life\nx\n\
                    # E. What we want\nx\n# F. The help Sam gets with learning\nx\n# G. Help with health\nx";
        check(plan, &[A, B, C, D, E, F, G]);
    }

    #[test]
    fn two_letters_are_no_series() {
        check("# A. What Sam wants\nx\n# B. What Sam finds hard\nx", &[]);
    }
}
