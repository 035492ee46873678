//! Many documents: a pool of processes that read them, one for each core, each document within limits of its own.
//!
//! The contract. Whoever has many documents makes a [`Pool`] and asks it one question for each; it gets the answers as they
//! come, or what became of the process that should have answered. A process of the pool is this program, started anew with
//! the same arguments; the command finds a [`Desk`] there, and answers question after question at it. Questions and answers
//! are [`Message`]s, whose fields mean what the command wants. A process that crashes, eats memory, takes too long or says
//! too much is ended and replaced: it costs the document that it was asked about, and no other.

mod desk;
mod message;
mod workers;

pub(crate) use desk::{Desk, SERVING, cores};
pub(crate) use message::{Fields, Message, path_of_bytes, path_to_bytes};
pub(crate) use workers::{Lost, Pool};
