//! Which provision answers which need and serves which outcome: by number, by row, by the field's own terms, by area.

use crate::document::Document;
use crate::plan::read::references::{named, own_numbers};
use crate::plan::read::shared::{Holders, Stems};
use crate::plan::read::subjects::{Subject, subject};
use crate::plan::read::thesaurus::{Concepts, Said, thesaurus};
use crate::plan::{Evidence, Link, Profile, Statement, StatementKind};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A plan holds dozens of needs and provisions, seldom hundreds. What goes beyond this many pairs is left unlinked,
/// so that a hostile file costs no more than a long one.
const MOST_PAIRS: usize = 400_000;

/// Words that may answer it, one row among many, one area: worth knowing, no answer.
const FAINT: u32 = 1;
/// Shared terms of the field.
const CLEAR: u32 = 2;
/// The plan itself says so.
const SAID: u32 = 3;

/// Links every need and outcome with the provision that seems to answer it, in reading order, one link a pair. `about` tells what
/// the statement with an index is about.
pub(crate) fn read(
    document: &Document,
    statements: &[Statement],
    profile: &Profile,
    about: impl Fn(usize) -> Arc<Subject>,
) -> Vec<Link> {
    let rows = row_needs(statements);
    let of_names = subject(&names_of(profile));
    let mut shared = Shared { document, about, stems: Stems::without(of_names.stems()), headings: BTreeMap::new() };
    let chosen = |wanted: fn(&Statement) -> bool| statements.iter().enumerate().filter(move |(_, s)| wanted(s));
    let mut from: Vec<Asking> = chosen(is_from).map(|(index, statement)| shared.asking(index, statement)).collect();
    let mut to: Vec<Answering> =
        chosen(is_answer).map(|(index, statement)| shared.answering(index, statement)).collect();
    forget_common_stems(&shared.stems, &mut from, &mut to);
    if from.len().saturating_mul(to.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut links = Vec::new();
    let mut holders = Holders::of(to.iter().map(|side| side.stems.as_slice()));
    for need in &from {
        let stems = holders.shared(&need.stems);
        for (provision, &stems) in to.iter().zip(stems) {
            if let Some((evidence, weight)) = evidence(need, provision, stems, &rows) {
                links.push(Link { from: need.index, to: provision.index, evidence, weight });
            }
        }
    }
    through_outcomes(&from, &mut links);
    links
}

/// The stems of words that tell what is spoken of, the child's names left out.
pub(crate) fn telling(profile: &Profile, words: &str) -> BTreeSet<String> {
    let (of_names, words) = (subject(&names_of(profile)), subject(words));
    let is_of_names = |stem: &str| of_names.stems().any(|(_, of_name)| of_name == stem);
    words.stems().filter(|(_, stem)| !is_of_names(stem)).map(|(_, stem)| stem.to_owned()).collect()
}

/// The child's names.
fn names_of(profile: &Profile) -> String {
    profile.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" \n ")
}

/// A need or an outcome, with all that a link can rest on.
struct Asking<'s> {
    index: usize,
    statement: &'s Statement,
    /// Of a need, what it states; of an outcome, what it answers.
    concepts: Concepts,
    /// Its stems by their numbers, in order.
    stems: Vec<usize>,
    /// Its own numbers ("2", "b1.3").
    numbers: BTreeSet<String>,
}

/// A provision, with all that a link can rest on.
struct Answering<'s> {
    index: usize,
    statement: &'s Statement,
    /// What it answers.
    concepts: Concepts,
    /// What it may answer besides.
    helps: Concepts,
    /// Its stems by their numbers, in order.
    stems: Vec<usize>,
    /// The numbers it names.
    named: Arc<BTreeSet<(char, String)>>,
}

/// A word of every tenth statement shows nothing: it is a name, or what the whole plan is about.
fn forget_common_stems(stems: &Stems, from: &mut [Asking], to: &mut [Answering]) {
    let most = 4.max((from.len() + to.len()) / 10);
    let all = from.iter_mut().map(|side| &mut side.stems).chain(to.iter_mut().map(|side| &mut side.stems));
    all.for_each(|of_side| of_side.retain(|&stem| stems.count(stem) <= most));
}

fn is_from(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Need | StatementKind::Outcome)
}

/// What stands in a section of provision can answer, even where it was taken for something else.
fn is_answer(statement: &Statement) -> bool {
    statement.letter.holds_provision() && !is_from(statement)
}

