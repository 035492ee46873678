//! The regular expressions that stand in the source.

/// The regular expression of a pattern that stands in the source.
///
/// The one place where such a pattern may panic: no file that is read can make it do so. A macro and not a function,
/// because clippy (`invalid_regex`) then proves every literal pattern; those put together from parts run in the tests.
macro_rules! own_pattern {
    ($source:expr $(,)?) => {
        ::regex::Regex::new($source).expect("a pattern in the source is a regular expression")
    };
}
pub(crate) use own_pattern;
