//! Allocator: how the one that `main.rs` names hands out memory in processes that have limits.

use std::process::Command;

/// By itself it would claim a gigabyte of addresses at once, which is all that such a process may have, and give back what is free
/// after a few milliseconds, in which a plan is read and the next one begun. As numbers of KiB and of milliseconds.
const IN_LIMITS: [(&str, &str); 2] = [("MIMALLOC_ARENA_RESERVE", "65536"), ("MIMALLOC_PURGE_DELAY", "1000")];

/// Tells the program that this command starts, which is this one, that its memory is limited.
pub(crate) fn in_limits(command: &mut Command) -> &mut Command {
    command.envs(IN_LIMITS)
}
