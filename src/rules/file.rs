//! A rule file: TOML → Rule, refusing with a place in the author's file what cannot be meant.

use crate::plan::Letter;
use crate::plan::packed::Packed;
use crate::rules::category::Category;
use crate::rules::check::Check;
use crate::rules::listed::{self, Listed};
use crate::rules::proof::{Example, Expectation};
use crate::rules::rule::{Authority, Certainty, Day, Force, Proof, Rule, Status, Term};
use crate::rules::template::Template;
use crate::rules::when::When;
use crate::rules::{finding, proof, wording};
use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, ValueDeserializer};

/// Why a rule file was not loaded, drawn into the file.
#[derive(Debug, Error, Diagnostic)]
#[error("rule {id}: {problem}")]
#[diagnostic(code(rules::file))]
pub struct RuleError {
    /// The rule's id.
    pub id: String,
    /// What is wrong.
    pub problem: Problem,
    /// The file.
    #[source_code]
    source_code: NamedSource<String>,
    #[label("here")]
    at: Option<SourceSpan>,
    #[help]
    help: &'static str,
}

/// What is wrong with a rule file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// Not TOML, or a key or value that is not one of the format's.
    #[error("{0}")]
    Format(String),
    /// No `[check]`, or none with a `kind`.
    #[error("there is no [check] with a kind")]
    NoCheck,
    /// An unknown kind of check.
    #[error("unknown kind of check `{0}`, expected one of {known}", known = Check::NAMES.join(", "))]
    UnknownKind(String),
    /// Nothing to rest on.
    #[error("there is no authority")]
    NoAuthority,
    /// A must that is no law.
    #[error("`{0}` is neither an Act nor Regulations, and cannot say must")]
    NoLaw(String),
    /// An empty text where something has to be said.
    #[error("`{0}` is empty")]
    Empty(&'static str),
    /// No example.
    #[error("there is no [[{0}]] example")]
    NoExample(&'static str),
    /// An example that marks nothing, or marks wrongly.
    #[error("{0}")]
    Example(&'static str),
    /// A placeholder that no value is given for.
    #[error("`{kind}` has no {{{name}}}, only {known}")]
    Placeholder {
        /// The name between braces.
        name: String,
        /// The kind of check.
        kind: &'static str,
        /// The names there are.
        known: String,
    },
    /// A condition that asks nothing or does nothing.
    #[error("this [[when]] needs a condition, a reason, and either lower = 1 or 2, or silent = true")]
    When,
    /// A pattern or phrase that cannot be meant.
    #[error("{0}")]
    Wording(String),
    /// The same phrase twice in one list.
    #[error("this stands in `{0}` twice")]
    Repeated(String),
    /// A term that ends before it begins.
    #[error("the rule would end before it begins")]
    Term,
    /// A source that is no address.
    #[error("`{0}` is not an address: it has to begin with https://")]
    Source(String),
    /// Two files with one id.
    #[error("another rule has this id, or had it formerly")]
    Twice,
}

impl Problem {
    fn help(&self) -> &'static str {
        match self {
            Problem::NoAuthority | Problem::NoLaw(_) => {
                "The first authority decides the severity: force = \"must\" (an Act or Regulations) gives error, \"case\" or \
                 \"should\" warning, \"practice\" advice."
            }
            Problem::NoExample(_) | Problem::Example(_) => {
                "Mark the words in place with «…», or say lacks = [\"F\"] for a section that is not there."
            }
            Problem::Wording(_) => "Phrases stand as they are; a pattern stands between slashes: '/up to \\d+/'.",
            _ => "rules/README.md has a whole rule file and every kind of check.",
        }
    }
}

impl RuleError {
    pub(crate) fn new(id: &str, text: &str, problem: Problem, at: Option<Range<usize>>) -> Box<Self> {
        Box::new(Self {
            id: id.to_owned(),
            help: problem.help(),
            problem,
            source_code: NamedSource::new(format!("rules/{id}.toml"), text.to_owned()).with_language("TOML"),
            at: at.map(SourceSpan::from),
        })
    }
}

/// The file as it is written; `[check]` is read apart, by its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    title: Spanned<String>,
    category: Category,
    certainty: Certainty,
    since: String,
    #[serde(rename = "valid-from")]
    valid_from: Option<Day>,
    #[serde(rename = "valid-to")]
    valid_to: Option<Spanned<Day>>,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    formerly: Vec<String>,
    authority: Spanned<Vec<Spanned<Authority>>>,
    message: Spanned<String>,
    why: Spanned<String>,
    help: Spanned<String>,
    limits: Option<String>,
    #[serde(default)]
    when: Vec<Spanned<When>>,
    #[serde(default)]
    fires: Vec<Spanned<Expectation>>,
    #[serde(default)]
    silent: Vec<Spanned<Expectation>>,
}

