//! The thesaurus that stands in the binary, as `build.rs` laid it out.

use crate::plan::read::thesaurus::terms::Thesaurus;
use std::sync::LazyLock;

static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| {
    let laid_out = include_bytes!(concat!(env!("OUT_DIR"), "/thesaurus"));
    postcard::from_bytes(laid_out).unwrap_or_else(|error| panic!("lexicon/thesaurus.toml, laid out: {error}"))
});

/// The thesaurus.
///
/// # Panics
///
/// Where what `build.rs` laid out cannot be read: a mistake in the source tree, which the tests find.
pub(crate) fn thesaurus() -> &'static Thesaurus {
    &THESAURUS
}
