//! Everything but the rules' own examples, in one binary: each further file in `tests/` would link the library again.

mod architecture;
mod cli;
mod corpus;
mod headings;
mod properties;
mod render;
mod second_reader;
