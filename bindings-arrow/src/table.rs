//! A frame that came in: its columns by name, its rows batch by batch.

use std::sync::Arc;

use sitthi::survey::{Column, ColumnType};

use crate::abi::{Array, Schema, Stream};
use crate::{ArrowError, MOST_COLUMNS, MOST_ROWS, check, read, refuse};

/// A frame whose columns are known. Its rows are taken when they are needed, so that what gives them only once still has them where columns do not fit.
pub struct Source {
    /// The names of the columns.
    pub names: Vec<String>,
    /// The names of the columns that are the index of the rows in pandas.
    pub index: Vec<String>,
    schema: Schema,
    rows: Rows,
}

enum Rows {
    Stream(Stream),
    Batch(Array),
}

impl Source {
    /// Opens a stream; the structure behind the pointer is marked as taken.
    ///
    /// # Safety
    /// The pointer is that of a capsule named `arrow_array_stream`, or of a structure that keeps to the interface.
    ///
    /// # Errors
    /// A stream that was taken already or fails, and a schema that is no frame's.
    pub unsafe fn from_stream(pointer: *mut Stream) -> Result<Self, ArrowError> {
        // SAFETY: the caller's promise; reading the structure and marking it moves it.
        let mut stream = unsafe {
            let taken = pointer.read();
            (*pointer).release = None;
            taken
        };
        let schema = stream.schema()?;
        Self::new(schema, Rows::Stream(stream))
    }

    /// Takes one array with its schema; both structures are marked as taken.
    ///
    /// # Safety
    /// The pointers are those of capsules named `arrow_schema` and `arrow_array`, or of structures that keep to the interface.
    ///
    /// # Errors
    /// An array that was taken already, and a schema that is no frame's.
    pub unsafe fn from_array(schema: *mut Schema, array: *mut Array) -> Result<Self, ArrowError> {
        // SAFETY: as for `from_stream`.
        let (schema, array) = unsafe {
            let taken = (schema.read(), array.read());
            (*schema).release = None;
            (*array).release = None;
            taken
        };
        if schema.release.is_none() || array.release.is_none() {
            return refuse("the array was taken already");
        }
        Self::new(schema, Rows::Batch(array))
    }

    fn new(schema: Schema, rows: Rows) -> Result<Self, ArrowError> {
        if schema.release.is_none() {
            return refuse("the frame has no schema");
        }
        let mut left = MOST_COLUMNS;
        check::schema(&schema, &mut left, 0)?;
        if schema.format()? != "+s" {
            return refuse("expected a frame of columns, not a single column");
        }
        let names = children(&schema).map(Schema::name).collect::<Result<_, _>>()?;
        Ok(Self {
            names,
            index: schema.metadata("pandas").map_or_else(Vec::new, |said| index(&said)),
            schema,
            rows,
        })
    }

    /// Takes the rows to their end.
    ///
    /// # Errors
    /// A stream that fails, and a batch that does not fit the schema.
    pub fn table(self) -> Result<Table, ArrowError> {
        let mut table = Table {
            columns: children(&self.schema).map(Described::new).collect::<Result<_, _>>()?,
            schema: Arc::new(self.schema),
            batches: Vec::new(),
            rows: 0,
        };
        match self.rows {
            Rows::Batch(array) => table.take(array)?,
            Rows::Stream(mut stream) => {
                while let Some(array) = stream.next()? {
                    table.take(array)?;
                }
            }
        }
        Ok(table)
    }
}

fn children(schema: &Schema) -> impl Iterator<Item = &Schema> {
    (0..usize::try_from(schema.children_count).unwrap_or(0)).filter_map(|place| schema.child(place))
}

/// The columns that the metadata of pandas name as the index; an index of plain numbers is no column.
fn index(said: &str) -> Vec<String> {
    let said: serde_json::Value = serde_json::from_str(said).unwrap_or_default();
    let named = said.get("index_columns").and_then(serde_json::Value::as_array);
    let names = named.into_iter().flatten().filter_map(serde_json::Value::as_str);
    names.map(str::to_owned).collect()
}

