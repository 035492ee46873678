//! The arguments: commands, options, help.

use crate::cli::annotate::{self, Annotate};
use crate::cli::day::{Day, day};
use crate::cli::letter::{self, Letter as LetterCommand};
use crate::cli::redact::Redaction;
use crate::cli::schedule::{self, Schedule};
use crate::cli::working_document::{self, WorkingDocument};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ehcp_lint::{EXTRACT_WRITERS, Letter, Setting, Severity, Stage, View, WRITERS, Writer};
use serde::Deserialize;
use std::ffi::OsString;
use std::path::PathBuf;

/// Reads an Education, Health and Care Plan and shows, line by line, where it cannot be relied on, why, on what
/// authority, and what to ask for. Nothing leaves this computer.
#[derive(Debug, Parser)]
#[command(name = "ehcp-lint", version, after_help = AFTER, arg_required_else_help = true, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

const AFTER: &str = "\
Examples:
  ehcp-lint plan.docx                     check a plan
  ehcp-lint check plan.pdf --format json  the same for another program
  ehcp-lint explain provision/vague       why a rule says what it says

Exit status: 0 nothing found; 1 findings; 2 wrong usage or no such file; 3 a document could not be read.";

const CHECK_EXAMPLES: &str = "\
Examples:
  ehcp-lint check plan.docx --stage final
  ehcp-lint check plan.docx -o report.html -o report.json";

/// Options that every command has.
#[derive(Clone, Debug, Args)]
pub(crate) struct Shared {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(crate) color: Colour,
    /// Show the findings alone, without a summary and notes.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Show every finding in full.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what is wrong with plans.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Show what was read: sections, statements, tables.
    #[command(after_help = "Example:\n  ehcp-lint extract plan.pdf --format markdown -o plan.md")]
    Extract(Extract),
    /// Copy a plan with a comment (Word) or a highlight with a note (PDF) at each finding.
    #[command(after_help = annotate::EXAMPLES)]
    Annotate(Annotate),
    /// Write a letter to the council about a plan, in Word.
    #[command(after_help = letter::EXAMPLES)]
    Letter(LetterCommand),
    /// Write a schedule of all points, one row each, for Excel.
    #[command(after_help = schedule::EXAMPLES)]
    Schedule(Schedule),
    /// Write sections of a plan with what is asked for, in the tribunal's key, in Word.
    #[command(after_help = working_document::EXAMPLES)]
    WorkingDocument(WorkingDocument),
    /// Check many plans: data files and a dashboard; samples, and agreement with people.
    #[cfg(feature = "audit")]
    Audit(Box<crate::cli::audit::Audit>),
    /// Explain one rule: what it looks for, why, on what authority, with examples.
    #[command(after_help = "Example:\n  ehcp-lint explain provision/vague")]
    Explain(Explain),
    /// List the rules, run their own examples, or write their manual.
    #[command(after_help = "Example:\n  ehcp-lint rules test --rules my-rules")]
    Rules(RulesCommand),
    /// Print the completions for a shell.
    #[command(after_help = "Example:\n  ehcp-lint completions bash > ehcp-lint.bash")]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(after_help = "Example:\n  ehcp-lint man > ehcp-lint.1")]
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Plans (Word, PDF or text), or folders with plans; `-` reads one from standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How the report is written; pretty on a terminal, plain otherwise.
    #[arg(long, short, value_parser = names(WRITERS), help = formats(WRITERS, "How the report is written"))]
    pub(crate) format: Option<String>,
    /// Write the report to a file, whose ending says the format where --format does not; may be given more than once.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) redaction: Redaction,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// The least severity for which the exit status is 1; usually warning.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
}

/// How plans are read and judged: what all commands have that judge the plans they are given.
#[derive(Debug, Args)]
pub(crate) struct Judging {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    #[command(flatten)]
    pub(crate) config: ConfigChoice,
    /// Leave out what is less grave.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) min_severity: Option<Floor>,
}

/// What a command that judges plans was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) chosen: &'a Chosen,
    pub(crate) min_severity: Option<Floor>,
    pub(crate) fail_on: Option<FailOn>,
}

impl Judging {
    pub(crate) fn asked(&self, fail_on: Option<FailOn>) -> Asked<'_> {
        Asked { reading: &self.reading, chosen: &self.chosen, min_severity: self.min_severity, fail_on }
    }
}

