//! The sentences of the letter, as `lexicon/papers/letter.toml` has them.

use crate::plan::lexicon::list;
use serde::Deserialize;
use std::sync::LazyLock;

/// Every sentence of the letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Words {
    pub(crate) parent: VoiceWords,
    pub(crate) young_person: VoiceWords,
    pub(crate) head: Head,
    pub(crate) stage: Stages,
    pub(crate) body: Body,
    pub(crate) notes: Notes,
}

/// What differs by who writes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoiceWords {
    pub(crate) about: String,
    pub(crate) opening: String,
    pub(crate) unknown: String,
}

/// Sender, receiver, greeting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub(crate) sender: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) date: String,
    pub(crate) greeting: String,
}

/// What differs by the stage of the plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stages {
    pub(crate) draft: StageWords,
    pub(crate) reassessment: StageWords,
    pub(crate) amendment: StageWords,
    pub(crate) r#final: StageWords,
}

/// What is said at one stage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StageWords {
    pub(crate) plan: String,
    pub(crate) basis: String,
    pub(crate) meeting: String,
    pub(crate) school: String,
    pub(crate) law: String,
}

/// The letter itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Body {
    pub(crate) dated: String,
    pub(crate) born: String,
    pub(crate) numbered: String,
    pub(crate) one_point: String,
    pub(crate) no_points: String,
    pub(crate) reports: String,
    pub(crate) softened: String,
    pub(crate) as_before: String,
    pub(crate) also: String,
    pub(crate) about: String,
    pub(crate) authority: String,
    pub(crate) number: String,
    pub(crate) says: String,
    pub(crate) ask: String,
    pub(crate) whole: String,
    pub(crate) school_heading: String,
    pub(crate) meeting_heading: String,
    pub(crate) unread_heading: String,
    pub(crate) unread: String,
    pub(crate) not_told: String,
    pub(crate) reasons: String,
    pub(crate) receipt: String,
    pub(crate) closing: Vec<String>,
    pub(crate) short: String,
    pub(crate) short_unread: String,
}

/// The page for the family.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Notes {
    pub(crate) heading: String,
    pub(crate) delete: String,
    pub(crate) fill: String,
    pub(crate) blanks: String,
    pub(crate) amounts: String,
    pub(crate) school: String,
    pub(crate) check: String,
    pub(crate) time: String,
    pub(crate) days: String,
    pub(crate) days_unknown: String,
    pub(crate) r#final: String,
    pub(crate) final_heading: String,
    pub(crate) help: String,
    pub(crate) fill_line: String,
}

/// The sentences, read once.
pub(crate) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| list("papers/letter"));
    &WORDS
}