/// What the schema says of a column.
struct Described {
    name: String,
    format: String,
    values: ColumnType,
    dictionary: Option<(ColumnType, String)>,
}

impl Described {
    fn new(schema: &Schema) -> Result<Self, ArrowError> {
        let format = schema.format()?;
        let dictionary = schema.dictionary().map(Schema::format).transpose()?;
        let mut values = check::type_of(&format).0;
        // Keys are whole numbers, and a dictionary of a dictionary is not read.
        let nested = schema.dictionary().is_some_and(|inner| inner.dictionary().is_some());
        let dictionary = dictionary.map(|format| {
            let of = check::type_of(&format).0;
            (if nested || !values.is_whole() { ColumnType::Other } else { of }, format)
        });
        if dictionary.as_ref().is_some_and(|(of, _)| *of == ColumnType::Other) {
            values = ColumnType::Other;
        }
        Ok(Self {
            name: schema.name()?,
            format,
            values,
            dictionary,
        })
    }
}

/// Batches of columns, kept alive until the last slice or exported column is gone.
pub struct Table {
    columns: Vec<Described>,
    pub(crate) schema: Arc<Schema>,
    pub(crate) batches: Vec<(Arc<Array>, usize)>,
    rows: usize,
}

impl Table {
    fn take(&mut self, array: Array) -> Result<(), ArrowError> {
        check::array(&self.schema, &array)?;
        let rows = usize::try_from(array.length).unwrap_or(0);
        let first = usize::try_from(array.offset).unwrap_or(0);
        if read::validity(&array, (first, rows), true)?.is_some() {
            return refuse("a whole row is null");
        }
        if rows > 0 {
            self.rows = self.rows.saturating_add(rows);
            self.batches.push((Arc::new(array), rows));
        }
        if self.rows > MOST_ROWS {
            return refuse(format!("the frame has more than {MOST_ROWS} rows; give it in parts"));
        }
        Ok(())
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of rows of each batch that has any.
    #[must_use]
    pub fn batch_rows(&self) -> Vec<usize> {
        self.batches.iter().map(|(_, rows)| *rows).collect()
    }

    /// The name of a column.
    #[must_use]
    pub fn name(&self, place: usize) -> Option<&str> {
        self.columns.get(place).map(|column| column.name.as_str())
    }

    /// The Arrow format of what a column says: of the dictionary's values where there is one.
    pub(crate) fn format(&self, place: usize) -> &str {
        let column = self.columns.get(place);
        column.map_or("", |column| {
            column
                .dictionary
                .as_ref()
                .map_or(column.format.as_str(), |(_, format)| format.as_str())
        })
    }

    /// A column with a chunk for each batch that has rows; without any where its type is not read.
    ///
    /// # Errors
    /// A place where no column is, and a column whose buffers cannot be as it says.
    pub fn column(&self, place: usize) -> Result<Column<'_>, ArrowError> {
        let (Some(described), Some(schema)) = (self.columns.get(place), self.schema.child(place)) else {
            return refuse("the frame has no such column");
        };
        let mut column = Column {
            name: &described.name,
            values: described.values,
            dictionary: described.dictionary.as_ref().map(|(of, _)| *of),
            native: &described.format,
            chunks: Vec::with_capacity(self.batches.len()),
        };
        if described.values == ColumnType::Other {
            return Ok(column);
        }
        for (array, rows) in &self.batches {
            let child = array.child(place);
            let range = child.and_then(|child| usize::try_from(child.offset.checked_add(array.offset)?).ok());
            let (Some(child), Some(first)) = (child, range) else {
                return refuse("a batch counts a column that it does not give");
            };
            let chunk = read::chunk(schema, child, (first, *rows));
            column
                .chunks
                .push(chunk.map_err(|error| ArrowError(format!("column `{}`: {error}", described.name)))?);
        }
        Ok(column)
    }
}
