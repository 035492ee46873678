//! Table: rows → CSV and Parquet. A row group of Parquet is gathered on disk, so that memory does not grow with the number of
//! plans.

use crate::audit::record::Record;
use crate::audit::rows::{self, Repeated, StrangerRow, TemplateRow, Value, categories};
use crate::audit::schema::{Column, Kind, TABLES, Table};
use crate::audit::stripes::Stripes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read, Seek, Write};
use std::sync::Arc;
use thiserror::Error;

/// Rows of a row group of Parquet: few groups, as each is remembered until the file is whole.
const GROUP: usize = 250_000;
/// Bytes of values that a column encodes before it writes a page, and that its dictionary may have.
const PAGE: usize = 128 << 10;

/// Why rows could not be written.
#[derive(Debug, Error)]
pub enum TableError {
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The CSV could not be written.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The Parquet could not be written.
    #[error(transparent)]
    Parquet(#[from] ParquetError),
}

impl TableError {
    /// What the system said, however it was passed on.
    pub fn io(&self) -> Option<&io::Error> {
        match self {
            Self::Io(error) => Some(error),
            Self::Csv(error) => match error.kind() {
                csv::ErrorKind::Io(error) => Some(error),
                _ => None,
            },
            Self::Parquet(ParquetError::External(error)) => error.downcast_ref(),
            Self::Parquet(_) => None,
        }
    }
}

/// Tables of what plans have in common; the others are of what is in each plan. The two can be written side by side.
const ACROSS: &[&str] = &["repeated", "templates", "strangers"];

/// Open tables of a run.
pub struct TableFiles<W: Write + Send, S> {
    open: BTreeMap<&'static str, Open<W, S>>,
    with_text: bool,
    no_paths: bool,
    /// A number as digits: one buffer for all of them.
    digits: String,
}

/// One table: two files.
struct Open<W: Write + Send, S> {
    kinds: Vec<Kind>,
    csv: csv::Writer<W>,
    parquet: SerializedFileWriter<W>,
    rows: Stripes<S>,
}

impl<W: Write + Send, S: Read + Write + Seek> TableFiles<W, S> {
    /// Opens every table: those of what is in each plan, and those of what plans have in common. `file` makes a file of this
    /// name, `aside` one to keep rows in meanwhile.
    pub fn open(
        with_text: bool,
        no_paths: bool,
        meta: &[String],
        mut file: impl FnMut(&str) -> io::Result<W>,
        mut aside: impl FnMut(&str) -> io::Result<S>,
    ) -> Result<(Self, Self), TableError> {
        let (mut of_each, mut of_all) = (BTreeMap::new(), BTreeMap::new());
        for table in TABLES {
            let columns = columns(table, with_text, meta);
            let csv = csv::Writer::from_writer(file(&format!("{}.csv", table.name))?);
            let parquet = file(&format!("{}.parquet", table.name))?;
            let rows = Stripes::new(columns.len(), aside(table.name)?);
            let open = if ACROSS.contains(&table.name) { &mut of_all } else { &mut of_each };
            open.insert(table.name, Open::new(table.name, &columns, (csv, parquet), rows)?);
        }
        let tables = |open| Self { open, with_text, no_paths, digits: String::new() };
        Ok((tables(of_each), tables(of_all)))
    }

    /// Adds the rows of one file: to `plans`, and for a plan to the tables of its parts.
    pub fn add(&mut self, record: &Record, copy: u64, template: &str, meta: &[String]) -> Result<(), TableError> {
        let on = categories(record);
        let plan = rows::plan(record, &on, copy, self.no_paths, template, meta);
        self.push("plans", [plan])?;
        if copy == 0 {
            self.push("findings", rows::findings(record, self.with_text))?;
            self.push("statements", rows::statements(record, &on, self.with_text))?;
            self.push("identifiers", rows::identifiers(record))?;
        }
        Ok(())
    }

    /// Adds rows of sentences that stand in many plans.
    pub fn add_repeated(&mut self, repeated: &Repeated<'_>) -> Result<(), TableError> {
        self.push("repeated", [repeated.row()])
    }

    /// Adds a template.
    pub fn add_template(&mut self, template: &TemplateRow) -> Result<(), TableError> {
        self.push("templates", [template.row()])
    }

    /// Adds a pair of plans.
    pub fn add_stranger(&mut self, stranger: &StrangerRow) -> Result<(), TableError> {
        self.push("strangers", [stranger.row()])
    }

    /// Writes what is held, and the ends of the files.
    pub fn close(self) -> Result<(), TableError> {
        for (_, mut table) in self.open {
            table.group()?;
            table.csv.flush()?;
            table.parquet.close()?;
        }
        Ok(())
    }

