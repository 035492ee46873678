//! What was told of the codes of a run of glyphs. All of a run are of one font, and the same few letters come again and again.

/// More than most runs have codes that differ.
const PLACES: usize = 128;

/// What is known of the codes of the run that is being read.
pub(super) struct Said {
    run: u64,
    places: [Place; PLACES],
}

/// What is known of one code of one run.
#[derive(Clone, Copy, Default)]
struct Place {
    run: u64,
    code: u32,
    advance: f32,
    letter: Option<char>,
}

impl Said {
    pub(super) fn new() -> Self {
        Self { run: 0, places: [Place::default(); PLACES] }
    }

    /// Another run begins: it may be of another font.
    pub(super) fn begin(&mut self) {
        self.run += 1;
    }

    /// How far this code goes on; asked where it is not known.
    pub(super) fn advance(&mut self, code: u32, ask: impl FnOnce() -> f32) -> f32 {
        let run = self.run;
        let place = self.place(code);
        if (place.run, place.code) != (run, code) {
            *place = Place { run, code, advance: ask(), letter: None };
        }
        place.advance
    }

    /// The one letter that this code stands for.
    pub(super) fn letter(&mut self, code: u32) -> Option<char> {
        let run = self.run;
        let place = self.place(code);
        place.letter.filter(|_| (place.run, place.code) == (run, code))
    }

    /// Keeps that for as long as the run goes on.
    pub(super) fn keep(&mut self, code: u32, letter: char) {
        let run = self.run;
        let place = self.place(code);
        if (place.run, place.code) == (run, code) {
            place.letter = Some(letter);
        }
    }

    fn place(&mut self, code: u32) -> &mut Place {
        &mut self.places[code as usize % PLACES]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_within_a_run_and_forgotten_with_it() {
        let mut said = Said::new();
        said.begin();
        assert_eq!((said.letter(0), said.advance(0, || 5.0), said.letter(0)), (None, 5.0, None));
        said.keep(0, 'a');
        assert_eq!((said.letter(0), said.advance(0, || 9.0)), (Some('a'), 5.0));
        // Two that share a place.
        assert_eq!((said.letter(128), said.advance(128, || 7.0), said.letter(128)), (None, 7.0, None));
        assert_eq!((said.letter(0), said.advance(0, || 8.0)), (None, 8.0));
        said.keep(0, 'b');
        said.begin();
        assert_eq!((said.letter(0), said.advance(0, || 6.0)), (None, 6.0));
    }
}
