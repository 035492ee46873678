//! The settings: `ehcp-lint.toml`, found upwards from a document, and what is wrong with it, drawn into the user's file.

use crate::cli::args::{FailOn, Floor, SettingChoice, StageChoice};
use crate::cli::day::Day;
use crate::cli::input;
use crate::cli::problem::{Problem, why};
use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use thiserror::Error;
use toml::Spanned;

/// The name that is looked for.
pub(crate) const NAME: &str = "ehcp-lint.toml";

/// Every key and word of the format, for suggestions.
const KNOWN: &[&str] = &[
    "select",
    "ignore",
    "severity",
    "fail-on",
    "min-severity",
    "rules",
    "stage",
    "as-of",
    "dob",
    "setting",
    "allow",
    "rule",
    "text",
    "section",
    "document",
    "reason",
    "until",
    "error",
    "warning",
    "advice",
    "off",
    "never",
    "auto",
    "draft",
    "final",
    "amended",
    "mainstream",
    "special",
    "college",
    "otherwise",
];

/// What a settings file says. Whatever it does not know is refused.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Settings {
    pub(crate) select: Vec<Spanned<String>>,
    pub(crate) ignore: Vec<Spanned<String>>,
    pub(crate) severity: BTreeMap<Spanned<String>, Level>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) min_severity: Option<Floor>,
    pub(crate) rules: Vec<Spanned<PathBuf>>,
    pub(crate) stage: Option<StageChoice>,
    pub(crate) as_of: Option<Day>,
    pub(crate) dob: Option<Day>,
    pub(crate) setting: Option<SettingChoice>,
    pub(crate) allow: Vec<Allow>,
}

/// How grave the findings of a rule are to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    Error,
    Warning,
    Advice,
    Off,
}

/// Findings that are to be left out, with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Allow {
    pub(crate) rule: Spanned<String>,
    pub(crate) text: Option<Spanned<String>>,
    pub(crate) section: Option<Spanned<String>>,
    pub(crate) document: Option<String>,
    pub(crate) reason: Spanned<String>,
    pub(crate) until: Option<Day>,
}

/// A settings file that was found.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) path: PathBuf,
    text: String,
    pub(crate) settings: Settings,
}

/// What is wrong with a settings file.
#[derive(Debug, Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(code(settings))]
pub(crate) struct Mistake {
    message: String,
    #[source_code]
    file: NamedSource<String>,
    #[label("here")]
    at: Option<SourceSpan>,
    #[help]
    help: String,
}

/// Something in a settings file that no longer does what it says; the check goes on.
#[derive(Debug, Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(code(settings), severity(Warning))]
pub(crate) struct Notice {
    message: String,
    #[source_code]
    file: NamedSource<String>,
    #[label("here")]
    at: SourceSpan,
    #[help]
    help: String,
}

/// The nearest settings file upwards from a document, if there is one. Standard input counts as standing in the current folder.
pub(crate) fn find(document: &Path) -> Option<PathBuf> {
    let here = if input::is_stdin(document) { PathBuf::from(NAME) } else { document.to_owned() };
    let whole = std::path::absolute(here).ok()?;
    whole.ancestors().skip(1).map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

impl Config {
    /// Reads the file, refusing with a place in it what cannot be meant.
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        let text = fs::read_to_string(path)
            .map_err(|error| Problem::NoSettings { path: path.display().to_string(), why: why(&error) })?;
        Self::of(path, text)
    }

    /// The settings that a file of this path says.
    pub(crate) fn of(path: &Path, text: String) -> Result<Self, Problem> {
        let settings = toml::from_str(&text).map_err(|error| {
            let near = error.span().and_then(|at| {
                let word = text.get(at)?.trim_matches(['"', '\'']);
                let near = input::nearest(word, KNOWN.iter().copied())?;
                Some(format!("Did you mean \u{201c}{near}\u{201d}? "))
            });
            let help = format!("{}docs/settings.md shows a whole settings file.", near.unwrap_or_default());
            mistake(path, &text, error.message().to_owned(), error.span(), help)
        })?;
        let config = Config { path: path.to_owned(), text, settings };
        config.settings.allow.iter().try_for_each(|allow| config.check(allow))?;
        Ok(config)
    }

    fn check(&self, allow: &Allow) -> Result<(), Problem> {
        if allow.reason.get_ref().trim().is_empty() {
            let help = "Say why these findings are right as they are: whoever reads this next has to be able to tell.";
            return Err(self.mistake("an allowance needs a reason", Some(allow.reason.span()), help));
        }
        if allow.text.is_none() && allow.section.is_none() && allow.document.is_none() {
            let help =
                "Add text, section or document. To leave out a rule everywhere, put it under \u{201c}ignore\u{201d}.";
            return Err(self.mistake("this would allow every finding of the rule", Some(allow.rule.span()), help));
        }
        if let Some(text) = allow.text.as_ref().filter(|text| !text.get_ref().contains(char::is_alphanumeric)) {
            return Err(self.mistake("these are no words", Some(text.span()), "Give some words of the finding."));
        }
        Ok(())
    }

    /// A mistake in this file.
    pub(crate) fn mistake(
        &self,
        message: impl Into<String>,
        at: Option<Range<usize>>,
        help: impl Into<String>,
    ) -> Problem {
        mistake(&self.path, &self.text, message.into(), at, help.into())
    }

    /// Something in this file that no longer does what it says.
    pub(crate) fn notice(&self, message: String, at: Range<usize>, help: String) -> Notice {
        Notice { message, file: source(&self.path, &self.text), at: at.into(), help }
    }
}

fn mistake(path: &Path, text: &str, message: String, at: Option<Range<usize>>, help: String) -> Problem {
    let mistake = Mistake { message, file: source(path, text), at: at.map(SourceSpan::from), help };
    Problem::Settings(Box::new(mistake))
}

fn source(path: &Path, text: &str) -> NamedSource<String> {
    NamedSource::new(path.display().to_string(), text.to_owned()).with_language("TOML")
}
