//! The words of a statement as one row of tokens: lead-in, cells, lead-out.

use crate::document::Document;
use crate::plan::read::facts::Judgement;
use crate::plan::vocabulary::TOLD_APART;
use crate::plan::{Role, Statement, StatementKind};
use crate::text::pattern::{Class, Grammar};
use crate::text::phrase::{LazyMatches, Phrase};
use crate::text::token::{Shape, Token, tokens_of};
use crate::text::{Memory, Span};
use std::fmt::{self, Write as _};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The tokens of a statement, in the document's coordinates, and which of them belong to which cell.
#[derive(Clone, Default)]
pub(crate) struct Wording {
    /// All tokens; a `|` stands between two pieces.
    pub(crate) tokens: Vec<Token>,
    /// The pieces, in order.
    pub(crate) pieces: Vec<Piece>,
    /// What was told of a statement with the same words, or with others that are alike, in the same pieces.
    pub(super) told: Option<Arc<Told>>,
}

/// What is told of the words of a statement, wherever they stand.
#[derive(Default)]
pub(super) struct Told {
    /// What they pin down.
    pub(super) judgement: OnceLock<Judgement>,
    /// Where patterns match in their tokens.
    matches: LazyMatches,
}

/// One piece of a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its tokens.
    pub(crate) range: Range<usize>,
    /// What it holds.
    pub(crate) place: PieceOf,
}

/// What a piece of a wording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceOf {
    /// The words before a list.
    LeadIn,
    /// A cell, or the whole of a sentence or item.
    Part(Role),
    /// The words after a list.
    LeadOut,
}

/// The wordings of a plan's statements, by their index; that of a statement nobody judges by its words is empty.
#[derive(Clone, Default)]
pub(crate) struct Wordings(Vec<Wording>);

impl Wordings {
    /// The wordings of `statements`.
    pub(crate) fn of(document: &Document, statements: &[Statement]) -> Self {
        let judged =
            |statement: &Statement| matches!(statement.kind, StatementKind::Provision | StatementKind::Outcome);
        let wording = |statement| if judged(statement) { Wording::of(document, statement) } else { Wording::default() };
        Self(statements.iter().map(wording).collect())
    }

    /// The wording of the statement with this index.
    pub(crate) fn of_statement(&self, index: usize) -> &Wording {
        static NONE: Wording = Wording { tokens: Vec::new(), pieces: Vec::new(), told: None };
        self.0.get(index).unwrap_or(&NONE)
    }
}

/// Without a word of the plan.
impl fmt::Debug for Wordings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Wordings({})", self.0.len())
    }
}

/// What follows "as above" in a cell.
fn added_to_above(document: &Document, cell: Span) -> Option<Span> {
    let text = document.slice(cell);
    let above = text.to_ascii_lowercase().find("above")?;
    let added = text.get(above + "above".len()..)?;
    let from = added.find(char::is_alphanumeric)?;
    Some(Span::new(above + "above".len() + from, text.len()).shift(cell.start))
}

impl Wording {
    /// The wording of `statement`. Empty cells leave an empty piece.
    pub(crate) fn of(document: &Document, statement: &Statement) -> Self {
        static TOLD: Memory<Told> = Memory::of_more(4);
        let mut wording = Wording::default();
        let mut words = statement.kind.as_str().to_owned();
        if let Some(span) = statement.lead_in {
            wording.push(document, span, PieceOf::LeadIn, &mut words);
        }
        for part in &statement.parts {
            let span = part.stands_for.unwrap_or(part.span);
            wording.push(document, span, PieceOf::Part(part.role), &mut words);
            // "As above, if staffing allows": what is added counts beside what stands above.
            if let Some(added) = part.stands_for.and_then(|_| added_to_above(document, part.span)) {
                wording.push(document, added, PieceOf::Part(part.role), &mut words);
            }
        }
        if let Some(span) = statement.lead_out {
            wording.push(document, span, PieceOf::LeadOut, &mut words);
        }
        wording.told = Some(TOLD.of(&words, Told::default));
        wording
    }

    /// Adds a piece, and to `words` what it is, and the look and the letters of each of its tokens: no two wordings that are
    /// told apart have the same.
    fn push(&mut self, document: &Document, span: Span, place: PieceOf, words: &mut String) {
        let _ = write!(words, "\n{place:?}");
        if !self.pieces.is_empty() {
            let at = Span::new(span.start, span.start);
            self.tokens.push(Token::mark("|", at));
        }
        let start = self.tokens.len();
        let tokens = tokens_of(document.slice(span), &document.levelled(span));
        for token in &tokens {
            // No token holds a line break.
            words.push('\n');
            words.push(char::from(b'0' + (token.shape as u8) * 2 + u8::from(token.capital)));
            words.push_str(TOLD_APART.letters(token));
        }
        self.tokens.extend(tokens.into_iter().map(|mut token| {
            token.span = token.span.shift(span.start);
            token
        }));
        self.pieces.push(Piece { range: start..self.tokens.len(), place });
    }

    /// Every match of `class`, as [`Grammar::find_all`] finds them in its tokens.
    pub(crate) fn find_all(&self, grammar: &Grammar, class: &Class) -> Vec<(usize, usize)> {
        grammar.find_all(class, self.phrase())
    }

    /// Its tokens, for many classes.
    pub(super) fn phrase(&self) -> Phrase<'_> {
        match &self.told {
            Some(told) => Phrase::of(&self.tokens, &told.matches),
            None => self.tokens.as_slice().into(),
        }
    }

    /// The piece in which token `at` lies.
    pub(crate) fn place(&self, at: usize) -> Option<PieceOf> {
        self.pieces.iter().find(|piece| piece.range.contains(&at)).map(|piece| piece.place)
    }

    /// The words from token `from` up to token `to`, in the document.
    pub(crate) fn span(&self, (from, to): (usize, usize)) -> Span {
        match (self.tokens.get(from), self.tokens.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Whether a piece has words in it: a lone dash has none, nor has "n/a".
    pub(crate) fn filled(&self, piece: &Piece) -> bool {
        let mut words = self.tokens[piece.range.clone()].iter().filter(|token| token.shape != Shape::Mark);
        match words.next().map(|token| token.text.as_str()) {
            None => false,
            Some("n") => words.next().is_none_or(|token| token.text != "a"),
            Some("tbc" | "tba" | "none" | "blank") => words.next().is_some(),
            Some(_) => true,
        }
    }
}
