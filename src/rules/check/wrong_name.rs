//! Another child's name where this child's is expected, and pronouns that change.

use crate::plan::read::pairs::Field;
use crate::plan::{Letter, Passage, Plan, StatementKind};
use crate::rules::check::given_names::{NAMES, begins_of, words, words_that_begin};
use crate::rules::hit::{Confidence, Hit};
use crate::text::Regex;
use crate::text::{Memory, Searched, Span, own_pattern};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};

/// Flags one kind of mix-up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrongName {
    what: What,
}

/// Kinds of mix-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// Another name.
    Name,
    /// "He" where the plan says "she".
    Pronoun,
}

impl WrongName {
    pub(crate) const VALUES: &'static [&'static str] = &["name", "child", "usual"];

    pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
        match self.what {
            What::Name if plan.profile().anonymised.value().is_some() => {
                strangers(plan).into_iter().filter(|hit| is_of_another(plan, hit)).collect()
            }
            What::Name => strangers(plan),
            What::Pronoun => pronouns(plan),
        }
    }
}

/// Where a name of the child's is expected: sections that speak of the child, and of nobody else for long.
const ABOUT_THE_CHILD: &[Letter] =
    &[Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G, Letter::H1, Letter::H2, Letter::I];

/// Whether a stranger's name in an anonymised plan is another child's, and not this child's left in: the child is called
/// by the initial of a name, and this name has another. A and B, X and Y are nobody's initials.
pub(crate) fn is_of_another(plan: &Plan, hit: &Hit) -> bool {
    static LETTER: LazyLock<Regex> = LazyLock::new(|| own_pattern!(r"(?:^|\s)([A-Z])(?:[.\s(,]|$)"));
    let given =
        plan.pairs().iter().filter(|pair| matches!(pair.field, Field::Name | Field::FirstName | Field::KnownAs));
    let mut letters = given.filter_map(|pair| LETTER.captures(plan.slice(pair.value))?.get(1)?.as_str().chars().next());
    let name = hit.marks.first().and_then(|&mark| plan.slice(mark).chars().next());
    letters.next().zip(name).is_some_and(|(letter, initial)| !"ABCDXYZ".contains(letter) && letter != initial)
}

/// A hit on the first use of each name that is no name of the child's, nor of anybody the plan knows.
pub(crate) fn strangers(plan: &Plan) -> Vec<Hit> {
    let names = plan.profile().names.iter().map(|name| name.text.as_str());
    let anonymised = plan.profile().anonymised.value().is_some();
    let Some(child) = names.min_by_key(|name| name.split(' ').count()).or(anonymised.then_some("the child")) else {
        return Vec::new();
    };
    let own = |name: &str| {
        let mut parts = plan.profile().names.iter().flat_map(|own| own.text.split([' ', '-', '\u{2011}']));
        plan.profile().is_name(name) || parts.any(|part| part.eq_ignore_ascii_case(name))
    };
    let passages = plan.passages().iter().filter(|passage| ABOUT_THE_CHILD.contains(&passage.section));
    let found: Vec<_> = passages
        .flat_map(|passage| {
            let found = candidates(plan.slice(passage.span), own);
            found.into_iter().map(move |(span, sure)| (passage, span, sure))
        })
        .collect();
    let name = |passage: &Passage, span: Span| span.of(plan.slice(passage.span));
    let known = known(plan, &found.iter().map(|&(passage, span, _)| name(passage, span)).collect());
    let mut seen = BTreeSet::new();
    let mut hits = Vec::new();
    for (passage, span, sure) in found {
        let name = name(passage, span);
        if !known.contains(name) && seen.insert(name) {
            let hit = Hit::text(span.shift(passage.span.start), Some(passage.section)).on(passage.statement);
            hits.push(hit.with("name", name).with("child", child).sure(sure));
        }
    }
    hits
}

/// A word that is written as a name is and, if it is no given name, opens a sentence.
struct Written {
    span: Span,
    /// Whether it is a given name, and no other word; else a person's verb follows.
    plain: bool,
    /// The words beside it.
    previous: Option<Span>,
    next: Option<Span>,
    /// Whether it stands where a child's name would; told when it is first asked.
    stands: OnceLock<bool>,
}

