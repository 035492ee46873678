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

    /// What it means, in the words of `docs/labels.md`.
    #[rustfmt::skip] // sentences stay whole
    pub fn means(self) -> &'static str {
        match self {
            Category::Unquantified => {
                "something that has to be stated is not, or only in words that fix nothing"
            }
            Category::Vague => {
                "the words could be kept by doing next to nothing, and nothing else in the statement pins them down: \"access to\", \"as needed\", \"a range of\", \"up to\""
            }
            Category::Conditional => {
                "whether it is given depends on money, staff, a waiting list, a later decision or somebody's discretion. What is tied to the child (\"when he bites his hand, the key worker…\") is not conditional"
            }
            Category::Delegated => {
                "what or how much is left for somebody to decide later, or to a programme whose content is not in the plan"
            }
            Category::NotBinding => {
                "nobody is obliged: \"should\", \"may\", \"would benefit from\", \"it is recommended\""
            }
            Category::FundingInstead => {
                "a sum, a band or the school's own resources stand where provision should"
            }
            Category::OutcomeNotSmart => {
                "it is not specific, cannot be measured, or has no date; the finding says which"
            }
            Category::OutcomeIsProvision => {
                "it says what adults will do, not what the child or young person will be able to do"
            }
            Category::PlacementMissing => {
                "a final plan gives neither a school nor a type of school, and is not for education elsewhere"
            }
            Category::PlacementTypeOnly => "a final plan gives a type and no school: lawful, and worth a question",
            Category::PlacementTypeMissing => "a final plan gives a school without its type",
            Category::PlacementInDraft => {
                "a first draft, or one after a reassessment, already gives a school or a type"
            }
            Category::PlacementConditional => {
                "the school is named subject to a vacancy, transport, money or a later decision"
            }
            Category::SectionMissing => {
                "a section cannot be found; J only where there is a direct payment; never where it may stand in a part that could not be read"
            }
            Category::SectionEmpty => {
                "there is a heading and next to nothing below it. \"None\" is an answer in C, D, G, H1, H2 and J, and none in A, B, E and F"
            }
            Category::SectionsMerged => {
                "two sections share one text, so that neither can be told from the other; a table with a column for each is divided"
            }
            Category::NeedWithoutProvision => "nothing in Section F answers a need of Section B",
            Category::ProvisionWithoutNeed => "provision in F answers no need of B",
            Category::MisplacedProvision => {
                "what educates or trains stands only in G or H, or provision stands in A, B or E"
            }
            Category::AdulthoodMissing => "nothing prepares for adulthood, in Year 9 or above",
            Category::AdviceMissing => "Section K lacks an advice that must be sought; one finding for each",
            Category::AdviceUndated => "an advice of Section K has no author or no date",
            Category::Placeholder => {
                "the template shows: a blank, a merge field, an instruction, a choice that was not made"
            }
            Category::WrongName => "another child's name, or pronouns that change",
            Category::OutOfDate => {
                "a date, age, year group or key stage given as still to come, or as present, had passed by the date of the plan"
            }
            Category::Late => {
                "the plan's own dates show a missed deadline; exceptions may apply, and the finding says so"
            }
            Category::PartTime => "a part-time timetable is written in as provision",
            Category::PersonalData => "in a plan said to be anonymised: who the child is can be told",
            Category::Unreadable => "a part of the file could not be read, and was not checked",
        }
    }

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
