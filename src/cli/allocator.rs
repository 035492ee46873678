//! Allocator: how the one that `main.rs` names hands out memory in processes that have limits.

use std::process::Command;

/// By itself it would claim a gigabyte of addresses at once, which is all that such a process may have, keep those of every large piece
/// that was given back, and give back what is free after a few milliseconds, in which a plan is read and the next one begun.
const IN_LIMITS: [(&str, &str); 3] = [
    // KiB that are claimed at a time, and of the largest piece that is taken from those.
    ("MIMALLOC_ARENA_RESERVE", "65536"),
    ("MIMALLOC_ARENA_MAX_OBJECT_SIZE", "16384"),
    // Milliseconds.
    ("MIMALLOC_PURGE_DELAY", "1000"),
];

/// Tells the program that this command starts, which is this one, that its memory is limited.
pub(crate) fn in_limits(command: &mut Command) -> &mut Command {
    command.envs(IN_LIMITS)
}