/// Reads the rule file `text` of the rule `id`.
pub(crate) fn read(id: &str, text: &str) -> Result<Rule, Box<RuleError>> {
    let (table, lists) = parsed(id, text)?;
    let (mut rule, written) = rule(id, text, table, false)?;
    let mut known = BTreeSet::new();
    if let Some(listed) = lists.iter().find(|listed| !known.insert((&listed.list, &listed.entry))) {
        return Err(RuleError::new(id, text, Problem::Repeated(listed.list.clone()), Some(listed.at.clone())));
    }
    let examples = examples(id, &written).map_err(|(problem, at)| RuleError::new(id, text, problem, at))?;
    rule.proof = Proof::known(examples, lists);
    Ok(rule)
}

/// The same of a built-in rule file, which was packed without its examples. Its patterns are known to be sound, and are built
/// when first used; examples and lists are read when they are first asked for.
pub(crate) fn built_in(id: &str, text: &'static str, packed: Packed) -> Result<Rule, Box<RuleError>> {
    let table = packed.table().map_err(|error| broken(id, text, &error))?;
    let (mut rule, _) = rule(id, text, table, true)?;
    rule.proof = Proof::of(text);
    Ok(rule)
}

/// The examples and lists of a rule file that was read before.
pub(crate) fn proof(id: &str, text: &str) -> (Vec<Example>, Vec<Listed>) {
    let read = || {
        let (table, lists) = parsed(id, text)?;
        let (_, written) = rule(id, text, table, true)?;
        let examples = examples(id, &written).map_err(|(problem, at)| RuleError::new(id, text, problem, at))?;
        Ok::<_, Box<RuleError>>((examples, lists))
    };
    read().unwrap_or_default()
}

fn broken(id: &str, text: &str, error: &toml::de::Error) -> Box<RuleError> {
    RuleError::new(id, text, Problem::Format(error.message().to_owned()), error.span())
}

/// What stands in a file, and the lists of wording in its `[check]`.
fn parsed<'t>(id: &str, text: &'t str) -> Result<(Spanned<DeTable<'t>>, Vec<Listed>), Box<RuleError>> {
    let table = DeTable::parse(text).map_err(|error| broken(id, text, &error))?;
    let lists = table.get_ref().get("check").map(listed::lists).unwrap_or_default();
    Ok((table, lists))
}

/// The examples as they are written: those that fire, and those that are silent.
type Written = [Vec<Spanned<Expectation>>; 2];