/// Which settings file counts.
#[derive(Debug, Args)]
pub(crate) struct ConfigChoice {
    /// The settings file; otherwise the nearest ehcp-lint.toml upwards from each document (without one: from here).
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Take no settings file.
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// How documents are read.
#[derive(Clone, Debug, Args)]
pub(crate) struct Reading {
    #[command(flatten)]
    pub(crate) any: ReadingAny,
    /// The date of birth, where the plan does not give it or gives it wrongly.
    #[arg(long, value_parser = day, value_name = "DATE")]
    pub(crate) dob: Option<Day>,
    /// The kind of setting that the plan is for, where it does not say so itself or says it wrongly.
    #[arg(long, value_enum)]
    pub(crate) setting: Option<SettingChoice>,
}

/// How documents are read, as far as it can be said of many plans at once.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReadingAny {
    /// The stage of the plan, where it does not say so itself or says it wrongly.
    #[arg(long, value_enum)]
    pub(crate) stage: Option<StageChoice>,
    /// Judge the plan as of this day (2026-11-22 or 22/11/2026) and not of the date it bears: ages, school years, what has
    /// passed, and which rules are in force.
    #[arg(long, value_parser = day, value_name = "DATE")]
    pub(crate) as_of: Option<Day>,
    /// The password of a locked PDF or Word file.
    #[arg(long)]
    pub(crate) password: Option<String>,
    /// Recognise the letters on pages of a PDF that are pictures (a scan), with tesseract, which has to be installed. What was
    /// read in this way is marked, as letters may be wrong.
    #[arg(long)]
    pub(crate) ocr: bool,
    /// Which text of a Word file with tracked changes: with every change accepted, as it was before, or all of it.
    #[arg(long, value_enum, default_value_t = ViewChoice::Accepted)]
    pub(crate) view: ViewChoice,
}

/// Which rules are in force.
#[derive(Debug, Args)]
pub(crate) struct Chosen {
    /// Only these rules: ids, beginnings of ids such as `provision/`, or categories; separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(crate) select: Vec<String>,
    /// Not these rules.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(crate) ignore: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreRules,
}

/// Where more rules are.
#[derive(Debug, Args)]
pub(crate) struct MoreRules {
    /// A folder with more rule files; may be given more than once.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// A plan (Word, PDF or text); `-` reads standard input.
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// How it is written.
    #[arg(long, short, default_value = "text", value_parser = names(EXTRACT_WRITERS),
          help = formats(EXTRACT_WRITERS, "How it is written"))]
    pub(crate) format: String,
    /// Write it to a file.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) config: ConfigChoice,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The rule's id.
    pub(crate) rule: String,
    #[command(flatten)]
    pub(crate) config: ConfigChoice,
    #[command(flatten)]
    pub(crate) more: MoreRules,
}

