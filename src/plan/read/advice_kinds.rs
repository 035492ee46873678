//! What kind of advice an entry of Section K is, by its title and else by who wrote it.

use crate::plan::AdviceKind;
use crate::text::Regex;
use crate::text::{Folded, own_pattern};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The kinds of an advice with this title, written by these people or services. `is_name` knows the child's names.
pub(crate) fn of(title: &str, others: &str, is_name: impl Fn(&str) -> bool) -> Vec<AdviceKind> {
    let title = levelled(title);
    let others = levelled(others);
    let mut kinds = kinds_in(&title);
    if own_views(&title, &is_name) {
        kinds.insert(AdviceKind::YoungPerson);
    }
    if kinds.is_empty() && !is_other(&title) {
        kinds = kinds_in(&others);
    }
    // A specialist teacher's advice is told by the author as well as by the title; a social worker of the sensory team is none.
    let elsewhere = [AdviceKind::SocialCare, AdviceKind::Medical, AdviceKind::Psychological]
        .iter()
        .any(|kind| kinds.contains(kind));
    for text in [&title, &others].into_iter().filter(|_| !elsewhere) {
        kinds.extend(KINDS.iter().filter(|row| row.specialist && row.is_in(text)).map(|row| row.kind));
    }
    if kinds.is_empty() {
        kinds.insert(AdviceKind::Other);
    }
    kinds.into_iter().collect()
}

/// Whether a title names some advice at all, of a kind that must be sought or of a service.
pub(crate) fn is_known(title: &str, kinds: &[AdviceKind]) -> bool {
    kinds.iter().any(|&kind| kind != AdviceKind::Other) || is_other(&levelled(title))
}

/// A kind and the words that tell it.
struct Row {
    kind: AdviceKind,
    words: &'static str,
    /// Told by the author, too.
    specialist: bool,
    pattern: Regex,
}

impl Row {
    fn is_in(&self, text: &str) -> bool {
        self.pattern.is_match(text)
    }
}

static KINDS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |kind, words, specialist| Row { kind, words, specialist, pattern: own_pattern!(words) };
    let rows = vec![
        row(
            AdviceKind::Parents,
            r"\bparent|\bmothers?\b|\bfathers?\b|\bmums?\b|\bdads?\b|\bcarers?\b|\bguardians?\b|\bgrand(?:parents?|mother|father|ma|pa)\b|\bfamily\b|\byour (?:views|contribution|comments)\b",
            false,
        ),
        row(
            AdviceKind::YoungPerson,
            r"\b(?:child|young person|pupil|student|learner|young adult)(?:'s|s'|ren's)? (?:own |and (?:parents?|family|parents'|carers?)(?:'s|')? )?(?:views?|voice|contribution|wishes|advice|perspective|profile|feedback|questionnaire|report)|(?:views?|voice|contribution|wishes)(?: and wishes)? (?:of|from) (?:the )?(?:child|young person|pupil|student|learner)|\bmy (?:views|story|profile|voice)\b|all about me|one[ -]page profile|\bchild/young person|^(?:the )?(?:child|pupil|young person|student)$",
            false,
        ),
        row(
            AdviceKind::Educational,
            r"\beducation(?:al)?\b|\bschools?\b|\bnursery\b|\bpre-?school|\bcollege|\bsend?co\b|\bhead ?teacher|\bhead of\b|\bprincipal\b|\bclass(?:room)? teacher|\bform tutor|\btutor|\bsetting\b|\bannual review\b|\blearning support|\bacademy\b|childminder|early years provider|course leader|\bplaygroup",
            false,
        ),
        row(
            AdviceKind::Medical,
            r"\bmedical|\bhealth|paediatric|\bgp\b|general practitioner|\bdoctor|\bconsultant|\bnurs(?:e|es|ing)\b|\bcamhs\b|psychiatr|neurolog|ophthalm|clinical psycholog|\bhospital|cardiolog|physician|\bnhs\b|designated (?:clinical|medical) officer|\bdco\b|\bdmo\b|associate specialist|neurodevelopmental",
            false,
        ),
        row(AdviceKind::Psychological, r"\bpsycholog|\bep\b|\beps\b", false),
        row(
            AdviceKind::SocialCare,
            r"social care|social work|\bsocial services|children'?s'? services|\bmash\b|early help|family support|family help|\bcsc\b|first response|front door|children (?:in care|looked after)|looked after children|children's disability|disabled children|children with disabilit|adult services|leaving care|personal advis|\bfostering (?:team|service)|multi-agency safeguarding|safeguarding",
            false,
        ),
        row(
            AdviceKind::Hearing,
            r"teachers? of (?:the )?deaf|\bq?tods?\b|\bdeaf\b|hearing (?:impairment|support|loss|service|specialist|teacher|advis)|^hearing$|hearing,|\bhi\b (?:team|service|teacher|specialist|advis)|sensory (?:support|service|team|impairment|inclusion|needs|teach|advis)|multi-?sensory",
            true,
        ),
        row(
            AdviceKind::Vision,
            r"\bqtvi\b|\bqtmsi\b|vision\b|visual(?:ly)? impair|\bvi\b (?:team|service|teacher|specialist|advis)|sensory (?:support|service|team|impairment|inclusion|needs|teach|advis)|multi-?sensory|teachers? of (?:the )?(?:vi\b|visually)",
            true,
        ),
        row(AdviceKind::Adulthood, r"\bcareers?\b|adulthood|connexions|\bpfa\b", false),
    ];
    rows
});