/// The rule of a file, all but its proof, and its examples as they are written.
fn rule(
    id: &str,
    text: &str,
    mut table: Spanned<DeTable<'_>>,
    trusted: bool,
) -> Result<(Rule, Written), Box<RuleError>> {
    let refuse = |problem: Problem, at: Option<Range<usize>>| RuleError::new(id, text, problem, at);
    let check = table.get_mut().remove("check");
    let (check, sections) = read_check(check, trusted).map_err(|(problem, at)| refuse(problem, at))?;
    let file = RuleFile::deserialize(Deserializer::from(table)).map_err(|error| broken(id, text, &error))?;

    for (name, field) in [("title", &file.title), ("message", &file.message), ("why", &file.why), ("help", &file.help)]
    {
        if field.get_ref().trim().is_empty() {
            return Err(refuse(Problem::Empty(name), Some(field.span())));
        }
    }
    if file.authority.get_ref().is_empty() {
        return Err(refuse(Problem::NoAuthority, Some(file.authority.span())));
    }
    for authority in file.authority.get_ref() {
        let Authority { cite, force, source, .. } = authority.get_ref();
        if let Some(source) = source.as_ref().filter(|source| !source.starts_with("https://")) {
            return Err(refuse(Problem::Source(source.clone()), Some(authority.span())));
        }
        if *force == Force::Must && !authority.get_ref().is_legislation() {
            return Err(refuse(Problem::NoLaw(cite.clone()), Some(authority.span())));
        }
    }
    let term =
        Term { from: file.valid_from.map(|Day(day)| day), to: file.valid_to.as_ref().map(|day| day.get_ref().0) };
    if term.from.is_some_and(|from| term.to.is_some_and(|to| to < from)) {
        return Err(refuse(Problem::Term, file.valid_to.as_ref().map(Spanned::span)));
    }
    let templates = [&file.message, &file.help].map(|field| (Template::new(field.get_ref()), field.span()));
    for (template, at) in &templates {
        check_names(template, &check).map_err(|problem| refuse(problem, Some(at.clone())))?;
    }
    if let Some(when) = file.when.iter().find(|when| !when.get_ref().is_sound()) {
        return Err(refuse(Problem::When, Some(when.span())));
    }
    let [(message, _), (help, _)] = templates;
    let rule = Rule {
        id: id.to_owned(),
        title: file.title.into_inner().trim().to_owned(),
        category: file.category,
        certainty: file.certainty,
        since: file.since,
        term,
        status: file.status,
        formerly: file.formerly,
        authority: file.authority.into_inner().into_iter().map(Spanned::into_inner).collect(),
        message,
        why: file.why.into_inner().trim().to_owned(),
        help,
        limits: file.limits.map(|limits| limits.trim().to_owned()),
        when: file.when.into_iter().map(Spanned::into_inner).collect(),
        proof: Proof::default(),
        sections: if sections.is_empty() { home(id) } else { sections },
        check,
    };
    Ok((rule, [file.fires, file.silent]))
}

type Fault = (Problem, Option<Range<usize>>);

/// The check, and the sections that it names.
type Looked = (Check, Vec<Letter>);

fn read_check(check: Option<Spanned<DeValue<'_>>>, trusted: bool) -> Result<Looked, Fault> {
    let Some(mut check) = check else { return Err((Problem::NoCheck, None)) };
    let at = check.span();
    let kind = match check.get_mut() {
        DeValue::Table(settings) => settings.remove("kind"),
        _ => None,
    };
    let Some(kind) = kind else { return Err((Problem::NoCheck, Some(at))) };
    let Some(name) = kind.get_ref().as_str() else { return Err((Problem::NoCheck, Some(kind.span()))) };
    if !trusted {
        check_wording(&check)?;
    }
    let named = listed::sections(&check);
    let sections = Letter::ALL.into_iter().filter(|letter| named.contains(&letter.as_str())).collect();
    match Check::read(name, ValueDeserializer::from(check)) {
        None => Err((Problem::UnknownKind(name.to_owned()), Some(kind.span()))),
        Some(Ok(check)) => Ok((check, sections)),
        Some(Err(error)) => Err((Problem::Format(error.message().to_owned()), error.span().or(Some(at)))),
    }
}

/// The sections that the rules of a topic look at, where they name none themselves.
fn home(id: &str) -> Vec<Letter> {
    match id.split_once('/').map_or(id, |(topic, _)| topic) {
        "provision" => vec![Letter::F, Letter::G, Letter::H1, Letter::H2],
        _ => proof::topic(id).into_iter().collect(),
    }
}

/// Every string of a `[check]` table is a phrase, a name or a pattern between slashes.
fn check_wording(value: &Spanned<DeValue<'_>>) -> Result<(), Fault> {
    match value.get_ref() {
        DeValue::String(text) => {
            wording::fault(text).map_or(Ok(()), |fault| Err((Problem::Wording(fault), Some(value.span()))))
        }
        DeValue::Array(values) => values.iter().try_for_each(check_wording),
        DeValue::Table(table) => table.values().try_for_each(check_wording),
        _ => Ok(()),
    }
}

fn check_names(template: &Template, check: &Check) -> Result<(), Problem> {
    let known = || finding::VALUES.iter().chain(check.values());
    match template.names().find(|name| !known().any(|value| value == name)) {
        None => Ok(()),
        Some(name) => Err(Problem::Placeholder {
            name: name.to_owned(),
            kind: check.name(),
            known: known().map(|value| format!("{{{value}}}")).collect::<Vec<_>>().join(", "),
        }),
    }
}

