//! Table: rows → CSV and Parquet. A row group of Parquet is gathered on disk, so that memory does not grow with the number of
//! plans.

use crate::audit::record::Record;
use crate::audit::rows::{self, Repeated, StrangerRow, TemplateRow, Value};
use crate::audit::schema::{Column, Kind, TABLES, Table};
use crate::audit::stripes::Stripes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::collections::BTreeMap;
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

/// The open tables of a run.
pub struct TableFiles<W: Write + Send, S> {
    open: BTreeMap<&'static str, Open<W, S>>,
    with_text: bool,
    no_paths: bool,
}

/// One table: two files.
struct Open<W: Write + Send, S> {
    kinds: Vec<Kind>,
    csv: csv::Writer<W>,
    parquet: SerializedFileWriter<W>,
    rows: Stripes<S>,
}

impl<W: Write + Send, S: Read + Write + Seek> TableFiles<W, S> {
    /// Opens every table; `file` makes a file of this name, `aside` one to keep rows in meanwhile.
    pub fn open(
        with_text: bool,
        no_paths: bool,
        meta: &[String],
        mut file: impl FnMut(&str) -> io::Result<W>,
        mut aside: impl FnMut(&str) -> io::Result<S>,
    ) -> Result<Self, TableError> {
        let mut open = BTreeMap::new();
        for table in TABLES {
            let columns = columns(table, with_text, meta);
            let csv = csv::Writer::from_writer(file(&format!("{}.csv", table.name))?);
            let parquet = file(&format!("{}.parquet", table.name))?;
            let rows = Stripes::new(columns.len(), aside(table.name)?);
            open.insert(table.name, Open::new(table.name, &columns, (csv, parquet), rows)?);
        }
        Ok(Self { open, with_text, no_paths })
    }

    /// Adds the rows of one file: to `plans`, and for a plan to the tables of its parts.
    pub fn add(&mut self, record: &Record, copy: u64, template: &str, meta: &[String]) -> Result<(), TableError> {
        let plan = rows::plan(record, copy, self.no_paths, template, meta);
        self.push("plans", &plan)?;
        if copy == 0 {
            self.push_all("findings", &rows::findings(record, self.with_text))?;
            self.push_all("statements", &rows::statements(record, self.with_text))?;
            self.push_all("identifiers", &rows::identifiers(record))?;
        }
        Ok(())
    }

    /// Adds rows of sentences that stand in many plans.
    pub fn add_repeated(&mut self, repeated: &Repeated) -> Result<(), TableError> {
        self.push("repeated", &repeated.row())
    }

    /// Adds a template.
    pub fn add_template(&mut self, template: &TemplateRow) -> Result<(), TableError> {
        self.push("templates", &template.row())
    }

    /// Adds a pair of plans.
    pub fn add_stranger(&mut self, stranger: &StrangerRow) -> Result<(), TableError> {
        self.push("strangers", &stranger.row())
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

    fn push_all(&mut self, table: &str, rows: &[Vec<Value>]) -> Result<(), TableError> {
        rows.iter().try_for_each(|row| self.push(table, row))
    }

    fn push(&mut self, table: &str, row: &[Value]) -> Result<(), TableError> {
        let Some(open) = self.open.get_mut(table) else { return Ok(()) };
        open.csv.write_record(row.iter().map(shown))?;
        open.rows.push(row)?;
        if open.rows.len() >= GROUP { open.group() } else { Ok(()) }
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
                let levels: Vec<i16> = values.iter().map(|value| i16::from(*value != Value::Empty)).collect();
                let levels = Some(levels.as_slice());
                match kind {
                    Kind::Text => {
                        let values: Vec<ByteArray> = values.into_iter().filter_map(as_text).collect();
                        column.typed::<ByteArrayType>().write_batch(&values, levels, None)?;
                    }
                    Kind::Whole => {
                        let whole = |value: &Value| if let Value::Whole(number) = value { Some(*number) } else { None };
                        let values: Vec<i64> = values.iter().filter_map(whole).collect();
                        column.typed::<Int64Type>().write_batch(&values, levels, None)?;
                    }
                    Kind::Flag => {
                        let flag = |value: &Value| if let Value::Flag(flag) = value { Some(*flag) } else { None };
                        let values: Vec<bool> = values.iter().filter_map(flag).collect();
                        column.typed::<BoolType>().write_batch(&values, levels, None)?;
                    }
                }
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

fn as_text(value: Value) -> Option<ByteArray> {
    if let Value::Text(text) = value { Some(ByteArray::from(text.into_bytes())) } else { None }
}

/// A value in a CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it.
fn shown(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
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
            (Value::Empty, ""),
        ] {
            assert_eq!(shown(&value), expected);
        }
    }
}
