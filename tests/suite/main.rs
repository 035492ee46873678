//! Everything but the rules' own examples, in one binary: each further file in `tests/` would link the library again.

mod accuracy;
mod alone;
mod annotate;
mod architecture;
mod audit;
#[cfg(target_os = "linux")]
mod audit_terminal;
mod audit_trouble;
mod batches;
mod cli;
mod corpus;
mod docs;
mod headings;
mod html;
mod invariants;
mod layouts;
mod memory;
mod ocr;
mod other_programs;
mod outputs;
mod papers;
mod programs;
mod promises;
mod properties;
mod reading;
mod redaction;
mod refusals;
mod render;
mod sarif;
mod scoring;
mod second_reader;
mod settings;
mod statements;
mod twins;
