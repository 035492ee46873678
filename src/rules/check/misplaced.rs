//! What stands in one section and belongs in another.

use crate::plan::read::links::telling;
use crate::plan::read::subjects::words;
use crate::plan::{Letter, Plan, Statement, StatementKind};
use crate::rules::hit::{Confidence, Hit};
use crate::rules::named::{Named, covers};
use crate::rules::wording::Wording;
use crate::text::{Folded, Span, levelled, sentences};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Flags what is worded as belonging elsewhere, sentence by sentence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Misplaced {
    /// Where it is looked for.
    sections: Vec<Named<Letter>>,
    /// Kinds of statement that can bear it; all where none is given.
    #[serde(default)]
    kinds: Vec<Named<StatementKind>>,
    /// One of each list must be there.
    all: Vec<Wording>,
    /// None of these may be there.
    #[serde(default)]
    except: Wording,
    /// Silent where Section F holds one of these.
    #[serde(default)]
    unless_f: Wording,
    /// Silent where a statement of Section F shares so many telling words with it, or all of those in the words that
    /// were found; 0 does not ask.
    #[serde(default)]
    unless_shared: usize,
    /// Where it belongs, in plain words.
    belongs: String,
    /// What it is, in plain words.
    what: String,
}

/// The telling words of each statement of a section.
type Stems = Vec<BTreeSet<String>>;

impl Misplaced {
    pub(crate) const VALUES: &'static [&'static str] = &["belongs", "what"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        let statements = plan.statements().iter().enumerate();
        let chosen = statements.filter(|(_, s)| covers(&self.sections, &s.letter) && covers(&self.kinds, &s.kind));
        let in_f = OnceCell::new();
        let hits: Vec<Hit> = chosen.flat_map(|(index, statement)| self.judge(plan, &in_f, index, statement)).collect();
        if hits.is_empty() || self.stands_in_f(plan) { Vec::new() } else { hits }
    }

    fn judge(&self, plan: &Plan, in_f: &OnceCell<Stems>, index: usize, statement: &Statement) -> Vec<Hit> {
        let all_words = words(plan.document(), statement);
        if statement.parts.len() > 1 || statement.kind == StatementKind::Provision {
            // A row, or a whole item of provision, is read together.
            if !self.fits(&levelled(&all_words)) || self.shared(plan, in_f, &all_words) {
                return Vec::new();
            }
            let marks: Vec<Span> =
                statement.parts.iter().map(|part| part.span).filter(|span| !span.is_empty()).collect();
            let mut hit = self.hit(statement.span(), statement.letter).on(index);
            hit.marks = marks;
            return vec![hit];
        }
        let spans = statement.parts.iter().map(|part| part.span);
        let sentences = spans
            .flat_map(|span| sentences(plan.slice(span)).into_iter().map(move |sentence| sentence.shift(span.start)));
        sentences
            .filter(|&sentence| {
                self.fits(&plan.document().levelled(sentence)) && !self.shared(plan, in_f, plan.slice(sentence))
            })
            .map(|sentence| self.hit(sentence, statement.letter).on(index))
            .collect()
    }

    fn hit(&self, span: Span, letter: Letter) -> Hit {
        let hit = Hit::text(span, Some(letter)).with("belongs", self.belongs.as_str()).with("what", self.what.as_str());
        let hit = hit.sure(Confidence::Medium);
        // Where Section F would clear it, a part of F that was not read may do so.
        if self.unless_f.is_empty() && self.unless_shared == 0 { hit } else { hit.absent_from(Letter::F) }
    }

    fn fits(&self, words: &Folded) -> bool {
        self.all.iter().all(|wording| wording.is_in(words)) && !self.except.is_in(words)
    }

    fn stands_in_f(&self, plan: &Plan) -> bool {
        let in_f = plan.statements_of(Letter::F);
        !self.unless_f.is_empty()
            && in_f.map(|s| words(plan.document(), s)).any(|words| self.unless_f.is_in(&levelled(&words)))
    }

    /// Whether Section F speaks of the same things; what it speaks of is told when it is first asked for.
    fn shared(&self, plan: &Plan, in_f: &OnceCell<Stems>, words_here: &str) -> bool {
        if self.unless_shared == 0 {
            return false;
        }
        let here = telling(plan.profile(), words_here);
        let folded = levelled(words_here);
        let found = self.all.iter().flat_map(|wording| wording.find_all(&folded));
        let found: BTreeSet<String> = found.flat_map(|span| telling(plan.profile(), span.of(folded.text()))).collect();
        let told = |statement| telling(plan.profile(), &words(plan.document(), statement));
        in_f.get_or_init(|| plan.statements_of(Letter::F).map(told).collect()).iter().any(|there| {
            here.intersection(there).count() >= self.unless_shared || !found.is_empty() && found.is_subset(there)
        })
    }
}
