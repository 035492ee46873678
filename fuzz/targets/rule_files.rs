//! Rule files: refused with a reason, or in force over a plan.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| promises::of_rule_file(text));