fn examples(id: &str, [fires, silent]: &Written) -> Result<Vec<Example>, Fault> {
    let mut examples = Vec::new();
    for (name, fires, list) in [("fires", true, fires), ("silent", false, silent)] {
        if list.is_empty() {
            return Err((Problem::NoExample(name), None));
        }
        for written in list {
            let example = proof::example(id, written.get_ref(), fires);
            examples.push(example.map_err(|fault| (Problem::Example(fault), Some(written.span())))?);
        }
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
title = "T"
category = "vague"
certainty = "heuristic"
since = "0.1.0"
message = "{quote} in {section}"
why = "W"
help = "H"
[[authority]]
cite = "SEND Code of Practice 2015, para 9.69"
says = "S"
force = "should"
[check]
kind = "phrase"
any = ["as required"]
[[fires]]
text = "«As required»."
[[silent]]
text = "Daily."
why = "Said."
"#;

    /// Changes the sound file, and expects it to be refused in these words at this place.
    fn check(from: &str, to: &str, problem: &str, at: &str) {
        assert!(SOUND.contains(from), "{from:?} is not in the file");
        let text = SOUND.replacen(from, to, 1);
        let error = read("provision/x", &text).expect_err(to);
        let found = error.at.map_or("", |at| text.get(at.offset()..at.offset() + at.len()).unwrap_or("outside"));
        assert!(error.problem.to_string().contains(problem), "{}", error.problem);
        assert!(found.contains(at), "{found:?} does not show {at:?}");
        assert_eq!(found.is_empty(), at.is_empty());
    }

    #[test]
    fn reads_a_sound_file() {
        let rule = read("provision/x", SOUND).expect("sound");
        assert_eq!((rule.topic(), rule.kind(), rule.severity().as_str()), ("provision", "phrase", "warning"));
        assert!(rule.examples()[0].text.starts_with("# Section F"), "put into the topic's section");
        assert_eq!(rule.sections, [Letter::F, Letter::G, Letter::H1, Letter::H2]);
        let named = SOUND.replace("any =", "within = [\"G\"]\nany =");
        assert_eq!(read("provision/x", &named).expect("sound").sections, [Letter::G]);
    }

    #[test]
    fn refuses_what_cannot_be_meant_and_shows_where() {
        check("since =", "sinse =", "unknown field `sinse`", "sinse");
        check("any =", "all =", "unknown field `all`", "all");
        check("vague", "vogue", "unknown variant `vogue`", "vogue");
        check("\"phrase\"", "\"fraze\"", "unknown kind of check `fraze`", "fraze");
        check("any =", "within = [\"Q\"]\nany =", "unknown section `Q`", "Q");
        check("force = \"should\"", "force = \"must\"", "neither an Act nor Regulations", "[[authority]]");
        check("{quote}", "{quoth}", "`phrase` has no {quoth}", "{quoth}");
        check("\"as required\"", "\"\\bas required\"", "control character", "as required");
        check("\"as required\"", "'/(as|)/'", "matches nothing at all", "(as|)");
        check("\"as required\"", "'/(as/'", "cannot be read", "(as");
        check("«As required».", "As required.", "marks nothing", "[[fires]]");
        check("«As required».", "«As required.", "do not pair", "[[fires]]");
        check("why = \"Said.\"", "", "says why", "[[silent]]");
        check("title = \"T\"", "title = \" \"", "`title` is empty", " ");
        check("[check]", "[[when]]\nlower = 1\nreason = \"R\"\n[check]", "needs a condition", "[[when]]");
        check("[[silent]]\ntext = \"Daily.\"\nwhy = \"Said.\"", "", "no [[silent]] example", "");
        check("[check]\nkind = \"phrase\"\nany = [\"as required\"]", "", "no [check]", "");
        check("title = \"T\"", "title = T", "", "T");
        check("[\"as required\"]", "[\"as required\", \"as required\"]", "stands in `any` twice", "as required");
        check("since =", "valid-from = \"2020\"\nsince =", "", "2020");
        check("since =", "valid-from = 2020-01-02T10:00:00\nsince =", "not a day", "2020");
        check("since =", "valid-from = 2022-07-01\nvalid-to = 2022-06-30\nsince =", "end before", "2022-06-30");
        check("force = \"should\"", "force = \"should\"\nsource = \"the Code\"", "not an address", "[[authority]]");
    }
}
