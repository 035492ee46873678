//! Hit: what a check returns. It builds no sentences.

use crate::plan::{Letter, Need};
use crate::text::Span;

/// What a finding points at: words, or something that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// These words.
    Text(Span),
    /// Something could not be found in this section, or in the whole plan.
    Missing(Option<Letter>),
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Worth a look; the words can be read in more than one way.
    Low,
    /// Likely.
    Medium,
    /// The words leave little doubt.
    High,
}

impl Confidence {
    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// What a check found: facts for a finding, whose sentences stand in the rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Words, or an absence. For words: the first or most telling of `marks`.
    pub(crate) anchor: Anchor,
    /// The section it stands in; `None` for the whole plan.
    pub(crate) section: Option<Letter>,
    /// Index of the statement that was judged.
    pub(crate) statement: Option<usize>,
    /// Every group of words to look at, in reading order. For an absence: the heading under which it was looked for, if any.
    pub(crate) marks: Vec<Span>,
    /// What is not stated, for the categories that say so.
    pub(crate) missing: Vec<Need>,
    /// Values for the `{placeholders}` of the rule's message and help, in plain words.
    pub(crate) values: Vec<(&'static str, String)>,
    /// For words that are flagged because something is absent elsewhere: the section that should hold it. Where a part of
    /// the file that could hold it was not read, the hit becomes "could not tell".
    pub(crate) absent_from: Option<Letter>,
    /// Whether it is left out where another rule finds that the statement's promise is taken away.
    pub(crate) yields: bool,
    /// How sure the check is. The rule's own certainty caps it.
    pub(crate) confidence: Confidence,
}

impl Hit {
    /// A hit on these words.
    pub(crate) fn text(span: Span, section: Option<Letter>) -> Self {
        Self {
            anchor: Anchor::Text(span),
            section,
            statement: None,
            marks: vec![span],
            missing: Vec::new(),
            values: Vec::new(),
            absent_from: None,
            yields: false,
            confidence: Confidence::High,
        }
    }

    /// A hit on something that is not there, in a section or in the whole plan.
    pub(crate) fn missing(section: Option<Letter>) -> Self {
        Self { anchor: Anchor::Missing(section), marks: Vec::new(), ..Self::text(Span::default(), section) }
    }

    /// The same hit, as one on the statement with this index.
    pub(crate) fn on(mut self, statement: usize) -> Self {
        self.statement = Some(statement);
        self
    }

    /// The same hit, with a value for a placeholder.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The same hit, as one that rests on something not standing in `section`.
    pub(crate) fn absent_from(mut self, section: Letter) -> Self {
        self.absent_from = Some(section);
        self
    }

    /// The same hit, this sure.
    pub(crate) fn sure(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}
