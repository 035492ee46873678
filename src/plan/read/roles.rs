//! What the column of a table holds, by the words of its heading.

use crate::plan::letter::Letter;
use crate::plan::lexicon;
use crate::plan::statement::Role;
use crate::text::Folded;
use crate::text::Regex;
use crate::text::latin::ANYWHERE;
use serde::Deserialize;
use std::sync::LazyLock;

/// What the words of a column heading or record label can be about. Order is the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// A need.
    Need,
    /// An outcome.
    Outcome,
    /// What is provided.
    Provision,
    /// Who.
    Provider,
    /// How often, how long.
    Measure,
    /// By when.
    Date,
    /// Review.
    Review,
    /// A number or a link.
    Reference,
    /// A remark.
    Comment,
    /// An advice or report.
    Advice,
}

/// The role of a column headed `heading` in a table of section `letter`.
pub(crate) fn role(heading: &str, letter: Letter) -> Role {
    let topics = topics(heading);
    let has = |topic: Topic| topics.contains(&topic);
    let what = if letter == Letter::E {
        has(Topic::Outcome)
    } else if letter.holds_needs() {
        has(Topic::Need)
    } else if letter.holds_provision() {
        has(Topic::Provision)
    } else {
        (has(Topic::Advice) || has(Topic::Provision)) && !has(Topic::Date)
    };
    if has(Topic::Comment) {
        Role::Comment
    } else if has(Topic::Reference) {
        Role::Reference
    } else if has(Topic::Review) {
        Role::Review
    } else if has(Topic::Provider) && (has(Topic::Measure) || has(Topic::Date)) && !what {
        Role::ProviderAndMeasure
    } else if has(Topic::Provider) && !what {
        Role::Provider
    } else if has(Topic::Measure) && !what {
        if letter.holds_provision() { Role::Measure } else { Role::Date }
    } else if has(Topic::Date) && !what {
        Role::Date
    } else if what {
        Role::What
    } else if has(Topic::Need) || has(Topic::Outcome) {
        Role::Reference
    } else {
        Role::Other
    }
}

/// What a heading is about, all of it.
pub(crate) fn topics(heading: &str) -> Vec<Topic> {
    let folded = Folded::of(heading);
    TOPICS.iter().filter(|(_, words)| words.is_match(&folded)).map(|&(topic, _)| topic).collect()
}

/// Whether somebody acts in these words ("Staff will use visual supports"), which a heading only asks ("Who will help").
fn is_sentence(text: &str) -> bool {
    let folded = Folded::of(text);
    SENTENCE.0.is_match(folded.text()) && !SENTENCE.1.is_match(folded.text())
}

/// Whether these words read as a column heading or record label: short, and about something a column holds.
pub(crate) fn is_heading(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words > 0 && words <= 12 && !text.ends_with(['.', ';', ',']) && !is_sentence(text) && !topics(text).is_empty()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    need: Vec<String>,
    outcome: Vec<String>,
    provision: Vec<String>,
    provider: Vec<String>,
    measure: Vec<String>,
    date: Vec<String>,
    review: Vec<String>,
    reference: Vec<String>,
    comment: Vec<String>,
    advice: Vec<String>,
    sentence: Vec<String>,
    question: Vec<String>,
}

static SENTENCE: LazyLock<(Regex, Regex)> = LazyLock::new(|| {
    let columns: Columns = lexicon::list("columns");
    (lexicon::any_of(ANYWHERE, &columns.sentence), lexicon::any_of(ANYWHERE, &columns.question))
});

static TOPICS: LazyLock<Vec<(Topic, Regex)>> = LazyLock::new(|| {
    let columns: Columns = lexicon::list("columns");
    let whole = |words: &[String]| lexicon::any_of(ANYWHERE, words);
    vec![
        (Topic::Need, whole(&columns.need)),
        (Topic::Outcome, whole(&columns.outcome)),
        (Topic::Provision, whole(&columns.provision)),
        (Topic::Provider, whole(&columns.provider)),
        (Topic::Measure, whole(&columns.measure)),
        (Topic::Date, whole(&columns.date)),
        (Topic::Review, whole(&columns.review)),
        (Topic::Reference, whole(&columns.reference)),
        (Topic::Comment, whole(&columns.comment)),
        (Topic::Advice, whole(&columns.advice)),
    ]
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heading: &str, letter: Letter, expected: Role) {
        assert_eq!(role(heading, letter), expected, "{heading} in {letter}");
    }

    #[test]
    fn tells_columns_of_provision() {
        for (heading, expected) in [
            ("Provision", Role::What),
            ("Special Educational Provision", Role::What),
            ("Section F: Special educational provision", Role::What),
            ("Provision required to achieve the outcome", Role::What),
            ("Support", Role::What),
            ("What will be provided", Role::What),
            ("Intervention / strategy", Role::What),
            ("By Whom", Role::Provider),
            ("Who will deliver it", Role::Provider),
            ("Delivered by", Role::Provider),
            ("Staff", Role::Provider),
            ("Person responsible", Role::Provider),
            ("Frequency", Role::Measure),
            ("Frequency / duration", Role::Measure),
            ("How often / how long", Role::Measure),
            ("When", Role::Measure),
            ("Amount", Role::Measure),
            ("Section F: By whom, how often, how long", Role::ProviderAndMeasure),
            ("Provided by who and by when", Role::ProviderAndMeasure),
            ("Staffing and frequency", Role::ProviderAndMeasure),
            ("Review", Role::Review),
            ("How and when it will be reviewed", Role::Review),
            ("Monitoring", Role::Review),
            ("By when", Role::Date),
            ("Which Need Does This Provision Meet", Role::Reference),
            ("Outcome", Role::Reference),
            ("Outcome no.", Role::Reference),
            ("No.", Role::Reference),
            ("Area of need", Role::Reference),
            ("Setting comments", Role::Comment),
            ("Notes", Role::Other),
        ] {
            check(heading, Letter::F, expected);
        }
    }

    #[test]
    fn tells_columns_elsewhere() {
        check("Outcome", Letter::E, Role::What);
        check("Target date", Letter::E, Role::Date);
        check("When", Letter::E, Role::Date);
        check("PfA area", Letter::E, Role::Reference);
        check("Type of advice", Letter::K, Role::What);
        check("Report", Letter::K, Role::What);
        check("Author and role", Letter::K, Role::Provider);
        check("Who from", Letter::K, Role::Provider);
        check("Date of report", Letter::K, Role::Date);
        check("Dated", Letter::K, Role::Date);
        check("Need", Letter::B, Role::What);
    }
}
