//! The regular expressions that stand in the source.

/// The regular expression of a pattern that stands in the source, with `\\w` and `\\d` narrowed to Latin letters and
/// the digits 0 to 9: it is ready several times sooner.
///
/// The one place where such a pattern may panic: no file that is read can make it do so. A macro and not a function,
/// because clippy (`invalid_regex`) then proves every literal pattern; those put together from parts run in the tests.
///
/// A pattern that stands there as a literal was made ready by `build.rs`, which finds it by this macro's name.
macro_rules! own_pattern {
    ($source:expr $(,)?) => {{
        // Never called: here clippy sees the pattern as it is written.
        let _proof = || ::regex::Regex::new($source);
        $crate::text::ready([$crate::text::OWN, $source]).unwrap_or_else(|| {
            $crate::text::Regex::new(&$crate::text::narrowed($source))
                .expect("a pattern in the source is a regular expression")
        })
    }};
}
pub(crate) use own_pattern;

#[cfg(test)]
mod tests {
    use crate::text::{OWN, narrowed, ready};

    #[test]
    fn a_literal_was_made_ready() {
        let pattern = own_pattern!(r"^(?:a|one) literal of \w+ tests$");
        assert_eq!(pattern.parts().0, narrowed(r"^(?:a|one) literal of \w+ tests$"));
        assert!(ready([OWN, r"^(?:a|one) literal of \w+ tests$"]).is_some());
        assert!(ready([OWN, "made when it runs"]).is_none());
        assert!(own_pattern!(&format!("^{}$", "made when it runs")).is_match("made when it runs"));
    }
}