/// What the statements share.
struct Shared<'d, A> {
    document: &'d Document,
    about: A,
    stems: Stems,
    /// What headings say besides the names of areas of need, if anything.
    headings: BTreeMap<Span, Option<Arc<Subject>>>,
}

impl<A: Fn(usize) -> Arc<Subject>> Shared<'_, A> {
    fn asking<'s>(&mut self, index: usize, statement: &'s Statement) -> Asking<'s> {
        let about = (self.about)(index);
        let concepts = if statement.kind == StatementKind::Need {
            thesaurus().needs(about.reading())
        } else {
            self.said(&about, statement).answers()
        };
        Asking {
            index,
            statement,
            concepts: thesaurus().telling(concepts),
            stems: self.stems.numbered(about.stems()),
            numbers: own_numbers(self.document, statement),
        }
    }

    fn answering<'s>(&mut self, index: usize, statement: &'s Statement) -> Answering<'s> {
        let about = (self.about)(index);
        let said = self.said(&about, statement);
        Answering {
            index,
            statement,
            concepts: thesaurus().telling(said.answers()),
            helps: thesaurus().telling(said.helps()),
            stems: self.stems.numbered(about.stems()),
            named: named(self.document, statement),
        }
    }

    /// What the words of a statement and its heading say.
    fn said(&mut self, about: &Subject, statement: &Statement) -> Said {
        let span = statement.heading.unwrap_or_default();
        let heading = self.headings.entry(span).or_insert_with(|| {
            let bare = thesaurus().without_areas(self.document.slice(span));
            (!bare.trim().is_empty()).then(|| subject(&bare))
        });
        heading.as_ref().map_or_else(|| about.reading().said(), |heading| about.said_with(heading))
    }
}

/// The strongest evidence that `provision` answers or serves `need`, with which it shares so many stems.
fn evidence(
    need: &Asking,
    provision: &Answering,
    stems: u8,
    rows: &BTreeMap<(u32, u32), usize>,
) -> Option<(Evidence, u32)> {
    if named_by(need, provision) {
        return Some((Evidence::Reference, SAID));
    }
    let same_row = need.statement.row.is_some() && need.statement.row == provision.statement.row;
    // A row with one need states what answers it; a row with many is an area of need.
    if same_row && need.statement.row.is_some_and(|row| rows.get(&row) == Some(&1)) {
        return Some((Evidence::Row, SAID));
    }
    let telling = need.concepts.and(provision.concepts);
    if !telling.is_empty() {
        return Some((Evidence::Terms, CLEAR.saturating_add(telling.len() - 1)));
    }
    if stems > 1 {
        return Some((Evidence::Terms, CLEAR));
    }
    let near = need.statement.area.is_some() && need.statement.area == provision.statement.area;
    if need.concepts.meet(provision.helps) {
        return Some((Evidence::Terms, if near || same_row { CLEAR } else { FAINT }));
    }
    if same_row {
        return Some((Evidence::Row, FAINT));
    }
    near.then_some((Evidence::Area, FAINT))
}

/// Whether the provision names the number of the need or outcome.
fn named_by(need: &Asking, provision: &Answering) -> bool {
    if need.numbers.is_empty() || provision.named.is_empty() {
        return false;
    }
    let initial = need.statement.letter.as_str().to_ascii_lowercase().chars().next().unwrap_or(' ');
    need.numbers.iter().any(|number| provision.named.iter().any(|(of, named)| *of == initial && named == number))
}

/// A need whose outcome has provision of its own is answered through it.
fn through_outcomes(from: &[Asking], links: &mut Vec<Link>) {
    let outcomes = from.iter().filter(|side| side.statement.kind == StatementKind::Outcome);
    let mut found = Vec::new();
    for outcome in outcomes {
        let served = Link::of(links, outcome.index).iter().filter(|link| link.evidence == Evidence::Reference);
        let served: Vec<usize> = served.map(|link| link.to).collect();
        if served.is_empty() {
            continue;
        }
        let needs = from.iter().filter(|side| side.statement.kind == StatementKind::Need);
        for need in needs.filter(|need| need.concepts.meet(outcome.concepts)) {
            found.extend(served.iter().map(|&to| (need.index, to)));
        }
    }
    if found.is_empty() {
        return;
    }
    let mut more = Vec::new();
    for (from, to) in found {
        let link = Link { from, to, evidence: Evidence::Reference, weight: CLEAR };
        match links.binary_search_by_key(&(from, to), |link| (link.from, link.to)) {
            Ok(at) if links[at].weight < CLEAR => links[at] = link,
            Ok(_) => {}
            Err(_) => more.push(link),
        }
    }
    links.append(&mut more);
    links.sort_by_key(|link| (link.from, link.to));
    links.dedup_by_key(|link| (link.from, link.to));
}

