//! What two statements share: stems as numbers, as every need is held against every provision.

/// The stems of a plan, each with its number and how many statements hold it.
#[derive(Default)]
pub(super) struct Stems {
    known: Vec<Stem>,
    /// The place of each among them and one more, where its hash says or behind it; 0 where there is none. Never more than half full.
    places: Vec<usize>,
    /// The first so many tell nothing.
    telling_nothing: usize,
}

struct Stem {
    hash: u64,
    text: Box<str>,
    count: usize,
}

impl Stems {
    /// No stems yet, but for some that tell nothing.
    pub(super) fn without<'s>(telling_nothing: impl Iterator<Item = (u64, &'s str)>) -> Self {
        let mut stems = Self::default();
        for (hash, stem) in telling_nothing {
            stems.number(hash, stem);
        }
        stems.telling_nothing = stems.known.len();
        stems
    }

    /// The numbers of the stems of one statement, in order and each once. With each stem comes its hash.
    pub(super) fn numbered<'s>(&mut self, stems: impl Iterator<Item = (u64, &'s str)>) -> Vec<usize> {
        let mut numbers: Vec<usize> = stems.map(|(hash, stem)| self.number(hash, stem)).collect();
        numbers.retain(|&number| number >= self.telling_nothing);
        numbers.sort_unstable();
        numbers.dedup();
        for &number in &numbers {
            self.known[number].count += 1;
        }
        numbers
    }

    fn number(&mut self, hash: u64, stem: &str) -> usize {
        if self.places.len() <= self.known.len() * 2 {
            self.widen();
        }
        let at = self.place(hash, stem);
        if let Some(known) = self.places[at].checked_sub(1) {
            return known;
        }
        self.known.push(Stem { hash, text: stem.into(), count: 0 });
        self.places[at] = self.known.len();
        self.known.len() - 1
    }

    /// Where a stem stands among the places, or would.
    fn place(&self, hash: u64, stem: &str) -> usize {
        let last = self.places.len() - 1;
        let mut at = usize::try_from(hash >> 32).unwrap_or_default() & last;
        let is_other = |known: &Stem| known.hash != hash || *known.text != *stem;
        while self.places[at].checked_sub(1).is_some_and(|known| is_other(&self.known[known])) {
            at = (at + 1) & last;
        }
        at
    }

    fn widen(&mut self) {
        self.places = vec![0; (self.places.len() * 2).max(1024)];
        for known in 0..self.known.len() {
            let Stem { hash, text, .. } = &self.known[known];
            let at = self.place(*hash, text);
            self.places[at] = known + 1;
        }
    }

    /// How many statements hold the stem with this number.
    pub(super) fn count(&self, stem: usize) -> usize {
        self.known.get(stem).map_or(0, |stem| stem.count)
    }
}

/// Which rows of numbers hold each number: told once, and then asked by each of many others.
pub(super) struct Holders {
    /// The rows that hold a number, by it.
    of: Vec<Vec<usize>>,
    /// How many numbers each row shares with the one that asks.
    shared: Vec<u8>,
}

impl Holders {
    /// The holders of each number in `rows`.
    pub(super) fn of<'r>(rows: impl ExactSizeIterator<Item = &'r [usize]>) -> Self {
        let mut holders = Self { of: Vec::new(), shared: vec![0; rows.len()] };
        for (row, numbers) in rows.enumerate() {
            for &number in numbers {
                if holders.of.len() <= number {
                    holders.of.resize_with(number + 1, Vec::new);
                }
                holders.of[number].push(row);
            }
        }
        holders
    }

    /// For each row, how many of `numbers` it holds.
    pub(super) fn shared(&mut self, numbers: &[usize]) -> &[u8] {
        self.shared.fill(0);
        for &row in numbers.iter().filter_map(|&number| self.of.get(number)).flatten() {
            self.shared[row] = self.shared[row].saturating_add(1);
        }
        &self.shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stems_as_they_come() {
        let mut stems = Stems::without([(7, "sam")].into_iter());
        let of = |stems: &mut Stems, all: &[&'static str]| stems.numbered(all.iter().map(|stem| (7, *stem)));
        assert_eq!(of(&mut stems, &["read", "sam", "writ", "read"]), [1, 2]);
        assert_eq!(of(&mut stems, &["writ", "sam"]), [2]);
        assert_eq!([0, 1, 2, 3].map(|stem| stems.count(stem)), [0, 1, 2, 0]);
        let many: Vec<String> = (0..2000).map(|number| format!("stem{number}")).collect();
        for _ in 0..2 {
            let numbers = stems.numbered((0..).zip(&many).map(|(hash, stem)| (hash << 30, stem.as_str())));
            assert!(numbers.into_iter().eq(3..2003));
        }
    }

    #[test]
    fn counts_what_rows_share() {
        let rows: [&[usize]; 4] = [&[1, 2, 9], &[], &[2], &[1, 2]];
        let mut holders = Holders::of(rows.into_iter());
        assert_eq!(holders.shared(&[1, 2, 40]), [2, 0, 1, 2]);
        assert_eq!(holders.shared(&[]), [0, 0, 0, 0]);
    }
}