/// Words that stand where a name of a child would and are not this child's `own`, with how surely they are one.
fn candidates(text: &str, own: impl Fn(&str) -> bool) -> Vec<(Span, Confidence)> {
    static WRITTEN: Memory<Vec<Written>> = Memory::new();
    let written = WRITTEN.of(text, || written_as_names(text));
    let others = written.iter().filter(|written| !own(written.span.of(text)));
    let standing = others.filter(|written| *written.stands.get_or_init(|| stands(text, written)));
    standing.map(|one| (one.span, if one.plain { Confidence::High } else { Confidence::Medium })).collect()
}

fn written_as_names(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut words = words(text).peekable();
    let mut last = None;
    while let Some((span, word)) = words.next() {
        let previous = last.replace(span);
        if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
            continue;
        }
        let mut characters = word.chars();
        let is_name_shaped = characters.next().is_some_and(char::is_uppercase)
            && characters.next().is_some_and(char::is_lowercase)
            && characters.all(|c| c.is_alphabetic() && c.is_lowercase() || c == '-');
        if !is_name_shaped {
            continue;
        }
        let plain = NAMES.plain.contains(word);
        // A name of no list, or one that is also a word, needs a verb that only a person has.
        let is_person = || does_what_people_do(text.get(span.end..).unwrap_or(""));
        if plain || opens(text, span) && is_person() && (NAMES.doubtful.contains(word) || !is_ordinary(word)) {
            let next = words.peek().map(|&(span, _)| span);
            found.push(Written { span, plain, previous, next, stands: OnceLock::new() });
        }
    }
    found
}

/// Whether the words after a name say what only a person does: enough even for a name that no list has.
fn does_what_people_do(after: &str) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"^ (?:also |often |still |always |currently )?(?:finds it|finds|struggles|enjoys|likes|feels|wants|becomes (?:anxious|upset|angry|tired|distressed|frustrated)",
            r"|will be able to|is able to|is unable to|needs (?:help|support|to [a-z]+ |an adult|adult|time)|has difficult(?:y|ies)|does not (?:like|yet|understand|always)|cannot (?:yet|always)|will be (?:given|helped|supported|encouraged|taught) [^.]*\b(?:his|her|he|she|him|they|their))(?:[ .,;]|$)"
        ))
    });
    PERSON.is_match(after)
}

/// Whether nothing of its sentence stands before a word.
fn opens(text: &str, word: Span) -> bool {
    let before = text.get(..word.start).unwrap_or("").trim_end();
    before.is_empty() || before.ends_with([':', ';', '\u{2022}'])
}

/// Whether the words before a name lead up to a child's: something is done with the child.
fn is_led_up_to(before: &str) -> bool {
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?i)\b(?:support|help|enabl|allow|encourag|teach|prompt|remind|for|giv|ask|show|tell|guid|prais|greet|beside|seat|collect|accompany|escort|lett?|sitt?|find|meet|fetch|walk|join|settl|chang|feed)(?:e|s|es|ing|ed)? $"
        )
    });
    OBJECT.is_match(before)
}

/// Whether a word stands where a child's name would, and is nobody's whom the words around it tell.
fn stands(text: &str, written: &Written) -> bool {
    /// What a child does or is, straight after the name.
    static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"^(?:['\x{2019}]s? [a-z]| (?:also |then |often |now |still |always |currently |usually |sometimes )?",
            r"(?:will|is|has|needs?|can|cannot|can['\x{2019}]t|could|should|may|might|must|requires?|finds|struggles|would|enjoys|likes|does|was|uses|shows|wants|becomes|gets|feels|knows|reads|writes|works|responds|understands|presents|relies|tends|had|attends|benefits|and (?:his|her|their)|to [a-z]+",
            r"|picks|chooses|takes|goes|sits|stays|leaves|arrives|joins|plays|eats|drinks|walks|talks|speaks|says|asks|answers|listens|looks|holds|carries|comes|starts|finishes|completes|copies|types|draws|counts|spells|learns|practises|tries|puts|wears|moves|sleeps|rests|travels|swims|follows|points|hides|refuses|avoids|prefers|loves|hates|lives|went|took|chose|said)\b)"
        ))
    });
    /// What is a child's, wherever it stands…
    static POSSESSIVE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"^['\x{2019}]s (?:own )?(?:progress|needs?|targets?|learning|outcomes?|views|parents|mother|mum|family|attention|anxiety|speech|language|understanding|attendance|behaviour|timetable|workstation|one-page|plan|ehcp|strengths|difficult(?:y|ies)|skills)\b"
        )
    });
    /// …or who does something.
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(r"(?:\b(?:[Tt]hat|[Ww]hen|[Ii]f|[Ww]here|which|whom|because|until|as|while|and|so|but)|,) $")
    });
    let span = written.span;
    let (before, after) = (text.get(..span.start).unwrap_or(""), text.get(span.end..).unwrap_or(""));
    let stands = if written.plain {
        let subject = SUBJECT.is_match(after);
        let parted = after.is_empty() || after.starts_with([' ', '.', ',', '\'', '\u{2019}', ';']);
        opens(text, span) && subject
            || parted && is_led_up_to(before)
            || POSSESSIVE.is_match(after)
            || subject && CLAUSE.is_match(before)
    } else {
        true
    };
    let word = |span: Option<Span>| span.map(|span| span.of(text));
    stands && !is_somebody_known(before, after, word(written.previous), word(written.next))
}