    fn push<'r>(&mut self, table: &str, rows: impl IntoIterator<Item = Vec<Value<'r>>>) -> Result<(), TableError> {
        let Some(open) = self.open.get_mut(table) else { return Ok(()) };
        for row in rows {
            row.iter().try_for_each(|value| shown(&mut open.csv, value, &mut self.digits))?;
            open.csv.write_record(None::<&[u8]>)?;
            open.rows.push(&row)?;
            if open.rows.len() >= GROUP {
                open.group()?;
            }
        }
        Ok(())
    }
}

/// The columns of a table as it is written in this run.
fn columns(table: &Table, with_text: bool, meta: &[String]) -> Vec<(String, Kind)> {
    let own = table.columns.iter().filter(|column| with_text || !column.words);
    let own = own.map(|&Column { name, kind, .. }| (name.to_owned(), kind));
    let meta = meta.iter().filter(|_| table.name == "plans").map(|name| (format!("meta_{name}"), Kind::Text));
    own.chain(meta).collect()
}

impl<W: Write + Send, S: Read + Write + Seek> Open<W, S> {
    fn new(
        name: &str,
        columns: &[(String, Kind)],
        (mut csv, parquet): (csv::Writer<W>, W),
        rows: Stripes<S>,
    ) -> Result<Self, TableError> {
        csv.write_record(columns.iter().map(|(name, _)| name))?;
        let fields = columns.iter().map(|(name, kind)| field(name, *kind)).collect::<Result<Vec<_>, _>>()?;
        let schema: TypePtr = Arc::new(Type::group_type_builder(name).with_fields(fields).build()?);
        let properties: WriterPropertiesPtr = Arc::new(
            WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_data_page_size_limit(PAGE)
                .set_dictionary_page_size_limit(PAGE)
                .set_statistics_enabled(EnabledStatistics::Chunk)
                .set_offset_index_disabled(true)
                .set_created_by(concat!("ehcp-lint ", env!("CARGO_PKG_VERSION")).to_owned())
                .build(),
        );
        let parquet = SerializedFileWriter::new(parquet, schema, properties)?;
        Ok(Self { kinds: columns.iter().map(|(_, kind)| *kind).collect(), csv, parquet, rows })
    }

    /// Writes the rows that are held as a row group.
    fn group(&mut self) -> Result<(), TableError> {
        if self.rows.len() == 0 {
            return Ok(());
        }
        let mut group = self.parquet.next_row_group()?;
        for (at, kind) in self.kinds.iter().enumerate() {
            let Some(mut column) = group.next_column()? else { break };
            self.rows.column(at, |values| {
                let levels: Vec<i16> = values.there.into_iter().map(i16::from).collect();
                let levels = Some(levels.as_slice());
                match kind {
                    Kind::Text => {
                        let texts: Vec<ByteArray> = values.texts.into_iter().map(ByteArray::from).collect();
                        column.typed::<ByteArrayType>().write_batch(&texts, levels, None)?
                    }
                    Kind::Whole => column.typed::<Int64Type>().write_batch(&values.wholes, levels, None)?,
                    Kind::Flag => column.typed::<BoolType>().write_batch(&values.flags, levels, None)?,
                };
                Ok::<(), TableError>(())
            })?;
            column.close()?;
        }
        group.close()?;
        Ok(self.rows.clear()?)
    }
}

fn field(name: &str, kind: Kind) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(name, physical).with_logical_type(logical);
    Ok(Arc::new(field.with_repetition(Repetition::OPTIONAL).build()?))
}

/// Writes a value as the next field of a CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it.
fn shown(csv: &mut csv::Writer<impl Write>, value: &Value<'_>, digits: &mut String) -> Result<(), csv::Error> {
    match value {
        Value::Empty => csv.write_field(""),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => csv.write_field(format!("'{text}")),
        Value::Text(text) => csv.write_field(text.as_bytes()),
        Value::Whole(number) => {
            digits.clear();
            let _ = write!(digits, "{number}");
            csv.write_field(digits)
        }
        Value::Flag(flag) => csv.write_field(if *flag { "true" } else { "false" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_gets_no_formula() {
        for (value, expected) in [
            (Value::from("=1+1"), "'=1+1"),
            (Value::from("@x"), "'@x"),
            (Value::from("a-b"), "a-b"),
            (Value::from(true), "true"),
            (Value::Whole(-3), "-3"),
            (Value::from("a,\"b\""), "\"a,\"\"b\"\"\""),
            (Value::Empty, ""),
        ] {
            let mut csv = csv::Writer::from_writer(Vec::new());
            let mut digits = "left over".to_owned();
            shown(&mut csv, &value, &mut digits).and_then(|()| csv.write_field("next")).expect("written");
            csv.write_record(None::<&[u8]>).expect("written");
            assert_eq!(csv.into_inner().expect("written"), format!("{expected},next\n").into_bytes());
        }
    }
}
