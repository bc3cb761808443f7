//! Columns that go out: a stream whose structures own, or keep alive, what they point to.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;
use std::sync::Arc;

use sitthi::survey::ColumnType;

use crate::abi::{Array, Schema, Stream};
use crate::check::type_of;
use crate::table::Table;
use crate::{ArrowError, refuse};

/// A column that goes out.
pub struct Out {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: OutValues,
}

/// Its values.
pub enum OutValues {
    /// Numbers of labels; a number beyond them is null, where there is any.
    Codes {
        /// The number of a label for each row.
        codes: Arc<Vec<u8>>,
        /// The labels.
        labels: Arc<[&'static str]>,
        /// Whether a number may stand beyond the labels.
        nulls: bool,
    },
    /// Numbers of texts; a number beyond them is null.
    Texts(Arc<[u32]>, Arc<[String]>),
    /// Values of a type of the frame that came in.
    Plain(Arc<Plain>),
    /// Whole numbers.
    Whole(Arc<[i64]>),
    /// Floats.
    Floats(Arc<[f64]>),
    /// A column of the frame that came in, as it came.
    Carried(usize),
}

/// Values in the form of an Arrow type of fixed width, or booleans.
pub struct Plain {
    pub(crate) format: String,
    /// Values side by side, in memory as aligned as any of them asks for.
    pub(crate) values: Vec<u128>,
    /// A bit for each value, set where it is not null.
    pub(crate) validity: Vec<u8>,
    pub(crate) width: Width,
}

impl Plain {
    /// The Arrow format of the type, the bytes of the values side by side (a boolean takes sixteen), and a bit for each value, set where it is not
    /// null.
    #[must_use]
    pub fn parts(&self) -> (&str, Vec<u8>, &[u8]) {
        let bytes = self.values.iter().flat_map(|value| value.to_ne_bytes()).collect();
        (&self.format, bytes, &self.validity)
    }

