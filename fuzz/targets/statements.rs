//! The grammar of statements: text in the plain notation, to a plan, to findings, to every report.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| promises::of_notation(text));
