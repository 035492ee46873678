//! Documents that are no EHC plan but one of another law: told by their title, where the sections of an EHC plan are missing.

use crate::document::Document;
use crate::plan::Fragment;
use crate::plan::lexicon::{AnyOf, list};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A plan of another law.
#[derive(Debug)]
pub struct OtherPlan {
    /// What it is, with its article.
    pub name: String,
    /// What to do, in a sentence or two.
    pub ask: String,
    title: AnyOf,
    law: AnyOf,
}

/// A document with this many sections of an EHC plan is one, whatever it is called.
const SECTIONS: usize = 3;
/// The title stands among the first blocks, or in a running header, and is short.
const HEAD: usize = 40;
const TITLE_BYTES: usize = 120;

#[derive(Deserialize)]
struct List {
    own: Vec<String>,
    plan: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    title: Vec<String>,
    law: Vec<String>,
    ask: String,
}

static KNOWN: LazyLock<(AnyOf, Vec<OtherPlan>)> = LazyLock::new(|| {
    let List { own, plan } = list("other-plans");
    let any = |patterns: &[String]| AnyOf::new((r"(?i)\b", r"\b"), patterns);
    let other = |row: Row| OtherPlan { title: any(&row.title), law: any(&row.law), name: row.name, ask: row.ask };
    (any(&own), plan.into_iter().map(other).collect())
});

/// The plan of another law that this is, if it is one.
pub(crate) fn of(document: &Document, fragments: &[Fragment]) -> Option<&'static OtherPlan> {
    let letters: BTreeSet<_> = fragments.iter().flat_map(|fragment| &fragment.letters).collect();
    if letters.len() >= SECTIONS {
        return None;
    }
    let (own, others) = &*KNOWN;
    let head = document.blocks().iter().take(HEAD).map(|block| block.span);
    let furniture = document.furniture().iter().map(|furniture| furniture.span);
    let titles: Vec<&str> =
        head.chain(furniture).map(|span| document.slice(span)).filter(|text| text.len() <= TITLE_BYTES).collect();
    if titles.iter().any(|title| own.is_match(*title)) {
        return None;
    }
    others
        .iter()
        .find(|other| titles.iter().any(|title| other.title.is_match(*title)) && other.law.is_match(document.text()))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::plan::Plan;

    fn check(text: &str, expected: Option<&str>) {
        let plan = Plan::read(Document::from_notation(text));
        assert_eq!(plan.other().map(|other| other.name.as_str()), expected, "{text}");
    }

    #[test]
    fn plans_of_other_laws_are_told_by_their_title() {
        check(
            "# Individual Development Plan\n\nName: Cai\n\n# Section 2A: Description of additional learning needs\n\nCai has \
             difficulty with reading.\n\n# Section 2B: Additional learning provision\n\nA reading group each week.",
            Some("an individual development plan (IDP) from Wales"),
        );
        check(
            "CYNLLUN DATBLYGU UNIGOL\n\nMae gan Cai anghenion dysgu ychwanegol.",
            Some("an individual development plan (IDP) from Wales"),
        );
        check(
            "# Coordinated Support Plan\n\nIona has additional support needs arising from a hearing loss.",
            Some("a co-ordinated support plan (CSP) from Scotland"),
        );
        check(
            "# Statement of Special Educational Needs\n\nMade by the Education Authority, Northern Ireland.\n\nPart 2: needs",
            Some("a statement of special educational needs from Northern Ireland"),
        );
        check(
            "Statement of Special Educational Needs\n\nPart 2: Special educational needs\n\nUnder the Education Act 1996.",
            Some("a statement of special educational needs, which an EHC plan has replaced in England"),
        );
    }

    #[test]
    fn a_plan_of_england_may_speak_of_other_places() {
        check("Milk, eggs, bread.", None);
        check(
            "# Section F: Provision\n\nThe Education Authority of Northern Ireland gave him an individual plan.",
            None,
        );
        check(
            "# Education, Health and Care Plan\n\nThis replaces the\n\nStatement of Special Educational Needs\n\nof 2013 under \
             the Education Act 1996.",
            None,
        );
        check(
            "Sam moved from Wales.\n\n# Section B: Needs\n\nHis\n\nIndividual Development Plan\n\nlists additional learning \
             needs.\n\n# Section E: Outcomes\n\nx\n\n# Section F: Provision\n\ny",
            None,
        );
    }
}