    /// The values of [`parts`](Self::parts), of which there are so many.
    ///
    /// # Errors
    /// A type that is not of fixed width, and fewer bytes than the rows take.
    pub fn of_parts(format: &str, bytes: &[u8], validity: &[u8], rows: usize) -> Result<Self, ArrowError> {
        let width = match width_of(format) {
            Some(width) => width,
            None => return refuse(format!("`{format}` is no type of values of one width")),
        };
        let each = if let Width::Bytes(width) = width { width } else { 16 };
        let (values, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() || each.checked_mul(rows).is_none_or(|least| bytes.len() < least) || validity.len() < rows.div_ceil(8) {
            return refuse("there are fewer values than rows");
        }
        Ok(Self {
            format: format.to_owned(),
            values: values.iter().map(|bytes| u128::from_ne_bytes(*bytes)).collect(),
            validity: validity.to_vec(),
            width,
        })
    }
}

/// How wide the values of a type are, where all are as wide.
fn width_of(format: &str) -> Option<Width> {
    Some(match type_of(format).0 {
        ColumnType::Bool => Width::Bit,
        ColumnType::Null | ColumnType::I8 | ColumnType::U8 => Width::Bytes(1),
        ColumnType::I16 | ColumnType::U16 => Width::Bytes(2),
        ColumnType::I32 | ColumnType::U32 | ColumnType::F32 | ColumnType::Day => Width::Bytes(4),
        ColumnType::I64 | ColumnType::U64 | ColumnType::F64 | ColumnType::Moment(_) => Width::Bytes(8),
        ColumnType::Decimal(_) => Width::Bytes(16),
        ColumnType::Text | ColumnType::Other => return None,
    })
}

/// How wide a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Bit,
    Bytes(usize),
}

/// What a stream gives: the columns, cut as the frame that came in was cut.
pub struct Export {
    /// The columns, each as long as all batches together.
    pub columns: Arc<[Out]>,
    /// The frame that came in, where columns of it are carried along.
    pub carried: Option<Arc<Table>>,
    /// The number of rows of each batch.
    pub batches: Vec<usize>,
    /// The type that numbers the labels of codes.
    pub unsigned: bool,
}

struct Owned {
    _text: Option<(Vec<u8>, Vec<u8>)>,
    _kept: Option<Kept>,
    buffers: Vec<*const c_void>,
    _bytes: Vec<Vec<u8>>,
    _offsets: Vec<i32>,
    schemas: Vec<*mut Schema>,
    arrays: Vec<*mut Array>,
    schema_dictionary: Option<*mut Schema>,
    array_dictionary: Option<*mut Array>,
}

#[expect(dead_code, reason = "held to keep what it points to alive")]
enum Kept {
    Schema(Arc<Schema>),
    Array(Arc<Array>),
    Bytes(Arc<Vec<u8>>),
    Keys(Arc<[u32]>),
    Whole(Arc<[i64]>),
    Floats(Arc<[f64]>),
    Plain(Arc<Plain>),
}

impl Owned {
    fn new(text: Option<(Vec<u8>, Vec<u8>)>, kept: Option<Kept>) -> Self {
        Self {
            _text: text,
            _kept: kept,
            buffers: Vec::new(),
            _bytes: Vec::new(),
            _offsets: Vec::new(),
            schemas: Vec::new(),
            arrays: Vec::new(),
            schema_dictionary: None,
            array_dictionary: None,
        }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        for child in self.schemas.drain(..).chain(self.schema_dictionary.take()) {
            // SAFETY: made by `Box::into_raw` below; a child that was moved out has no release callback any more.
            drop(unsafe { Box::from_raw(child) });
        }
        for child in self.arrays.drain(..).chain(self.array_dictionary.take()) {
            // SAFETY: as above.
            drop(unsafe { Box::from_raw(child) });
        }
    }
}

unsafe extern "C" fn release_schema(schema: *mut Schema) {
    // SAFETY: called once, by the owner of the structure; `private` was made by `Box::into_raw`.
    unsafe {
        (*schema).release = None;
        drop(Box::from_raw((*schema).private.cast::<Owned>()));
    }
}

unsafe extern "C" fn release_array(array: *mut Array) {
    // SAFETY: as for `release_schema`.
    unsafe {
        (*array).release = None;
        drop(Box::from_raw((*array).private.cast::<Owned>()));
    }
}

/// A text with its end; it may be moved while it is pointed to.
fn c_string(text: &str) -> Vec<u8> {
    text.bytes().map(|byte| if byte == 0 { b' ' } else { byte }).chain([0]).collect()
}

fn schema(format: &str, name: &str, nullable: bool, children: Vec<Schema>, dictionary: Option<Schema>) -> Schema {
    let (format, name) = (c_string(format), c_string(name));
    let (format_at, name_at) = (format.as_ptr().cast::<c_char>(), name.as_ptr().cast::<c_char>());
    let mut owned = Owned::new(Some((format, name)), None);
    owned.schemas = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    owned.schema_dictionary = dictionary.map(|values| Box::into_raw(Box::new(values)));
    finish_schema(
        Schema {
            format: format_at,
            name: name_at,
            flags: if nullable { 2 } else { 0 },
            ..Schema::empty()
        },
        owned,
    )
}

fn finish_schema(mut schema: Schema, owned: Owned) -> Schema {
    let owned = Box::into_raw(Box::new(owned));
    // SAFETY: `owned` was made just now; its lists do not move any more.
    unsafe {
        schema.children_count = i64::try_from((*owned).schemas.len()).unwrap_or(0);
        schema.children = (*owned).schemas.as_mut_ptr();
        schema.dictionary = (*owned).schema_dictionary.unwrap_or(ptr::null_mut());
    }
    schema.private = owned.cast();
    schema.release = Some(release_schema);
    schema
}

fn finish_array(mut array: Array, mut owned: Owned, buffers: Vec<*const c_void>) -> Array {
    owned.buffers = buffers;
    let owned = Box::into_raw(Box::new(owned));
    // SAFETY: as for `finish_schema`.
    unsafe {
        array.buffers_count = i64::try_from((*owned).buffers.len()).unwrap_or(0);
        array.buffers = (*owned).buffers.as_mut_ptr();
        array.children_count = i64::try_from((*owned).arrays.len()).unwrap_or(0);
        array.children = (*owned).arrays.as_mut_ptr();
        array.dictionary = (*owned).array_dictionary.unwrap_or(ptr::null_mut());
    }
    array.private = owned.cast();
    array.release = Some(release_array);
    array
}

/// A schema that points into another and keeps it alive.
fn share_schema(of: &Schema, keep: &Arc<Schema>) -> Schema {
    let mut owned = Owned::new(None, Some(Kept::Schema(Arc::clone(keep))));
    let count = usize::try_from(of.children_count).unwrap_or(0);
    owned.schemas = (0..count)
        .filter_map(|place| of.child(place))
        .map(|child| Box::into_raw(Box::new(share_schema(child, keep))))
        .collect();
    owned.schema_dictionary = of.dictionary().map(|values| Box::into_raw(Box::new(share_schema(values, keep))));
    finish_schema(
        Schema {
            format: of.format,
            name: of.name,
            metadata: of.metadata,
            flags: of.flags,
            ..Schema::empty()
        },
        owned,
    )
}

/// An array that points into another and keeps it alive.
fn share_array(of: &Array, (offset, length): (i64, i64), keep: &Arc<Array>) -> Array {
    let mut owned = Owned::new(None, Some(Kept::Array(Arc::clone(keep))));
    let whole = |array: &Array| (array.offset, array.length);
    let count = usize::try_from(of.children_count).unwrap_or(0);
    owned.arrays = (0..count)
        .filter_map(|place| of.child(place))
        .map(|child| Box::into_raw(Box::new(share_array(child, whole(child), keep))))
        .collect();
    owned.array_dictionary = of
        .dictionary()
        .map(|values| Box::into_raw(Box::new(share_array(values, whole(values), keep))));
    let buffers = (0..usize::try_from(of.buffers_count).unwrap_or(0))
        .map(|place| of.buffer(place))
        .collect();
    // A part of an array may have fewer nulls than the whole: then they are to be counted again.
    let null_count = if (offset, length) == whole(of) || of.null_count == 0 {
        of.null_count
    } else {
        -1
    };
    finish_array(
        Array {
            length,
            null_count,
            offset,
            ..Array::empty()
        },
        owned,
        buffers,
    )
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Array {
    let (mut offsets, mut bytes, mut count) = (vec![0_i32], Vec::new(), 0_i64);
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
        offsets.push(i32::try_from(bytes.len()).unwrap_or(i32::MAX));
        count = count.saturating_add(1);
    }
    // Some readers refuse a null pointer even for no bytes.
    bytes.reserve(1);
    let buffers = vec![ptr::null(), offsets.as_ptr().cast(), bytes.as_ptr().cast()];
    let mut owned = Owned::new(None, None);
    (owned._offsets, owned._bytes) = (offsets, vec![bytes]);
    finish_array(
        Array {
            length: count,
            ..Array::empty()
        },
        owned,
        buffers,
    )
}

/// Bits of what is no null, with the number of nulls.
fn validity(valid: impl ExactSizeIterator<Item = bool>) -> (Vec<u8>, i64) {
    let mut bytes = vec![0_u8; valid.len().div_ceil(8)];
    let mut nulls = 0_i64;
    for (row, valid) in valid.enumerate() {
        if !valid {
            nulls = nulls.saturating_add(1);
        } else if let Some(byte) = bytes.get_mut(row / 8) {
            *byte |= 1 << (row % 8);
        }
    }
    (bytes, nulls)
}

impl Export {
    fn schema(&self) -> Schema {
        let children = self.columns.iter().map(|column| match &column.values {
            OutValues::Codes { .. } => schema(
                if self.unsigned { "C" } else { "c" },
                &column.name,
                true,
                Vec::new(),
                Some(schema("u", "", false, Vec::new(), None)),
            ),
            OutValues::Texts(..) => schema("i", &column.name, true, Vec::new(), Some(schema("u", "", false, Vec::new(), None))),
            OutValues::Plain(plain) => schema(&plain.format, &column.name, true, Vec::new(), None),
            OutValues::Whole(_) => schema("l", &column.name, false, Vec::new(), None),
            OutValues::Floats(_) => schema("g", &column.name, false, Vec::new(), None),
            OutValues::Carried(place) => {
                let of = self
                    .carried
                    .as_ref()
                    .and_then(|table| Some(share_schema(table.schema.child(*place)?, &table.schema)));
                of.unwrap_or_else(|| schema("n", &column.name, true, Vec::new(), None))
            }
        });
        schema("+s", "", false, children.collect(), None)
    }

