//! Problem: what stops a command before or after the work, with what to do about it.

use miette::Diagnostic;
use thiserror::Error;

/// Why a command could not do what it was asked. A document that cannot be read is none: it is reported with the others.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum Problem {
    #[error("There is no file or folder called \u{201c}{path}\u{201d}.")]
    #[diagnostic(help("{help}"))]
    NoSuchPath { path: String, help: String },
    #[error("There is no Word, PDF or text file in the folder \u{201c}{path}\u{201d}.")]
    #[diagnostic(help("Give the path of a plan, or of a folder with plans in it."))]
    NothingThere { path: String },
    #[error(
        "The copy was not written: the name \u{201c}{path}\u{201d} does not end in .{ending}, as the plan\u{2019}s does."
    )]
    #[diagnostic(help("Did you mean \u{201c}{better}\u{201d}? Under another ending the copy would not open."))]
    WrongEnding { path: String, ending: &'static str, better: String },
    #[error(transparent)]
    #[diagnostic(transparent)]
    NotAnnotated(ehcp_lint::AnnotateError),
    #[error("\u{201c}{path}\u{201d} means {count} documents, and this command takes one plan at a time.")]
    #[diagnostic(help("Give the path of one plan."))]
    OnePlan { path: String, count: usize },
    #[error("The paper was not written: the name \u{201c}{path}\u{201d} does not end in {endings}.")]
    #[diagnostic(help("Under another ending it would not open in the right program."))]
    PaperEnding { path: String, endings: &'static str },
    #[error("This paper quotes the plan, and without its words nothing would be left of it.")]
    #[diagnostic(help("Leave --redact out, or write a schedule, which can do without."))]
    PaperOfWords,
    #[error(transparent)]
    #[diagnostic(transparent)]
    NoPaper(ehcp_lint::papers::PaperError),
    #[error("\u{201c}{path}\u{201d} could not be opened: {why}.")]
    #[diagnostic(help("Check that you may read it."))]
    NoAccess { path: String, why: String },
    #[error("There is no rule, topic or category called \u{201c}{name}\u{201d}.")]
    #[diagnostic(help("{help}"))]
    NoSuchRule { name: String, help: String },
    #[error("\u{201c}{path}\u{201d} is larger than 256 megabytes, and was not read.")]
    #[diagnostic(help("A plan is far smaller. If it is a bundle, check the plan in it as a file of its own."))]
    TooLarge { path: String },
    #[error("The report was not written: \u{201c}{path}\u{201d} is one of the documents to be read.")]
    #[diagnostic(help("Give another name after -o. A plan is never written over."))]
    OverInput { path: String },
    #[error("The format of \u{201c}{path}\u{201d} cannot be told from its ending.")]
    #[diagnostic(help("{help}"))]
    UnknownEnding { path: String, help: String },
    #[error("\u{201c}{path}\u{201d} was given twice after -o.")]
    #[diagnostic(help("Give each report a name of its own."))]
    SameOutput { path: String },
    #[error("The folder of \u{201c}{path}\u{201d} does not exist.")]
    #[diagnostic(help("Make the folder first, or give another place after -o."))]
    NoFolder { path: String },
    #[error("\u{201c}{path}\u{201d} could not be written: {why}.")]
    #[diagnostic(help("Check that the folder exists and that you may write there."))]
    NotWritten { path: String, why: String },
    #[error("The folder of rules \u{201c}{path}\u{201d} could not be read: {why}.")]
    #[diagnostic(help("Give the folder that holds the rule files, with --rules FOLDER."))]
    NoRules { path: String, why: String },
    #[error("Letters in pictures cannot be recognised: tesseract is needed for --ocr, and {why}.")]
    #[diagnostic(help(
        "Install it and try again. Debian or Ubuntu: sudo apt install tesseract-ocr. macOS: brew install tesseract. Windows: \
         winget install UB-Mannheim.TesseractOCR. Without it, leave --ocr out."
    ))]
    NoTesseract { why: String },
    #[error("The settings file \u{201c}{path}\u{201d} could not be read: {why}.")]
    #[diagnostic(help("Give its path with --config FILE, or check without one with --no-config."))]
    NoSettings { path: String, why: String },
    #[error(transparent)]
    #[diagnostic(transparent)]
    Settings(Box<crate::cli::config::Mistake>),
    #[error(transparent)]
    #[diagnostic(transparent)]
    RuleFile(Box<ehcp_lint::RuleError>),
    #[cfg(feature = "audit")]
    #[error(transparent)]
    #[diagnostic(transparent)]
    Audit(Box<crate::cli::audit::Refusal>),
    /// Whoever read the output has stopped reading: no problem at all.
    #[error("the output was closed")]
    ClosedPipe,
}

/// What is wrong, in plain words, without the operating system's error number.
pub(crate) fn why(error: &std::io::Error) -> String {
    let text = error.to_string();
    let plain = text.split(" (os error").next().unwrap_or_default();
    let mut characters = plain.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
