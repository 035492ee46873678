//! Category: the labels of the field, one for every kind of finding.

use serde::{Deserialize, Serialize};

/// What a finding means. Rules, the corpus and the accuracy score all use these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words are the field's own; docs/labels.md gives the meaning of each")]
pub enum Category {
    Unquantified,
    Vague,
    Conditional,
    Delegated,
    NotBinding,
    FundingInstead,
    OutcomeNotSmart,
    OutcomeIsProvision,
    PlacementMissing,
    PlacementTypeOnly,
    PlacementTypeMissing,
    PlacementInDraft,
    PlacementConditional,
    SectionMissing,
    SectionEmpty,
    SectionsMerged,
    NeedWithoutProvision,
    ProvisionWithoutNeed,
    MisplacedProvision,
    AdulthoodMissing,
    AdviceMissing,
    AdviceUndated,
    Placeholder,
    WrongName,
    OutOfDate,
    Late,
    PartTime,
    PersonalData,
    Unreadable,
}

impl Category {
    /// Whether it means that nobody is held to what the statement promises.
    pub(crate) fn takes_away(self) -> bool {
        matches!(self, Category::Conditional | Category::Delegated | Category::NotBinding | Category::FundingInstead)
    }

    /// All of them, in the order of the labels.
    pub const ALL: &'static [Category] = &[
        Category::Unquantified,
        Category::Vague,
        Category::Conditional,
        Category::Delegated,
        Category::NotBinding,
        Category::FundingInstead,
        Category::OutcomeNotSmart,
        Category::OutcomeIsProvision,
        Category::PlacementMissing,
        Category::PlacementTypeOnly,
        Category::PlacementTypeMissing,
        Category::PlacementInDraft,
        Category::PlacementConditional,
        Category::SectionMissing,
        Category::SectionEmpty,
        Category::SectionsMerged,
        Category::NeedWithoutProvision,
        Category::ProvisionWithoutNeed,
        Category::MisplacedProvision,
        Category::AdulthoodMissing,
        Category::AdviceMissing,
        Category::AdviceUndated,
        Category::Placeholder,
        Category::WrongName,
        Category::OutOfDate,
        Category::Late,
        Category::PartTime,
        Category::PersonalData,
        Category::Unreadable,
    ];

    /// The label, as `labels.md` and the JSON contract spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Unquantified => "unquantified",
            Category::Vague => "vague",
            Category::Conditional => "conditional",
            Category::Delegated => "delegated",
            Category::NotBinding => "not-binding",
            Category::FundingInstead => "funding-instead",
            Category::OutcomeNotSmart => "outcome-not-smart",
            Category::OutcomeIsProvision => "outcome-is-provision",
            Category::PlacementMissing => "placement-missing",
            Category::PlacementTypeOnly => "placement-type-only",
            Category::PlacementTypeMissing => "placement-type-missing",
            Category::PlacementInDraft => "placement-in-draft",
            Category::PlacementConditional => "placement-conditional",
            Category::SectionMissing => "section-missing",
            Category::SectionEmpty => "section-empty",
            Category::SectionsMerged => "sections-merged",
            Category::NeedWithoutProvision => "need-without-provision",
            Category::ProvisionWithoutNeed => "provision-without-need",
            Category::MisplacedProvision => "misplaced-provision",
            Category::AdulthoodMissing => "adulthood-missing",
            Category::AdviceMissing => "advice-missing",
            Category::AdviceUndated => "advice-undated",
            Category::Placeholder => "placeholder",
            Category::WrongName => "wrong-name",
            Category::OutOfDate => "out-of-date",
            Category::Late => "late",
            Category::PartTime => "part-time",
            Category::PersonalData => "personal-data",
            Category::Unreadable => "unreadable",
        }
    }

    /// Whether a provision with such a finding is not specific enough to be relied on.
    pub fn leaves_provision_open(self) -> bool {
        matches!(
            self,
            Category::Unquantified
                | Category::Vague
                | Category::Conditional
                | Category::Delegated
                | Category::NotBinding
                | Category::FundingInstead
        )
    }

    /// The category of this label.
    pub fn named(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.as_str() == label)
    }

    /// Whether a fact of this category is some words, so that the same words are never two facts.
    pub(crate) fn is_about_words(self) -> bool {
        matches!(self, Category::Placeholder | Category::PersonalData)
    }
}