    fn batch(&self, number: usize, first: usize, rows: usize) -> Array {
        let children = self
            .columns
            .iter()
            .map(|column| Box::into_raw(Box::new(self.column(&column.values, number, first, rows))))
            .collect();
        let mut owned = Owned::new(None, None);
        owned.arrays = children;
        finish_array(
            Array {
                length: i64::try_from(rows).unwrap_or(0),
                ..Array::empty()
            },
            owned,
            vec![ptr::null()],
        )
    }

    fn column(&self, values: &OutValues, number: usize, first: usize, rows: usize) -> Array {
        let length = i64::try_from(rows).unwrap_or(0);
        let range = first..first.saturating_add(rows);
        // The whole column is shared, the batch is a part of it.
        let part = |owned: Owned, bits: *const c_void, nulls: i64, data: *const c_void| {
            finish_array(
                Array {
                    length,
                    null_count: nulls,
                    offset: 0,
                    ..Array::empty()
                },
                owned,
                vec![bits, data],
            )
        };
        match values {
            OutValues::Codes { codes, labels, nulls } => {
                let mine = codes.get(range).unwrap_or(&[]);
                let (bits, nulls) = if *nulls {
                    validity(mine.iter().map(|code| usize::from(*code) < labels.len()))
                } else {
                    (Vec::new(), 0)
                };
                let mut owned = Owned::new(None, Some(Kept::Bytes(Arc::clone(codes))));
                owned.array_dictionary = Some(Box::into_raw(Box::new(texts(labels.iter().copied()))));
                let at = if nulls == 0 { ptr::null() } else { bits.as_ptr().cast() };
                owned._bytes = vec![bits];
                part(owned, at, nulls, mine.as_ptr().cast())
            }
            OutValues::Texts(keys, labels) => {
                let mine = keys.get(range).unwrap_or(&[]);
                let (bits, nulls) = validity(mine.iter().map(|key| usize::try_from(*key).is_ok_and(|key| key < labels.len())));
                let mut owned = Owned::new(None, Some(Kept::Keys(Arc::clone(keys))));
                owned.array_dictionary = Some(Box::into_raw(Box::new(texts(labels.iter().map(String::as_str)))));
                let at = if nulls == 0 { ptr::null() } else { bits.as_ptr().cast() };
                owned._bytes = vec![bits];
                part(owned, at, nulls, mine.as_ptr().cast())
            }
            // Nulls alone have no buffers.
            OutValues::Plain(plain) if type_of(&plain.format).0 == ColumnType::Null => finish_array(
                Array {
                    length,
                    null_count: length,
                    ..Array::empty()
                },
                Owned::new(None, None),
                Vec::new(),
            ),
            OutValues::Plain(plain) => {
                let bit = |bytes: &[u8], row: usize| bytes.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1);
                let (bits, nulls) = validity(range.clone().map(|row| bit(&plain.validity, row)));
                let packed = match plain.width {
                    Width::Bit => validity(range.map(|row| plain.values.get(row).is_some_and(|value| *value != 0))).0,
                    Width::Bytes(_) => Vec::new(),
                };
                let data = match plain.width {
                    Width::Bit => packed.as_ptr(),
                    Width::Bytes(width) => plain.values.as_ptr().cast::<u8>().wrapping_add(first.saturating_mul(width)),
                };
                let at = if nulls == 0 { ptr::null() } else { bits.as_ptr().cast() };
                let mut owned = Owned::new(None, Some(Kept::Plain(Arc::clone(plain))));
                owned._bytes = vec![bits, packed];
                part(owned, at, nulls, data.cast())
            }
            OutValues::Whole(numbers) => {
                let mine = numbers.get(range).unwrap_or(&[]);
                part(
                    Owned::new(None, Some(Kept::Whole(Arc::clone(numbers)))),
                    ptr::null(),
                    0,
                    mine.as_ptr().cast(),
                )
            }
            OutValues::Floats(numbers) => {
                let mine = numbers.get(range).unwrap_or(&[]);
                part(
                    Owned::new(None, Some(Kept::Floats(Arc::clone(numbers)))),
                    ptr::null(),
                    0,
                    mine.as_ptr().cast(),
                )
            }
            OutValues::Carried(place) => {
                let shared = self
                    .carried
                    .as_ref()
                    .and_then(|table| table.batches.get(number))
                    .and_then(|(array, _)| {
                        let child = array.child(*place)?;
                        Some(share_array(child, (child.offset.checked_add(array.offset)?, length), array))
                    });
                shared.unwrap_or_else(|| {
                    finish_array(
                        Array {
                            length,
                            null_count: length,
                            ..Array::empty()
                        },
                        Owned::new(None, None),
                        Vec::new(),
                    )
                })
            }
        }
    }

