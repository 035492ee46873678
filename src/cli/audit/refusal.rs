//! Refusal: what stops an audit before or after the work, with what to do about it.

use crate::cli::problem::Problem;
use ehcp_lint::{BallotError, MetadataError};
use miette::Diagnostic;
use thiserror::Error;

/// Why an audit, or a command on its results, could not do what it was asked.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum Refusal {
    #[error("The folder \u{201c}{0}\u{201d} holds an audit that was stopped.")]
    #[diagnostic(help(
        "Go on with it with --resume, put a new one in its place with --overwrite, or give another folder."
    ))]
    Stopped(String),
    #[error("The folder \u{201c}{0}\u{201d} holds the results of an audit.")]
    #[diagnostic(help("Put new ones in their place with --overwrite, or give another folder."))]
    Finished(String),
    #[error("The folder \u{201c}{0}\u{201d} holds other files, and no audit.")]
    #[diagnostic(help("Give a new folder, or an empty one, for the results."))]
    Strange(String),
    #[error("The audit in \u{201c}{0}\u{201d} was begun otherwise. What differs, as it was and as it is: {1}.")]
    #[diagnostic(help(
        "Results of both must not be mixed. Go on with the settings it was begun with, or begin anew with --overwrite."
    ))]
    Other(String, String),
    #[error(
        "What the audit in \u{201c}{0}\u{201d} was begun with cannot be read: another version began it, or it is damaged."
    )]
    #[diagnostic(help("Begin anew: an audit with --overwrite, a part of one with --overwrite and the same --part."))]
    NoJournal(String),
    #[error("Another audit is at work in \u{201c}{0}\u{201d}.")]
    #[diagnostic(help("Wait until it ends, or give another folder."))]
    Busy(String),
    #[error("There is no audit to go on with in \u{201c}{0}\u{201d}.")]
    #[diagnostic(help("Leave --resume away to begin one."))]
    Nothing(String),
    #[error("There are no results of an audit in \u{201c}{0}\u{201d}: {1} is not there.")]
    #[diagnostic(help(
        "Give the folder that was given to \u{201c}ehcp-lint audit\u{201d} after -o, once the audit has ended."
    ))]
    NoResults(String, &'static str),
    #[error("The folder \u{201c}{0}\u{201d} holds no part of an audit.")]
    #[diagnostic(help("Parts are made with \u{201c}ehcp-lint audit DIR -o PART --part SECRET\u{201d}."))]
    NoPart(String),
    #[error(
        "The parts \u{201c}{0}\u{201d} and \u{201c}{1}\u{201d} were not made alike. What differs, in their order: {2}."
    )]
    #[diagnostic(help(
        "Figures over both would mean nothing. Make all parts with the same version, rules, settings and secret after --part."
    ))]
    Unlike(String, String, String),
    #[error("The part \u{201c}{0}\u{201d} was not finished: {1} of its files were read.")]
    #[diagnostic(help("Go on with it: the command that began it, with --resume."))]
    Unfinished(String, usize),
    #[error("The parts hold no words of the plans, which --with-text asks for.")]
    #[diagnostic(help("Make the parts with --with-text, or leave it out here."))]
    NoWords,
    #[error("The process that reads plans could not be started: {0}.")]
    #[diagnostic(help("Check that this computer lets a program start itself, and that it has memory left."))]
    NoWorker(String),
    #[error("The table \u{201c}{0}\u{201d} could not be read: {1}.")]
    #[diagnostic(help("In a spreadsheet program, save it as CSV."))]
    NoTable(String, String),
    #[error("There is no column \u{201c}{0}\u{201d} in plans.csv.")]
    #[diagnostic(help("{1}"))]
    NoColumn(String, String),
    #[error("None of the plans in \u{201c}{0}\u{201d} is among the plans that were audited.")]
    #[diagnostic(help(
        "Under \u{201c}plan\u{201d} stands the id of the column \u{201c}plan\u{201d} of plans.csv, or the path of its column \u{201c}path\u{201d}."
    ))]
    NoneJudged(String),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Metadata(#[from] MetadataError),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Ballots(#[from] BallotError),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Audit(Box::new(refusal))
    }
}
