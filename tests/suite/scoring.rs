//! How findings are matched to the truth about a plan: `corpus/score.py` in Rust, to the same figures.

use serde_json::Value;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The categories that are judged statement by statement; the others are about the whole plan.
pub(crate) const OF_STATEMENTS: &[&str] = &[
    "unquantified",
    "vague",
    "conditional",
    "delegated",
    "not-binding",
    "funding-instead",
    "outcome-not-smart",
    "outcome-is-provision",
];

/// Right and wrong answers of one category.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    /// In the truth, and found.
    pub(crate) hits: u32,
    /// Found, and not in the truth.
    pub(crate) false_alarms: u32,
    /// In the truth, and not found.
    pub(crate) misses: u32,
}

/// A count out of a count.
#[derive(Clone, Copy, Default)]
pub(crate) struct Share {
    /// How much of it.
    pub(crate) part: f64,
    /// Of how many.
    pub(crate) whole: f64,
}

/// The score of any number of files.
#[derive(Default)]
pub(crate) struct Score {
    /// Each category that is in the truth or was found.
    pub(crate) categories: BTreeMap<String, Tally>,
    /// Provision with nothing wrong with it that was flagged with something.
    pub(crate) sound_flagged: Share,
    /// Overlap of what is said to be missing with what is.
    pub(crate) missing: Share,
    /// Sections with words in them that were found.
    pub(crate) sections: Share,
    /// Stages that were told.
    pub(crate) stages: Share,
    /// What went wrong, a line each.
    pub(crate) errors: Vec<String>,
}

impl Tally {
    /// How many there are in the truth.
    pub(crate) fn gold(self) -> u32 {
        self.hits + self.misses
    }

    /// How much of what was found is right.
    pub(crate) fn precision(self) -> Option<f64> {
        ratio(self.hits, self.hits + self.false_alarms)
    }

