//! Schema: the tables that an audit writes, column by column: names are promises.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// A whole number.
    Whole,
    /// True or false.
    Flag,
}

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds. Every column can be empty.
    pub kind: Kind,
    /// What it means.
    pub means: &'static str,
    /// It holds words of the plan, and stands there with `--with-text` alone.
    pub words: bool,
}

/// One table: a CSV and a Parquet file.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, and that of its files.
    pub name: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// Its columns, in order. `plans` has those of `--meta` after them, each with `meta_` before its name.
    pub columns: &'static [Column],
}

const fn text(name: &'static str, means: &'static str) -> Column {
    Column { name, kind: Kind::Text, means, words: false }
}

const fn whole(name: &'static str, means: &'static str) -> Column {
    Column { name, kind: Kind::Whole, means, words: false }
}

const fn flag(name: &'static str, means: &'static str) -> Column {
    Column { name, kind: Kind::Flag, means, words: false }
}

const fn words(name: &'static str, means: &'static str) -> Column {
    Column { name, kind: Kind::Text, means, words: true }
}

const PLAN: Column = text("plan", "id of the plan: the first 16 hex digits of the SHA-256 of its file");
const NUMBER: &str = "number of the statement in the plan, from one";

/// Every table, in the order in which it is written.
pub static TABLES: &[Table] = &[
    Table {
        name: "plans",
        row: "one file that was found, whatever became of it",
        columns: &[
            PLAN,
            text("path", "path of the file below the folder that was audited; empty with --no-paths"),
            text("outcome", "read, part (a part of it could not be read), unread, not-plan or not-document"),
            text("reason", "why it was not read: a word of the list in docs/audit.md"),
            whole("copy", "how many files with the same bytes came before this one"),
            whole("bytes", "size of the file"),
            text("format", "docx, pdf or text"),
            whole("pages", "pages, for PDF"),
            whole("words", "words in its sections"),
            text("stage", "draft, final, amended or unknown"),
            text("issued", "month of the date that it bears"),
            whole("age", "age of the child or young person when it was issued, in years"),
            whole("year_group", "national curriculum year when it was issued; Reception is 0"),
            text("setting", "mainstream, special, college or otherwise"),
            flag("anonymised", "it says that it is anonymised"),
            whole("gaps", "parts of the file that could not be read"),
            flag("names_placement", "Section I names an institution"),
            flag("types_placement", "Section I says a type of institution"),
            text("sections_missing", "letters of sections that could not be found"),
            text("sections_empty", "letters of sections with nothing, or next to nothing, in them"),
            whole("needs", "needs in Sections B, C and D"),
            whole("outcomes", "outcomes in Section E"),
            whole("provisions", "provisions in Sections F, G, H1 and H2"),
            whole("provisions_f", "provisions in Section F"),
            whole("quantified_f", "those of them that state everything that their sort must state"),
            whole("specified_f", "those of them with no vague, conditional, delegated or not-binding wording"),
            whole("both_f", "those of them that are specified and quantified"),
            whole("errors", "findings: the law requires it, and the plan does not show it"),
            whole("warnings", "findings: it cannot be relied on"),
            whole("advice", "findings: better practice"),
            whole("allowed", "findings that the settings allow; they are counted nowhere else"),
            whole("identifiers", "rows of the table identifiers"),
            text("template", "the template it was made with: plans of one template share most labels and headings"),
        ],
    },
    Table {
        name: "findings",
        row: "one finding",
        columns: &[
            PLAN,
            text("rule", "id of the rule; ehcp-lint explain RULE says what it means"),
            text("category", "its category; docs/labels.md says what each means"),
            text("severity", "error, warning or advice"),
            text("confidence", "high, medium or low"),
            text("section", "section; of one that is missing, its letter; empty for the whole plan"),
            whole("statement", NUMBER),
            whole("page", "page, for PDF"),
            text("missing", "what is not stated, in words of docs/labels.md"),
            flag("softened", "it is less grave here than its authority says (special schools)"),
            text(
                "fingerprint",
                "the same for the same finding in the same text; empty where it could give a value away",
            ),
            words("message", "what is wrong"),
            words("quote", "the words to look at"),
        ],
    },
    Table {
        name: "statements",
        row: "one need, outcome, provision or other statement",
        columns: &[
            PLAN,
            whole("statement", NUMBER),
            text("section", "section"),
            text("kind", "need, outcome, provision, placement, advice or other"),
            text("sort", "sort of provision: docs/labels.md"),
            text("area", "area of need"),
            whole("page", "page, for PDF"),
            whole("table", "table of the document, from one"),
            whole("row", "row of the table, from one"),
            whole("words", "how many words it has"),
            text("categories", "categories of the findings on it"),
            words("text", "its words"),
        ],
    },
    Table {
        name: "identifiers",
        row: "one thing that tells, or helps to tell, who the child is; never the value",
        columns: &[
            PLAN,
            text(
                "what",
                "name, birth-date, nhs-number, pupil-number, address, phone, email, or person (who wrote or changed the file)",
            ),
            text(
                "place",
                "body, header, footer, properties, comment, tracked-change, bookmark, file-name or folder-name",
            ),
            text("detail", "section, or the name of the property"),
            whole("page", "page, for PDF"),
            flag("valid", "its check digit is right, for the numbers that have one"),
            text("confidence", "high, medium or low"),
        ],
    },
    Table {
        name: "repeated",
        row: "one statement whose sentence stands, the same or nearly, in more than one plan",
        columns: &[
            text("sentence", "id of the sentence"),
            PLAN,
            whole("statement", NUMBER),
            text("section", "section"),
            text("kind", "need, outcome, provision or other"),
            text(
                "origin",
                "template: it stands in at least half of the plans of a template with five plans or more; copied: it does not",
            ),
            whole("plans", "in how many plans the sentence stands"),
            whole("wordings", "in how many wordings, the child's name and pronouns aside"),
        ],
    },
    Table {
        name: "templates",
        row: "one template",
        columns: &[
            text("template", "id of the template"),
            whole("plans", "plans that were made with it"),
            whole("headings", "labels and headings that it has"),
            text("first", "month of the earliest of them"),
            text("last", "month of the latest of them"),
        ],
    },
    Table {
        name: "strangers",
        row: "a name or number of one plan that stands in another",
        columns: &[
            PLAN,
            text("other", "id of the plan whose name or number it is"),
            whole("values", "how many different ones"),
        ],
    },
];

/// The table of this name.
pub(crate) fn table(name: &str) -> &'static Table {
    TABLES.iter().find(|table| table.name == name).unwrap_or(&TABLES[0])
}
