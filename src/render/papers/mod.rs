//! Papers that people send: a letter to the council, a schedule of points, a working document. Pure: a report in, a file out.

mod edits;
mod letter;
mod letter_words;
mod measure;
mod paper;
mod person;
mod points;
mod schedule;
mod sheet;
mod word;
mod wording;
mod working_document;

pub use letter::{LetterChoice, letter};
pub use paper::{Paper, PaperError};
pub use person::Voice;
pub use schedule::{schedule_csv, schedule_workbook};
pub use working_document::working_document;