    /// How much of the truth was found.
    pub(crate) fn recall(self) -> Option<f64> {
        ratio(self.hits, self.gold())
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> Option<f64> {
        ratio(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.false_alarms += other.false_alarms;
        self.misses += other.misses;
    }
}

impl Share {
    /// The share, unless it is one of nothing.
    pub(crate) fn value(self) -> Option<f64> {
        (self.whole > 0.0).then(|| self.part / self.whole)
    }

    /// One more case, of which `part` is in it.
    pub(crate) fn count(&mut self, part: f64) {
        self.part += part;
        self.whole += 1.0;
    }

    fn add(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

impl Score {
    /// Takes in the score of other files.
    pub(crate) fn add(&mut self, other: &Score) {
        for (category, tally) in &other.categories {
            self.categories.entry(category.clone()).or_default().add(*tally);
        }
        self.sound_flagged.add(other.sound_flagged);
        self.missing.add(other.missing);
        self.sections.add(other.sections);
        self.stages.add(other.stages);
        self.errors.extend(other.errors.iter().cloned());
    }

    /// F1 of all categories as if they were one.
    pub(crate) fn micro(&self) -> Option<f64> {
        let mut all = Tally::default();
        self.categories.values().for_each(|tally| all.add(*tally));
        all.f1()
    }

    /// The mean F1 of the categories that the truth names four times or more.
    pub(crate) fn macro_f1(&self) -> Option<f64> {
        let mut mean = Share::default();
        self.categories.values().filter(|tally| tally.gold() >= 4).filter_map(|t| t.f1()).for_each(|f1| mean.count(f1));
        mean.value()
    }

    fn tally(&mut self, category: &str) -> &mut Tally {
        self.categories.entry(category.to_owned()).or_default()
    }
}

fn ratio(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// The words of a text, in their order and as a bag.
struct Words {
    /// Joined by spaces, with one before and one behind.
    run: String,
    bag: Vec<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut bag = tokens(text);
        let run = format!(" {} ", bag.join(" "));
        bag.sort_unstable();
        Self { run, bag }
    }

    /// How many words the bags have in common.
    fn common(&self, other: &Self) -> u32 {
        let (mut mine, mut theirs) = (self.bag.iter().peekable(), other.bag.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                Ordering::Less => drop(mine.next()),
                Ordering::Greater => drop(theirs.next()),
                Ordering::Equal => {
                    common += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        common
    }

    /// The share of the shorter that lies in the longer: as a run of words, or else as a bag, for less.
    fn similar(&self, other: &Self) -> f64 {
        let (short, long) = if self.bag.len() <= other.bag.len() { (self, other) } else { (other, self) };
        let length = short.bag.len();
        if length == 0 {
            return 0.0;
        }
        if long.run.contains(&short.run) {
            return if length >= 3 { 1.0 } else { 0.5 };
        }
        let share = f64::from(short.common(long)) / f64::from(u32::try_from(length).unwrap_or(u32::MAX));
        share * if length >= 5 { 0.95 } else { 0.4 }
    }
}

/// The runs of letters and digits in a text, in small letters.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let apart = |c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit();
    text.split(apart).filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// A text of a JSON object; empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The list under a key of a JSON object; empty where there is none.
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn set<'v>(value: &'v Value, key: &str) -> BTreeSet<&'v str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

fn start(text: &str, length: usize) -> String {
    text.chars().take(length).map(|c| if c == '\n' { ' ' } else { c }).collect()
}

/// The score of one file: `checked` is the object that the JSON report has for it.
pub(crate) fn score(name: &str, gold: &Value, checked: &Value) -> Score {
    let mut score = Score::default();
    score.stages.count(f64::from(u8::from(checked["stage"] == gold["meta"]["stage"])));
    let found: BTreeSet<&str> =
        list(checked, "sections").iter().filter(|s| s["present"] != false).map(|s| text(s, "id")).collect();
    for (letter, words) in gold["sections"].as_object().into_iter().flatten() {
        if tokens(words.as_str().unwrap_or_default()).len() > 3 {
            score.sections.count(f64::from(u8::from(found.contains(letter.as_str()))));
        }
    }
    let (of_statements, of_the_plan): (Vec<&Value>, Vec<&Value>) =
        list(checked, "findings").iter().partition(|finding| OF_STATEMENTS.contains(&text(finding, "category")));
    score_statements(&mut score, name, list(gold, "statements"), &of_statements);
    score_plan(&mut score, name, list(gold, "document_findings"), &of_the_plan);
    score
}

fn score_statements(score: &mut Score, name: &str, statements: &[Value], findings: &[&Value]) {
    let words: Vec<Words> = statements.iter().map(|statement| Words::of(text(statement, "text"))).collect();
    let mut got: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); statements.len()];
    for finding in findings {
        let (category, section) = (text(finding, "category"), text(finding, "section"));
        let shown = Some(text(finding, "statement")).filter(|s| !s.is_empty()).unwrap_or(text(finding, "quote"));
        let shown_words = Words::of(shown);
        let mut best = (None, 0.6);
        for (index, statement) in statements.iter().enumerate() {
            let other = text(statement, "section");
            if section.is_empty() || other.is_empty() || section == other {
                let similar = shown_words.similar(&words[index]);
                if similar > best.1 {
                    best = (Some(index), similar);
                }
            }
        }
        let Some(index) = best.0 else {
            score.tally(category).false_alarms += 1;
            score.errors.push(format!("STRAY {category} {name} {section}: {}", start(shown, 200)));
            continue;
        };
        got[index].insert(category);
        let statement = &statements[index];
        if ["unquantified", "outcome-not-smart"].contains(&category) && set(statement, "labels").contains(category) {
            let (want, have) = (set(statement, "missing"), set(finding, "missing"));
            let either = want.union(&have).count();
            let both = want.intersection(&have).count();
            let [both, of] = [both, either].map(|n| f64::from(u32::try_from(n).unwrap_or(u32::MAX)));
            score.missing.count(if either == 0 { 1.0 } else { both / of });
            if both < of {
                let line = format!("MISSING {category} {name} {section}: {have:?} for {want:?}: {}", start(shown, 200));
                score.errors.push(line);
            }
        }
    }
    for (statement, got) in statements.iter().zip(&got) {
        let labels: BTreeSet<&str> =
            set(statement, "labels").into_iter().filter(|l| OF_STATEMENTS.contains(l)).collect();
        let place = format!("{name} {}: {}", text(statement, "section"), start(text(statement, "text"), 200));
        for &category in OF_STATEMENTS {
            match (labels.contains(category), got.contains(category)) {
                (true, true) => score.tally(category).hits += 1,
                (true, false) => {
                    score.tally(category).misses += 1;
                    score.errors.push(format!("MISS {category} {place}"));
                }
                (false, true) => {
                    score.tally(category).false_alarms += 1;
                    score.errors.push(format!("FALSE {category} {place}"));
                }
                (false, false) => {}
            }
        }
        if text(statement, "kind") == "provision" && labels.is_empty() {
            score.sound_flagged.count(f64::from(u8::from(!got.is_empty())));
        }
    }
}

fn score_plan(score: &mut Score, name: &str, truths: &[Value], findings: &[&Value]) {
    let words: Vec<Words> = truths.iter().map(|truth| Words::of(text(truth, "text"))).collect();
    let mut used = vec![false; truths.len()];
    for finding in findings {
        let (category, section) = (text(finding, "category"), text(finding, "section"));
        let shown = Words::of(&format!("{} {}", text(finding, "quote"), text(finding, "statement")));
        let accepts = |truth: &Value| {
            let accepted = list(truth, "sections_accepted");
            if accepted.is_empty() {
                text(truth, "section") == section
            } else {
                accepted.iter().any(|letter| letter.as_str() == Some(section))
            }
        };
        let (taken, free): (Vec<usize>, Vec<usize>) = (0..truths.len())
            .filter(|&index| text(&truths[index], "category") == category && accepts(&truths[index]))
            .partition(|&index| used[index]);
        // The first of the most similar.
        let best =
            free.into_iter().rev().max_by(|&a, &b| shown.similar(&words[a]).total_cmp(&shown.similar(&words[b])));
        if let Some(index) = best {
            used[index] = true;
            score.tally(category).hits += 1;
        } else if !taken.first().is_some_and(|&index| shown.similar(&words[index]) > 0.6) {
            // (A fact that is said twice is no false alarm.)
            score.tally(category).false_alarms += 1;
            let line =
                format!("FALSE {category} {name} {section}: {} | {}", text(finding, "message"), text(finding, "quote"));
            score.errors.push(start(&line, 300));
        }
    }
    for (truth, _) in truths.iter().zip(&used).filter(|(_, used)| !**used) {
        let category = text(truth, "category");
        score.tally(category).misses += 1;
        let line = format!("MISS {category} {name} {}: {}", text(truth, "section"), text(truth, "why"));
        score.errors.push(start(&line, 300));
    }
}

/// The best that length alone can do: everything at most or at least so many words long is flagged.
pub(crate) struct LengthOnly {
    /// Its F1, on the statements that the threshold was chosen on.
    pub(crate) f1: f64,
    /// The threshold in words.
    pub(crate) words: usize,
    /// Whether the shorter ones are flagged.
    pub(crate) shorter: bool,
}

impl LengthOnly {
    /// The best threshold for one category, over `statements` of the kind that can carry it.
    pub(crate) fn best(category: &str, statements: &[&Value]) -> Option<Self> {
        let kind = if category.starts_with("outcome") { "outcome" } else { "provision" };
        let of_kind = statements.iter().filter(|statement| text(statement, "kind") == kind);
        let cases: Vec<(usize, bool)> = of_kind
            .map(|statement| (tokens(text(statement, "text")).len(), set(statement, "labels").contains(category)))
            .collect();
        let thresholds: BTreeSet<usize> = cases.iter().map(|case| case.0).collect();
        let mut best: Option<Self> = None;
        for (words, shorter) in thresholds.into_iter().flat_map(|words| [(words, true), (words, false)]) {
            let mut tally = Tally::default();
            for &(length, gold) in &cases {
                match (gold, if shorter { length <= words } else { length >= words }) {
                    (true, true) => tally.hits += 1,
                    (true, false) => tally.misses += 1,
                    (false, true) => tally.false_alarms += 1,
                    (false, false) => {}
                }
            }
            let f1 = tally.f1().unwrap_or(0.0);
            if tally.gold() > 0 && best.as_ref().is_none_or(|best| f1 > best.f1) {
                best = Some(Self { f1, words, shorter });
            }
        }
        best
    }
}

#[test]
fn similar_is_what_score_py_says() {
    let check = |a: &str, b: &str, expected: f64| {
        let similar = Words::of(a).similar(&Words::of(b));
        assert!((similar - expected).abs() < 1e-9, "{a:?} and {b:?} are {similar}");
    };
    check("", "a child", 0.0);
    check("One, two three.", "zero one two three four", 1.0);
    check("two three", "One two three", 0.5);
    check("a a b", "a b c d", 0.4 * 2.0 / 3.0);
    check("e d c b a", "a b c d x e", 0.95);
}
