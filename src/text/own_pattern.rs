//! The regular expressions that stand in the source.

/// The regular expression of a pattern that stands in the source, with `\\w` and `\\d` narrowed to Latin letters and
/// the digits 0 to 9: it is ready several times sooner.
///
/// The one place where such a pattern may panic: no file that is read can make it do so. A macro and not a function,
/// because clippy (`invalid_regex`) then proves every literal pattern; those put together from parts run in the tests.
macro_rules! own_pattern {
    ($source:expr $(,)?) => {{
        // Never called: here clippy sees the pattern as it is written.
        let _proof = || ::regex::Regex::new($source);
        $crate::text::Regex::new(&$crate::text::narrowed($source))
            .expect("a pattern in the source is a regular expression")
    }};
}
pub(crate) use own_pattern;