/// How many needs each row holds.
fn row_needs(statements: &[Statement]) -> BTreeMap<(u32, u32), usize> {
    let mut rows = BTreeMap::new();
    for row in statements.iter().filter(|s| s.kind == StatementKind::Need).filter_map(|s| s.row) {
        *rows.entry(row).or_insert(0) += 1;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a provision with these words answers a need with those, wherever the two stand.
    fn check_answers(need: &str, provision: &str, expected: bool) {
        let text = format!(
            "# Section B: Special educational needs\n\n{need}\n\n# Section F: Special educational provision\n\n{provision}\n"
        );
        let plan = crate::plan::Plan::read(Document::from_notation(&text));
        let answered = plan.links().iter().any(|link| link.weight >= CLEAR);
        assert_eq!(answered, expected, "{need} {provision}");
    }

    #[test]
    fn links_needs_with_what_answers_them() {
        for (need, provision) in [
            (
                "Freya struggles to start conversations with her peers and often stands on the edge of games.",
                "Playground buddy scheme, daily at lunch, set up by the learning mentor.",
            ),
            (
                "Omar's handwriting is large and poorly formed and he tires after two lines.",
                "Laptop for all written work over five lines, in all lessons.",
            ),
            (
                "Omar has not yet learnt to tie his laces or fasten buttons.",
                "OT programme for dressing, 10 minutes daily with TA.",
            ),
            (
                "Leo has epilepsy, with absence seizures several times a day that mean he misses instructions.",
                "All staff who work with Leo will be trained in epilepsy by the specialist nurse each September.",
            ),
            (
                "Leo's attendance fell to 48% last year because of anxiety about school.",
                "A reintegration plan starting with two mornings a week, reviewed fortnightly by the SENCo.",
            ),
            (
                "Ben is non-verbal and communicates by leading adults to what he wants.",
                "PECS, phase 3, used by all staff throughout the day.",
            ),
            (
                "Sofia's spelling is at the level of a six-year-old.",
                "Precision teaching of ten words, five minutes daily with the TA.",
            ),
            (
                "Sofia has difficulties with number bonds, place value and telling the time.",
                "Maths intervention in a group of three, 20 minutes three times a week, HLTA.",
            ),
            (
                "He struggles to understand abstract concepts and to make inferences from text.",
                "Blank Level questioning used by all teachers in all lessons.",
            ),
            (
                "Amara finds it hard to manage her emotions and can be physically aggressive towards staff.",
                "De-escalation plan followed by all staff who work with Amara, whenever she is upset.",
            ),
            (
                "Amara has experienced significant loss and finds it difficult to trust adults.",
                "A consistent key adult for 15 minutes at the start and end of each day.",
            ),
            ("Tariq gets tired by the afternoon.", "A 15 minute rest after lunch every day in the medical room."),
            (
                "Noah is a wheelchair user and needs help with all transfers.",
                "Two adults trained in moving and handling for every transfer.",
            ),
            (
                "Noah is fed by gastrostomy.",
                "Staff trained in gastrostomy feeding by the community nurse will give his feeds at 10 and 1.",
            ),
            ("Isla has low self-esteem and gives up easily.", "Weekly mentoring, 30 minutes, with the pastoral lead."),
            ("Isla worries about getting things wrong.", "ELSA session, 40 minutes a week."),
            ("Kai stammers, particularly when reading aloud.", "No reading aloud without notice, all teachers."),
            (
                "Lily has selective mutism and does not speak to adults at school.",
                "Sliding-in programme with TA, 3 x 10 minutes a week.",
            ),
            (
                "Her speech sounds are immature and unfamiliar adults find her hard to understand.",
                "SaLT programme, 5 x 10 minutes weekly.",
            ),
            ("Aiden has a bilateral sensorineural hearing loss.", "Visits from the QToD, one hour each half term."),
            ("He has difficulties with phonological awareness.", "Sounds-Write, 30 minutes daily, group of three."),
            ("Ravi has difficulty with attention and listening.", "Attention Autism, 15 minutes daily."),
            ("Ravi's vocabulary is limited for his age.", "Word Aware pre-teaching, three words a week with TA."),
            ("Ravi finds it hard to recognise and name his feelings.", "Zones of Regulation, 20 minutes weekly."),
            (
                "Maya has hypermobility and pain in her hands.",
                "Rest breaks of five minutes every half hour and a writing slope.",
            ),
            (
                "Maya's vision is reduced and she cannot read print smaller than 24 point.",
                "All worksheets enlarged to A3 by the resources technician.",
            ),
            (
                "Josh cannot yet cook a simple meal or use a washing machine.",
                "Life skills lessons, two hours weekly at college.",
            ),
        ] {
            check_answers(need, provision, true);
        }
    }

    #[test]
    fn leaves_apart_what_has_nothing_in_common() {
        for (need, provision) in [
            ("He depends on adults to organise his equipment.", "Physiotherapy, termly."),
            ("Toby has auditory processing disorder.", "Physiotherapy, termly."),
            ("His ability to plan, start and finish a task is very weak.", "Physiotherapy, termly."),
            ("She has difficulty controlling her anger and lashes out.", "Maths tuition, two hours weekly."),
            ("Lola needs to be taught personal hygiene and to manage her periods.", "Phonics, daily."),
            ("He has not attended school since March 2024 because of acute anxiety.", "Physiotherapy, termly."),
            ("Ruby finds stairs and uneven ground difficult and falls.", "Phonics, daily."),
            ("He eats quickly and is at risk of choking.", "Phonics, daily."),
            ("She sleeps for four hours a night and finds it hard to stay awake.", "Handwriting practice, daily."),
            ("He has no friends and spends breaks alone.", "Phonics, daily."),
            ("His working memory is on the 2nd centile.", "Counselling, weekly."),
            ("Ana wears two hearing aids and misses what is said in group work.", "Handwriting practice, daily."),
            ("Ana does not know how to keep herself safe near roads.", "Handwriting practice, daily."),
            ("Ana's speech is unclear and only her family understand her.", "Handwriting practice, daily."),
            (
                "Ana has difficulty recording her ideas and her handwriting is illegible.",
                "Social skills group, weekly.",
            ),
            ("Ana is in nappies.", "Social skills group, weekly."),
            ("Kai stammers, particularly when speaking to new people.", "Reading pen in every English lesson."),
            (
                "Lily has selective mutism and does not speak to adults at school.",
                "Laptop for written work in all lessons.",
            ),
            (
                "Her speech sounds are immature and unfamiliar adults find her hard to understand.",
                "Phonics group of six, 20 minutes daily.",
            ),
            (
                "Aiden has a bilateral sensorineural hearing loss.",
                "Visual timetable in the classroom, referred to at the start of each session.",
            ),
            ("Aiden is incontinent of urine and wears pads.", "Physiotherapy programme, 15 minutes daily."),
            ("Aiden finds it hard to make and keep friends.", "Physiotherapy programme, 15 minutes daily."),
            ("Aiden cannot travel on public transport.", "Careers adviser, two meetings a year."),
            (
                "Aiden has difficulty with money and cannot tell the time.",
                "Social skills group of four, 30 minutes a week.",
            ),
            (
                "Aiden's diet is restricted to six foods and he will not eat in the dining hall.",
                "Laptop, in all lessons.",
            ),
            ("Aiden has sensory sensitivities to noise and touch.", "Reading intervention, 20 minutes daily."),
            (
                "Aiden is vulnerable online and has shared personal photographs.",
                "Handwriting practice, 10 minutes daily.",
            ),
            ("Aiden's balance is poor and he falls in PE.", "Counselling, 50 minutes weekly."),
            ("Aiden has low mood and has self-harmed.", "Reading intervention, 20 minutes daily."),
            (
                "Aiden has outbursts of anger in which he throws furniture.",
                "Speech and language therapy, 30 minutes weekly.",
            ),
            (
                "Aiden's memory for verbal information is weak.",
                "Counselling, 50 minutes weekly with a BACP counsellor.",
            ),
            ("Aiden has difficulty dressing and washing himself.", "Careers adviser, two meetings a year."),
            ("Fred has marked anxiety about school.", "Touch typing, 20 minutes weekly."),
            ("Fred has fine motor difficulties and cannot use scissors or cutlery.", "Phonics, 20 minutes daily."),
        ] {
            check_answers(need, provision, false);
        }
    }
}
