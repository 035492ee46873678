//! Headings that set a part beside the sections: the child's history under a heading of its own, no section's, that looks
//! exactly as the headings of sections do.

use crate::document::Document;
use crate::plan::letter::Letter;
use crate::plan::read::claim::Claim;
use crate::plan::read::label;
use crate::plan::read::look::{self, Looks};

/// Adds a claim of no section for every such heading behind Section A or the list of advice. The Code puts the history in
/// Section A: a heading that stands lower than the sections' is one inside it, and so is every other title there.
pub(crate) fn complete(document: &Document, claims: &mut Vec<Claim>, looks: Looks) {
    let mut found: Vec<Claim> = Vec::new();
    for (at, claim) in claims.iter().enumerate() {
        if !matches!(claim.letters.as_slice(), [Letter::A | Letter::K]) || claim.body.is_some() {
            continue;
        }
        let Some(next) = claims.get(at + 1) else { continue };
        let alike = |index: usize, other: usize| look::is_alike(document, index, other);
        let apart = (claim.blocks.end..next.blocks.start).find(|&index| {
            let text = document.blocks().get(index).map_or("", |block| document.slice(block.span));
            label::is_apart(text)
                && looks.stands_out(document, index)
                && alike(index, claim.blocks.start)
                && alike(index, next.blocks.start)
        });
        found.extend(apart.map(|index| Claim::outside(index..index + 1)));
    }
    claims.extend(found);
    claims.sort_by_key(|claim| claim.blocks.start);
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::plan::{Letter, Plan};

    fn check(text: &str, expected: &str) {
        let plan = Plan::read(Document::from_notation(text));
        assert_eq!(plan.section(Letter::A).text(plan.document()), expected, "{text}");
    }

    #[test]
    fn history_beside_the_sections_is_none_of_them() {
        check(
            "# Section A: Views\nTrains.\n# Background and history\nBorn early.\n# Section B: Needs\nx\n# Section C: Health needs\nx",
            "Trains.",
        );
        check(
            "# Section A: Views\nTrains.\n# Sam's story so far\nBorn early.\n# Section B: Needs\nx\n# Section C: Health needs\nx",
            "Trains.",
        );
        check(
            "| Section A: Views |\n| Trains. |\n\n| Family history |\n| Born early. |\n\n| Section B: Needs |\n| x |\n\n| Section C: Health needs |\n| x |",
            "Trains.",
        );
    }

    #[test]
    fn history_below_the_heading_of_the_section_is_in_it() {
        check(
            "# Section A: Views\nTrains.\n## Background and history\nBorn early.\n# Section B: Needs\nx\n# Section C: Health needs\nx",
            "Trains.\nBackground and history\nBorn early.",
        );
        check(
            "| Section A: Views |\n| Trains. |\n| My history |\n| Born early. |\n\n| Section B: Needs |\n| x |\n\n| Section C: Health needs |\n| x |",
            "Trains.\nMy history\nBorn early.",
        );
        check(
            "# Section A: Views\nTrains.\n# My family's views\nHappy.\n# Section B: Needs\nx\n# Section C: Health needs\nx",
            "Trains.\nMy family's views\nHappy.",
        );
    }
}