/// Whether the words around a name say who it is: a title, a surname, a role, a relation, a place.
fn is_somebody_known(before: &str, after: &str, previous: Option<&str>, next: Option<&str>) -> bool {
    static ROLE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"(?i)\b(?:mr|mrs|ms|miss|dr|prof|sir|lady|lord|st|saint|aunt(?:ie|y)?|uncle|nan|nana|gran(?:dma|dad|ny)?|mum|dad|mother|father|parents?|brothers?|sisters?|siblings?|twin|cousins?|friends?|peers?|neighbour|partner|",
            r"worker|teacher|tutor|assistant|ta|lsa|hlta|senco|therapist|salt|ot|physio(?:therapist)?|psychologist|ep|nurse|doctor|adviser|advisor|coach|coordinator|practitioner|carers?|mentor|key (?:adult|person)|elsa|head|governor|",
            r"called|named|dog|cat|pony|horse|rabbit|hamster|guinea pig|pet|puppy|kitten|teddy|character|book|story|film|programme|program|team|class|house|ward|centre|clinic|the)[,.:]? (?:and )?\(?$"
        ))
    });
    static ROLE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"(?i)^(?:,? \(?(?:the |his |her |their |a |an )?(?:\w+ ){0,2}(?:mum|dad|mother|father|brother|sister|twin|cousin|friend|uncle|aunt|nan|gran\w*|worker|teacher|tutor|assistant|ta|lsa|hlta|senco|therapist|psychologist|nurse|doctor|adviser|coach|practitioner|carer|mentor|key (?:adult|person)|elsa|dog|cat|pony|pet|rabbit)\b",
            r"|, (?:the|a|an|his|her|their|our) (?:[\w'\x{2019}]+ ){0,2}(?:librarian|caretaker|cook|driver|escort|dog|cat|pony|pet|rabbit|hamster|gerbil|guinea pig|horse|donkey|puppy|tortoise|parrot|lamb|puppet|bear|teddy|doll|character|author|film|musical|head\w*|receptionist|governor|volunteer|instructor|manager|officer|supervisor|neighbour|step\w+|half-\w+)\b| from (?:the )?(?-i:[A-Z])| (?:at|in) the (?-i:[A-Z])|['\x{2019}]s (?:primary|school|academy|hospital|college|nursery|church|centre|house|clinic|trust|syndrome|law|ark|approach|programme|scheme|method)\b| (?:and|or|&) [A-Z])"
        ))
    });
    let capital = |word: Option<&str>| word.is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase));
    let touches = |text: &str, at_end: bool| {
        let c = if at_end { text.chars().next_back() } else { text.chars().next() };
        c.is_some_and(|c| matches!(c, ' ' | '-' | '\u{2019}' | '\''))
    };
    let surname = capital(next) && after.starts_with(' ') && after.chars().nth(1).is_some_and(char::is_uppercase);
    let part_of_name = capital(previous)
        && touches(before, true)
        && !before.trim_end().ends_with(['.', '!', '?', ':', ';', '|'])
        && !is_led_up_to(before)
        && previous.is_some_and(|previous| {
            !matches!(previous, "When" | "If" | "To" | "With" | "As" | "Because" | "That" | "While" | "Where" | "Until")
        });
    surname || part_of_name || ROLE_BEFORE.is_match(before) || ROLE_AFTER.is_match(after) && !is_time(after)
}