    /// The stream to hand out.
    #[must_use]
    pub fn stream(self) -> Stream {
        let running = Box::into_raw(Box::new(Running {
            export: self,
            batch: 0,
            row: 0,
        }));
        Stream {
            get_schema: Some(stream_schema),
            get_next: Some(stream_next),
            get_last_error: Some(stream_error),
            release: Some(stream_release),
            private: running.cast(),
        }
    }
}

struct Running {
    export: Export,
    batch: usize,
    row: usize,
}

unsafe extern "C" fn stream_schema(stream: *mut Stream, out: *mut Schema) -> c_int {
    // SAFETY: called with a live stream of ours and a place to write to, whose content is not valid yet.
    unsafe { out.write((*(*stream).private.cast::<Running>()).export.schema()) };
    0
}

unsafe extern "C" fn stream_next(stream: *mut Stream, out: *mut Array) -> c_int {
    // SAFETY: as for `stream_schema`.
    let running = unsafe { &mut *(*stream).private.cast::<Running>() };
    let array = match running.export.batches.get(running.batch) {
        Some(rows) => {
            let array = running.export.batch(running.batch, running.row, *rows);
            running.row = running.row.saturating_add(*rows);
            running.batch = running.batch.saturating_add(1);
            array
        }
        None => Array::empty(),
    };
    // SAFETY: as for `stream_schema`.
    unsafe { out.write(array) };
    0
}

unsafe extern "C" fn stream_error(_: *mut Stream) -> *const c_char {
    ptr::null()
}

unsafe extern "C" fn stream_release(stream: *mut Stream) {
    // SAFETY: called once by the owner.
    unsafe {
        (*stream).release = None;
        drop(Box::from_raw((*stream).private.cast::<Running>()));
    }
}
