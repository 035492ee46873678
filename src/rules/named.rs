//! Names that a rule file may use for things of a plan: sections, kinds of statement, facts, settings.

use crate::plan::{FactKind, Letter, Need, Setting, Sort, Stage, StatementKind};
use serde::{Deserialize, Deserializer, de};

/// Something that rule files call by a name out of a closed list.
pub(crate) trait Nameable: Copy + 'static {
    /// What it is, for the message about a wrong name.
    const WHAT: &'static str;

    /// Every name and what it stands for.
    fn names() -> Vec<(&'static str, Self)>;
}

/// A value that a rule file gives by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named<T>(pub(crate) T);

/// Whether `list` is empty or holds `value`: what most `within` and `kinds` mean.
pub(crate) fn covers<T: PartialEq>(list: &[Named<T>], value: &T) -> bool {
    list.is_empty() || list.iter().any(|Named(one)| one == value)
}

impl<'de, T: Nameable> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let names = T::names();
        names.iter().find(|(known, _)| *known == name).map(|&(_, value)| Named(value)).ok_or_else(|| {
            let known: Vec<&str> = names.iter().map(|&(known, _)| known).collect();
            de::Error::custom(format!("unknown {} `{name}`, expected one of {}", T::WHAT, known.join(", ")))
        })
    }
}

impl Nameable for Letter {
    const WHAT: &'static str = "section";

    fn names() -> Vec<(&'static str, Self)> {
        Letter::ALL.into_iter().map(|letter| (letter.as_str(), letter)).collect()
    }
}

impl Nameable for Need {
    const WHAT: &'static str = "need";

    fn names() -> Vec<(&'static str, Self)> {
        [
            Need::Item,
            Need::Provider,
            Need::Expertise,
            Need::Group,
            Need::Amount,
            Need::Frequency,
            Need::Duration,
            Need::Date,
            Need::Specific,
            Need::Measurable,
            Need::TimeBound,
        ]
        .into_iter()
        .map(|need| (need.as_str(), need))
        .collect()
    }
}

impl Nameable for StatementKind {
    const WHAT: &'static str = "kind of statement";

    fn names() -> Vec<(&'static str, Self)> {
        Self::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect()
    }
}

impl Nameable for FactKind {
    const WHAT: &'static str = "fact";

    fn names() -> Vec<(&'static str, Self)> {
        vec![
            ("frequency", FactKind::Frequency),
            ("duration", FactKind::Duration),
            ("total", FactKind::Total),
            ("coverage", FactKind::Coverage),
            ("group-size", FactKind::GroupSize),
            ("group", FactKind::Group),
            ("provider", FactKind::Provider),
            ("expertise", FactKind::Expertise),
            ("date", FactKind::Date),
            ("item", FactKind::Item),
            ("trigger", FactKind::Trigger),
            ("money", FactKind::Money),
        ]
    }
}

impl Nameable for Sort {
    const WHAT: &'static str = "sort of provision";

    fn names() -> Vec<(&'static str, Self)> {
        Self::ALL.iter().map(|sort| (sort.as_str(), *sort)).collect()
    }
}

impl Nameable for Setting {
    const WHAT: &'static str = "setting";

    fn names() -> Vec<(&'static str, Self)> {
        Self::ALL.iter().map(|setting| (setting.as_str(), *setting)).collect()
    }
}

impl Nameable for Stage {
    const WHAT: &'static str = "stage";

    fn names() -> Vec<(&'static str, Self)> {
        vec![
            ("draft", Stage::Draft),
            ("reassessment-draft", Stage::ReassessmentDraft),
            ("amendment-draft", Stage::AmendmentDraft),
            ("final", Stage::Final),
            ("amended", Stage::Amended),
        ]
    }
}