/// "From Monday to Friday", "in the Autumn term": a capital that is no place.
fn is_time(after: &str) -> bool {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"(?i)^ (?:from|at|in) (?:the )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|autumn|spring|summer|easter|christmas|year|key stage)\b"
        )
    });
    TIME.is_match(after)
}

/// Words that open sentences of plans and are no names.
fn is_ordinary(word: &str) -> bool {
    const ORDINARY: &[&str] = &[
        "he",
        "she",
        "they",
        "it",
        "who",
        "everyone",
        "everybody",
        "nobody",
        "staff",
        "school",
        "college",
        "nursery",
        "mum",
        "dad",
        "mother",
        "father",
        "parents",
        "family",
        "child",
        "pupil",
        "student",
        "learner",
        "parent",
        "carer",
        "class",
        "teacher",
        "this",
        "that",
        "one",
        "each",
        "which",
        "what",
        "there",
        "someone",
        "nothing",
        "everything",
        "somebody",
        "anyone",
        "young",
        "person",
        "people",
        "adults",
        "adult",
        "peers",
        "friends",
        "children",
        "pupils",
        "students",
        "support",
        "provision",
        "learning",
        "writing",
        "reading",
        "attention",
        "behaviour",
        "language",
        "speech",
        "makaton",
        "also",
        "and",
        "but",
        "often",
    ];
    let lower = word.to_lowercase();
    ORDINARY.contains(&lower.as_str()) || lower.ends_with("ing") || lower.ends_with("tion") || lower.ends_with("ment")
}

/// Those of `names` that stand on the cover, in Section A or in Section K, in the furniture, or beside a title or a role
/// anywhere: people, schools, pets and characters that the plan knows.
fn known<'p>(plan: &'p Plan, names: &BTreeSet<&str>) -> BTreeSet<&'p str> {
    let document = plan.document();
    let mut known = BTreeSet::new();
    if names.is_empty() {
        return known;
    }
    let claimed: BTreeSet<usize> = plan
        .fragments()
        .iter()
        .filter(|f| f.letters.iter().any(|letter| !matches!(letter, Letter::A | Letter::K)))
        .flat_map(|f| f.headings.iter().chain(&f.blocks))
        .copied()
        .collect();
    let begins = begins_of(names);
    let spoken_of = |text: &'p str| words_that_begin(text, &begins).filter(|word| names.contains(word));
    for (index, block) in document.blocks().iter().enumerate() {
        let text = document.slice(block.span);
        if !claimed.contains(&index) {
            known.extend(spoken_of(text));
            continue;
        }
        if spoken_of(text).next().is_none() {
            continue;
        }
        let mut previous = None;
        let mut words = words(text).peekable();
        while let Some((span, word)) = words.next() {
            let before = previous.replace(word);
            if names.contains(word) && !known.contains(word) {
                let (lead, after) = (text.get(..span.start).unwrap_or(""), text.get(span.end..).unwrap_or(""));
                if is_somebody_known(lead, after, before, words.peek().map(|&(_, next)| next)) {
                    known.insert(word);
                }
            }
        }
    }
    for furniture in document.furniture() {
        known.extend(spoken_of(document.slice(furniture.span)));
    }
    known
}

/// The two genders of pronouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gender {
    He,
    She,
}

/// A hit in each section on the first pronoun that is not the plan's usual one for the child.
fn pronouns(plan: &Plan) -> Vec<Hit> {
    let mut used: Vec<(Gender, Span, &Passage)> = Vec::new();
    let mut last: Option<&Passage> = None;
    for passage in plan.passages() {
        let before = last.replace(passage);
        let follows = before.filter(|last| last.statement == passage.statement && last.span.end <= passage.span.start);
        if !ABOUT_THE_CHILD.contains(&passage.section) || passage.section == Letter::I {
            continue;
        }
        used.extend(of_the_child(plan, passage, follows).map(|(gender, span)| (gender, span, passage)));
    }
    let count = |wanted: Gender| used.iter().filter(|(gender, ..)| *gender == wanted).count();
    let (he, she) = (count(Gender::He), count(Gender::She));
    let (rare, few, many, usual) = if he < she { (Gender::He, he, she, "she") } else { (Gender::She, she, he, "he") };
    if few == 0 || many < 3 || few * 2 >= many {
        return Vec::new();
    }
    let mut hits: BTreeMap<Letter, Hit> = BTreeMap::new();
    for (_, span, passage) in used.iter().filter(|(gender, ..)| *gender == rare) {
        let hit = Hit::text(*span, Some(passage.section)).on(passage.statement);
        hits.entry(passage.section).or_insert(hit.with("usual", usual).with("name", plan.slice(*span)));
    }
    hits.into_values().collect()
}

