//! Patterns of a rule file, in the pattern language of the vocabulary.

use crate::plan::read::facts::Wording;
use crate::plan::vocabulary::vocabulary;
use crate::text::pattern::Class;
use crate::text::token::Token;
use serde::Deserialize;

/// A list of patterns over tokens, which may name the lexicon's classes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Patterns {
    class: Box<Class>,
}

impl Patterns {
    /// The same in all tokens of a statement.
    pub(crate) fn find_in(&self, wording: &Wording) -> Vec<(usize, usize)> {
        wording.find_all(&vocabulary().grammar, &self.class)
    }

    /// Every match, as the index of its first token and the index after its last, none inside another.
    pub(crate) fn find_all(&self, tokens: &[Token]) -> Vec<(usize, usize)> {
        vocabulary().grammar.find_all(&self.class, tokens)
    }
}

impl TryFrom<Vec<String>> for Patterns {
    type Error = String;

    fn try_from(patterns: Vec<String>) -> Result<Self, Self::Error> {
        let class =
            vocabulary().grammar.class(patterns.iter().map(String::as_str)).map_err(|error| error.to_string())?;
        Ok(Self { class: Box::new(class) })
    }
}
