//! Whether an outcome is specific, measurable, time-bound, and the child's own.

use crate::plan::fact::Judged;
use crate::plan::lexicon::Lexicon;
use crate::plan::read::facts::wording::{PieceOf, Wording};
use crate::plan::{Need, Role};

/// What an outcome lacks, and whether it describes what others will do.
pub(super) fn judge(lexicon: &Lexicon, wording: &Wording) -> Judged {
    let grammar = &lexicon.grammar;
    let patterns = &lexicon.outcomes;
    let in_part = |at: usize, wanted: &dyn Fn(Role) -> bool| {
        matches!(wording.place(at), Some(PieceOf::Part(role)) if wanted(role))
            || wording.place(at) == Some(PieceOf::LeadIn)
    };
    let find = |class, wanted: &dyn Fn(Role) -> bool| -> Vec<(usize, usize)> {
        grammar.find_all(class, &wording.tokens).into_iter().filter(|&(at, _)| in_part(at, wanted)).collect()
    };
    let words = |role: Role| matches!(role, Role::What | Role::Other);
    let dated = |role: Role| matches!(role, Role::What | Role::Other | Role::Date | Role::Measure);
    let outside = |found: Vec<(usize, usize)>, covers: &[(usize, usize)]| {
        found.into_iter().any(|(from, to)| !covers.iter().any(|&(a, b)| a < to && from < b))
    };
    let timed = find(&patterns.timed, &dated);
    let not_provision = find(&patterns.not_provision, &words);
    let provision = find(&patterns.provision, &words)
        .into_iter()
        .find(|&(from, to)| !not_provision.iter().any(|&(a, b)| a < to && from < b));
    let unspecific = find(&patterns.unspecific, &words);
    let mut covers = timed.clone();
    let measured = outside(find(&patterns.measured, &words), &covers);
    covers.extend(&unspecific);
    let act = outside(find(&patterns.act, &words), &covers) && provision.is_none();
    let mut missing = Vec::new();
    if !unspecific.is_empty() && !act && !measured && provision.is_none() {
        missing.push(Need::Specific);
    }
    if !measured && !act {
        missing.push(Need::Measurable);
    }
    if timed.is_empty() {
        missing.push(Need::TimeBound);
    }
    Judged { missing, provision: provision.map(|at| wording.span(at)) }
}