/// The first pronoun of a sentence that can only be the child's: after the child's name, or as the first word where the
/// sentence before it brings in nobody else.
fn of_the_child(plan: &Plan, passage: &Passage, follows: Option<&Passage>) -> Option<(Gender, Span)> {
    static PRONOUN: LazyLock<Regex> =
        LazyLock::new(|| own_pattern!(r"\b(?:he|him|his|himself|she|her|hers|herself)\b"));
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"^(?:to )?(?:allow|ask|check|encourage|ensure|give|guide|help|keep|let|make sure|meet|move|offer|praise|prepare|prompt|provide|read|remind|reward|seat|send|show|sit|support|take|talk|teach|tell|use|walk|warn)",
            r" (?:that |to |with |by |beside |next to )?(?:him|his|her|he|she)\b"
        ))
    });
    /// "Signs modelled to him": done for whom the row is about.
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(
            r"\b(?:modelled|shown|read|given|offered|explained|repeated|spoken|signed|handed|sung|described|taught|available) (?:aloud |out |back )?to (?:him|her)\b"
        )
    });
    let folded = &passage.folded;
    let text = folded.text();
    let found = PRONOUN.find(folded)?;
    let before = text.get(..found.start())?;
    let opens = before.trim_matches([' ', '"', '\'', '-']).is_empty();
    // "Show him the plan": whoever is told to do it in a cell or item of provision, it is done for the child.
    let told =
        || passage.first && passage.kind == StatementKind::Provision && (TOLD.is_match(text) || DONE.is_match(text));
    let original = folded.original(Span::from(found.range()));
    let lead = plan.slice(passage.span).get(..original.start).unwrap_or("");
    let named = || words(lead).any(|(_, word)| plan.profile().is_name(word.trim_end_matches("'s")));
    let clear_before = || follows.is_none_or(|before| !brings_another(plan, &plan.document().told(before.span)));
    // No name and nobody else can stand before a pronoun that opens the sentence.
    let of_the_child =
        if opens { clear_before() || told() } else { (named() || told()) && !brings_another(plan, lead) };
    if !of_the_child {
        return None;
    }
    let gender =
        if found.as_str().starts_with('h') && !found.as_str().starts_with("her") { Gender::He } else { Gender::She };
    Some((gender, original.shift(passage.span.start)))
}

/// Whether the words bring in somebody else for whom "he" or "she" could stand.
fn brings_another<'t>(plan: &Plan, said: impl Searched<'t>) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        own_pattern!(concat!(
            r"(?i)\b(?:mother|mum|mummy|dad|daddy|father|parents?|nan|nana|gran\w*|sister|brother|sibling|twin|aunt\w*|uncle|cousin|step\w+|",
            r"teacher|tutor|assistant|ta|lsa|hlta|senco|sendco|therapist|salt|slt|ot|physio\w*|psychologist|ep|nurse|doctor|gp|paediatrician|consultant|adviser|advisor|officer|coach|coordinator|practitioner|carers?|mentor|person|adult|elsa|head|leader|specialist|trainer|technician|instructor|worker|counsellor|optometrist|audiologist|teacher of|qtvi|tod|governor|",
            r"friend|peer|partner|buddy|pupil|student|child|girl|boy|woman|man|lady|somebody|someone|one|mr|mrs|ms|miss|dr|who|another|other|dog|cat|doll|character|member|supervisor|manager|driver|escort|principal|lecturer|professional|volunteer|clinician|examiner|invigilator|scribe|interpreter|employer|colleague|sitter|psychiatrist|dietitian|orthoptist|keyworker|mdsa)s?\b|\b(?:his|him|he) ?(?:or|/) ?(?:her|she)\b"
        ))
    });
    PERSON.is_match(said)
        || words(said.words()).any(|(_, word)| {
            word.starts_with(char::is_uppercase) && NAMES.plain.contains(word) && !plan.profile().is_name(word)
        })
}