/// Services whose reports are none of the advice that must be sought, whatever else their title holds.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"therap|\bphysio|\bsalt\b|\bslt\b|\bots?\b|audiolog|habilitation|\bportage|dietic|dietit|outreach|specialist teach|advisory teach|inclusion (?:team|service)|teaching service|behaviour support|learning support service|autism (?:team|service|outreach)|\bspld\b|assistive technology",
    )
});
/// A title that says outright which advice it is.
static OUTRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\b(educational|education|medical|health|psychological|social care|parental) (?:advice|report|information)|paediatric"
    )
});
/// "Views of X", "X's views": whose?
static WHOSE: LazyLock<Regex> = LazyLock::new(|| {
    own_pattern!(
        r"\b(?:views?|voice|contribution|wishes|aspirations|profile|account) (?:of|from|by) (\w+)|\b(\w+)'s? (?:own )?(?:views?|voice|contribution|wishes|aspirations|profile|story|account|words|statement)\b"
    )
});

fn kinds_in(text: &str) -> BTreeSet<AdviceKind> {
    let found: BTreeSet<AdviceKind> =
        KINDS.iter().filter(|row| !row.words.is_empty() && row.is_in(text)).map(|row| row.kind).collect();
    if is_other(text) && !OUTRIGHT.is_match(text) {
        return found.into_iter().filter(|kind| matches!(kind, AdviceKind::Hearing | AdviceKind::Vision)).collect();
    }
    found
}

fn is_other(text: &str) -> bool {
    OTHER.is_match(text)
}

/// Whether the title says that these are the views of the child, by name or as one who is nobody else.
fn own_views(title: &str, is_name: &impl Fn(&str) -> bool) -> bool {
    let others = KINDS.iter().any(|row| row.kind != AdviceKind::YoungPerson && row.is_in(title));
    let whose = WHOSE.captures(title);
    let Some(word) = whose.and_then(|c| c.get(1).or(c.get(2))) else { return false };
    is_name(word.as_str())
        || !others
            && !matches!(
                word.as_str(),
                "mr" | "mrs" | "ms" | "miss" | "dr" | "the" | "all" | "professional" | "staff" | "both" | "her" | "his"
            )
}

/// Folded, with the names of services taken out of the way that hold the words of another kind of advice.
fn levelled(text: &str) -> String {
    let mut text = Folded::text_of(text);
    for (from, to) in [
        ("educational psycholog", "psycholog"),
        ("education psycholog", "psycholog"),
        ("school nurse", "nurse"),
        ("school nursing", "nursing"),
        ("school doctor", "doctor"),
        ("virtual school", "virtual"),
        ("family support", "social care"),
        ("family service", "social care"),
        ("family hub", "social care"),
        ("family practitioner", "social care"),
        ("foster team", "social care"),
        ("clinical psycholog", "psychiatr"),
        ("nursery nurse", "nursery"),
        ("health and care plan", "plan"),
        ("the family", ""),
        ("views of mr", "views of parents"),
        ("views of ms", "views of parents"),
        ("views of miss", "views of parents"),
        ("mental health support team", "camhs"),
    ] {
        text = text.replace(from, to);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use AdviceKind::{Educational, Hearing, Medical, Other, Parents, Psychological, SocialCare, Vision, YoungPerson};

    fn check(title: &str, others: &str, expected: &[AdviceKind]) {
        assert_eq!(of(title, others, |word| word.eq_ignore_ascii_case("reece")), expected, "{title} | {others}");
    }

    #[test]
    fn tells_kinds_by_title_and_else_by_author() {
        check("Educational advice", "Mrs J. Fretwell, SENCo, Little Acorns Nursery", &[Educational]);
        check("Educational psychology advice", "Farida Begum, EP", &[Psychological]);
        check("Educational psychologist", "Dr N. Sefton", &[Psychological]);
        check("Report", "Dr Amir Vohra, EP", &[Psychological]);
        check("Medical advice and update", "Dr J. Farrow", &[Medical]);
        check("Community paediatrician", "Dr F. Rahman", &[Medical]);
        check("School nurse", "A. Person", &[Medical]);
        check("CAMHS letter", "", &[Medical]);
        check("Social care advice", "J. Lumb, MASH (not known)", &[SocialCare]);
        check("Family support worker", "", &[SocialCare]);
        check("Annual review report (school)", "Mrs K. Bland", &[Educational]);
        check("Views of carers", "Lynn and Barry", &[Parents]);
        check("Views of Reece", "with Mr Fell, key adult", &[YoungPerson]);
        check("Reece's views", "", &[YoungPerson]);
        check("Views of child", "Ciaran with Mrs May (ELSA)", &[YoungPerson]);
        check("Parents' contribution", "", &[Parents]);
        check("Views of young person", "", &[YoungPerson]);
        check("Speech and language therapy", "Community health NHS trust", &[Other]);
        check("Specialist teacher report", "Specialist Teaching Service", &[Other]);
        check("Vision", "QTVI, Vision Support Service", &[Vision]);
        check("Specialist teacher report", "A. Person, QToD", &[Hearing]);
        check("Audiology clinic letter", "M. Stubbs, audiologist", &[Other]);
        check("Education", "M. Croxall, Head of Learning Support", &[Educational]);
    }
}