#[derive(Debug, Args)]
pub(crate) struct RulesCommand {
    #[command(subcommand)]
    pub(crate) what: RulesWhat,
    #[command(flatten)]
    pub(crate) more: MoreRules,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesWhat {
    /// List the rules in force with their severity.
    #[command(after_help = "Example:\n  ehcp-lint rules list --section F --severity warning")]
    List {
        /// Only rules that look at this section; `plan`: only those on the whole plan.
        #[arg(long, value_parser = sections(), ignore_case = true)]
        section: Option<String>,
        /// Only rules of this category, such as `vague`.
        #[arg(long)]
        category: Option<String>,
        /// Only rules of this severity.
        #[arg(long, value_enum)]
        severity: Option<Floor>,
        #[command(flatten)]
        config: ConfigChoice,
    },
    /// Run the examples in every rule file.
    #[command(after_help = "Examples:\n  ehcp-lint rules test\n  ehcp-lint rules test my-rules --coverage")]
    Test {
        /// A folder of rule files to test alone; otherwise all rules in force.
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
        /// List every phrase and pattern that no example shows.
        #[arg(long)]
        coverage: bool,
    },
    /// Write one Markdown page for each rule, and an index.
    #[command(after_help = "Example:\n  ehcp-lint rules docs -o docs/rules")]
    Docs {
        /// The folder to write to.
        #[arg(long, short, value_name = "FOLDER", default_value = "docs/rules")]
        output: PathBuf,
        /// Write nothing; the exit status is 1 where a page is missing or stale.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StageChoice {
    Auto,
    Draft,
    Final,
    Amended,
}

impl StageChoice {
    pub(crate) fn stage(self) -> Option<Stage> {
        match self {
            StageChoice::Auto => None,
            StageChoice::Draft => Some(Stage::Draft),
            StageChoice::Final => Some(Stage::Final),
            StageChoice::Amended => Some(Stage::Amended),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ViewChoice {
    Accepted,
    Original,
    All,
}

impl ViewChoice {
    pub(crate) fn view(self) -> View {
        match self {
            ViewChoice::Accepted => View::Accepted,
            ViewChoice::Original => View::Original,
            ViewChoice::All => View::All,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Floor {
    Error,
    Warning,
    Advice,
}

impl Floor {
    pub(crate) fn severity(self) -> Severity {
        match self {
            Floor::Error => Severity::Error,
            Floor::Warning => Severity::Warning,
            Floor::Advice => Severity::Advice,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

impl FailOn {
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Advice => Some(Severity::Advice),
            FailOn::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SettingChoice {
    /// A mainstream school, nursery or academy, a resourced base included.
    Mainstream,
    /// A special school.
    Special,
    /// A further education or sixth form college.
    College,
    /// Education otherwise than at school or college.
    Otherwise,
}

impl SettingChoice {
    pub(crate) fn setting(self) -> Setting {
        match self {
            SettingChoice::Mainstream => Setting::Mainstream,
            SettingChoice::Special => Setting::Special,
            SettingChoice::College => Setting::College,
            SettingChoice::Otherwise => Setting::Otherwise,
        }
    }
}

pub(crate) fn letters() -> PossibleValuesParser {
    PossibleValuesParser::new(Letter::ALL.iter().map(|letter| letter.as_str()))
}

fn sections() -> PossibleValuesParser {
    PossibleValuesParser::new(Letter::ALL.iter().map(|letter| letter.as_str()).chain(["plan"]))
}

/// The arguments as they were given, with `check` put in where only paths and options were.
pub(crate) fn given(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    const WHOLE: &[&str] = &["help", "--help", "-h", "--version", "-V"];
    let mut given: Vec<OsString> = arguments.into_iter().collect();
    let mut rest = given.iter().skip(1).filter_map(|argument| argument.to_str()).peekable();
    while let Some(&argument) = rest.peek() {
        match argument {
            "--color" => rest.nth(1),
            "--quiet" | "-q" | "--verbose" | "-v" => rest.next(),
            _ if argument.starts_with("--color=") => rest.next(),
            _ => break,
        };
    }
    let is_command = rest.peek().is_none_or(|&first| {
        let command = <Arguments as clap::CommandFactory>::command();
        WHOLE.contains(&first) || command.get_subcommands().any(|known| known.get_name() == first)
    });
    if !is_command {
        given.insert(1, OsString::from("check"));
    }
    given
}

fn names(writers: &'static [Writer]) -> PossibleValuesParser {
    PossibleValuesParser::new(writers.iter().map(|writer| writer.name))
}

fn formats(writers: &[Writer], what: &str) -> String {
    let rows: Vec<String> = writers.iter().map(|writer| format!("{}: {}", writer.name, writer.purpose)).collect();
    format!("{what}: {}", rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let found = given(line.split_whitespace().map(OsString::from));
        let found: Vec<&str> = found.iter().filter_map(|argument| argument.to_str()).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn a_path_alone_means_check() {
        check("ehcp-lint plan.docx", "ehcp-lint check plan.docx");
        check("ehcp-lint --format json plan.docx", "ehcp-lint check --format json plan.docx");
        check("ehcp-lint -q --color never plan.docx", "ehcp-lint check -q --color never plan.docx");
        check("ehcp-lint -", "ehcp-lint check -");
        check("ehcp-lint -q check plan.docx", "ehcp-lint -q check plan.docx");
        check("ehcp-lint explain x", "ehcp-lint explain x");
        check("ehcp-lint --help", "ehcp-lint --help");
        check("ehcp-lint", "ehcp-lint");
    }

    #[test]
    fn the_commands_are_sound() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
