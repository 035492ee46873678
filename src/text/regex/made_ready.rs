//! The regular expressions that were made ready when the program was built.

use crate::text::prepared::fingerprint;
use crate::text::regex::expression::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Each, by the fingerprint of what it is made from.
///
/// # Panics
///
/// Where what `build.rs` packed cannot be read: a mistake in the source tree, which every test that reads a plan finds.
static READY: LazyLock<BTreeMap<u64, &'static [u8]>> = LazyLock::new(|| {
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/regexes"));
    postcard::from_bytes(packed).unwrap_or_else(|error| panic!("regular expressions made ready: {error}"))
});

/// The regular expression that was made ready from these, if one was.
pub(crate) fn ready<'p>(made_from: impl IntoIterator<Item = &'p str>) -> Option<Regex> {
    READY.get(&fingerprint(made_from)).and_then(|bytes| Regex::ready(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_ready_is_what_reading_the_pattern_gives() {
        assert!(READY.len() > 200);
        for bytes in READY.values() {
            let ready = Regex::ready(bytes).expect("ready");
            let (source, ready) = ready.parts();
            let read = Regex::new(source).expect("a pattern");
            assert_eq!(format!("{ready:?}"), format!("{:?}", read.parts().1), "{source}");
            assert!(ready.0.is_some_and(|steps| steps.program.anchored || steps.program.starts.are_of(&steps.program)));
        }
    }
}
