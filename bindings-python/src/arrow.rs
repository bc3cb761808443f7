//! The Arrow C data interface, by hand: columns in as borrowed slices, columns out as a stream.
//!
//! This is the one module of the package that may be unsafe. What it rests on: a producer keeps to the interface (lengths, offsets and buffers are as
//! its schema says), and an array lives until it is released. Everything handed out is a slice bound to the [`Table`] that owns the arrays.
#![expect(
    unsafe_code,
    reason = "the C data interface is made of pointers; nothing outside this module sees one"
)]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::Arc;

use sitthi::population::Bits;

/// `struct ArrowSchema`.
#[repr(C)]
pub struct Schema {
    format: *const c_char,
    name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    children_count: i64,
    children: *mut *mut Schema,
    dictionary: *mut Schema,
    release: Option<unsafe extern "C" fn(*mut Schema)>,
    private: *mut c_void,
}

/// `struct ArrowArray`.
#[repr(C)]
pub struct Array {
    length: i64,
    null_count: i64,
    offset: i64,
    buffers_count: i64,
    children_count: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Array,
    dictionary: *mut Array,
    release: Option<unsafe extern "C" fn(*mut Array)>,
    private: *mut c_void,
}

/// `struct ArrowArrayStream`.
#[repr(C)]
pub struct Stream {
    get_schema: Option<unsafe extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    get_next: Option<unsafe extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    get_last_error: Option<unsafe extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<unsafe extern "C" fn(*mut Stream)>,
    private: *mut c_void,
}

// SAFETY: the interface lets a structure be moved, read and released from any thread.
unsafe impl Send for Schema {}
// SAFETY: as above; nothing is changed through a shared reference.
unsafe impl Sync for Schema {}
// SAFETY: as for `Schema`.
unsafe impl Send for Array {}
// SAFETY: as for `Schema`.
unsafe impl Sync for Array {}
// SAFETY: as for `Schema`; a stream is only used through an exclusive reference.
unsafe impl Send for Stream {}

macro_rules! released {
    ($($type:ident),*) => {$(
        impl Drop for $type {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: a structure with a release callback is live, and is released once: the callback marks it.
                    unsafe { release(self) };
                }
            }
        }
    )*};
}
released!(Schema, Array, Stream);

impl Schema {
    const fn empty() -> Self {
        Self {
            format: ptr::null(),
            name: ptr::null(),
            metadata: ptr::null(),
            flags: 0,
            children_count: 0,
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private: ptr::null_mut(),
        }
    }

    fn child(&self, place: usize) -> Option<&Self> {
        let count = usize::try_from(self.children_count).unwrap_or(0);
        if place >= count || self.children.is_null() {
            return None;
        }
        // SAFETY: the producer gives as many children as it counts, live as long as their parent.
        unsafe { self.children.add(place).read().as_ref() }
    }

    /// The text that the metadata have under a key.
    fn metadata(&self, wanted: &str) -> Option<String> {
        let mut at = self.metadata.cast::<u8>();
        if at.is_null() {
            return None;
        }
        let mut take = |length: usize| {
            // SAFETY: the metadata are a count and so many keys and values, each with its length before it; no more than that is read.
            unsafe {
                let bytes = std::slice::from_raw_parts(at, length);
                at = at.add(length);
                bytes
            }
        };
        let length = |bytes: &[u8]| usize::try_from(i32::from_ne_bytes(bytes.try_into().ok()?)).ok();
        for _ in 0..length(take(4))? {
            let key_length = length(take(4))?;
            let found = take(key_length) == wanted.as_bytes();
            let value_length = length(take(4))?;
            let value = take(value_length);
            if found {
                return Some(String::from_utf8_lossy(value).into_owned());
            }
        }
        None
    }

    fn text(pointer: *const c_char) -> String {
        if pointer.is_null() {
            return String::new();
        }
        // SAFETY: names and formats are C strings that live as long as the schema.
        unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
    }
}

impl Array {
    const fn empty() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            buffers_count: 0,
            children_count: 0,
            buffers: ptr::null_mut(),
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private: ptr::null_mut(),
        }
    }

    fn child(&self, place: usize) -> Option<&Self> {
        let count = usize::try_from(self.children_count).unwrap_or(0);
        if place >= count || self.children.is_null() {
            return None;
        }
        // SAFETY: as for `Schema::child`.
        unsafe { self.children.add(place).read().as_ref() }
    }

    fn dictionary(&self) -> Option<&Self> {
        // SAFETY: null, or live as long as the array.
        unsafe { self.dictionary.as_ref() }
    }

    fn buffer(&self, place: usize) -> *const c_void {
        let count = usize::try_from(self.buffers_count).unwrap_or(0);
        if place >= count || self.buffers.is_null() {
            return ptr::null();
        }
        // SAFETY: the producer gives as many buffers as it counts.
        unsafe { self.buffers.add(place).read() }
    }

    /// A run of a buffer, from an element on.
    fn slice<T>(&self, place: usize, first: usize, length: usize) -> Result<&[T], ArrowError> {
        if length == 0 {
            return Ok(&[]);
        }
        let pointer = self.buffer(place).cast::<T>();
        if pointer.is_null() {
            return Err(ArrowError("a buffer is missing".to_owned()));
        }
        if !pointer.is_aligned() {
            return Err(ArrowError("a buffer is not aligned".to_owned()));
        }
        // SAFETY: the buffer holds every element up to offset and length of the array, and lives as long as it; `T` is a plain number or bytes.
        Ok(unsafe { std::slice::from_raw_parts(pointer.add(first), length) })
    }
}

/// Columns that cannot be taken or given.
#[derive(Debug)]
pub struct ArrowError(pub String);

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F32,
    F64,
    Utf8,
    LargeUtf8,
    Utf8View,
    Date32,
    Date64,
    /// How many make a day.
    Timestamp(i64),
    /// Decimal places.
    Decimal(i32),
    Other,
}

impl Kind {
    fn of(format: &str) -> Self {
        match format {
            "n" => Self::Null,
            "b" => Self::Bool,
            "c" => Self::I8,
            "C" => Self::U8,
            "s" => Self::I16,
            "S" => Self::U16,
            "i" => Self::I32,
            "I" => Self::U32,
            "l" => Self::I64,
            "L" => Self::U64,
            "f" => Self::F32,
            "g" => Self::F64,
            "u" => Self::Utf8,
            "U" => Self::LargeUtf8,
            "vu" => Self::Utf8View,
            "tdD" => Self::Date32,
            "tdm" => Self::Date64,
            _ => Self::longer(format),
        }
    }

    fn longer(format: &str) -> Self {
        for (prefix, a_day) in [
            ("tss:", 86_400),
            ("tsm:", 86_400_000),
            ("tsu:", 86_400_000_000),
            ("tsn:", 86_400_000_000_000),
        ] {
            if let Some(zone) = format.strip_prefix(prefix) {
                // A moment in a zone is another day elsewhere: only days as written are read.
                return if zone.is_empty() { Self::Timestamp(a_day) } else { Self::Other };
            }
        }
        let parts: Vec<&str> = format
            .strip_prefix("d:")
            .map(|parts| parts.split(',').collect())
            .unwrap_or_default();
        match parts.as_slice() {
            [_, places] | [_, places, "128"] => places.parse().map_or(Self::Other, Self::Decimal),
            _ => Self::Other,
        }
    }

    /// What it is called in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "nulls",
            Self::Bool => "booleans",
            Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::U8 | Self::U16 | Self::U32 | Self::U64 => "whole numbers",
            Self::F32 | Self::F64 => "floats",
            Self::Utf8 | Self::LargeUtf8 | Self::Utf8View => "text",
            Self::Date32 | Self::Date64 => "dates",
            Self::Timestamp(_) => "timestamps",
            Self::Decimal(_) => "decimals",
            Self::Other => "values of a type that is not read",
        }
    }
}

/// A column of a table.
pub struct Field {
    pub name: String,
    /// The type; that of the keys where there is a dictionary.
    pub kind: Kind,
    /// The type of the dictionary's values.
    pub dictionary: Option<Kind>,
    /// The type as Arrow writes it.
    pub format: String,
}

/// Batches of columns, kept alive until the last slice or exported column is gone.
pub struct Table {
    pub fields: Vec<Field>,
    schema: Arc<Schema>,
    batches: Vec<(Arc<Array>, usize)>,
    pub rows: usize,
}

/// One column of one batch.
#[derive(Clone, Copy)]
pub struct Chunk<'a> {
    array: &'a Array,
    kind: Kind,
    dictionary: Option<Kind>,
    first: usize,
    pub rows: usize,
}

/// The values of a chunk.
#[derive(Clone, Copy)]
pub enum Values<'a> {
    Null,
    Bits(Bits<'a>),
    I8(&'a [i8]),
    I16(&'a [i16]),
    I32(&'a [i32]),
    I64(&'a [i64]),
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
    U64(&'a [u64]),
    F32(&'a [f32]),
    F64(&'a [f64]),
    I128(&'a [i128]),
    Text(Text<'a>),
}

/// The texts of a chunk.
#[derive(Clone, Copy)]
pub enum Text<'a> {
    Small(&'a [i32], &'a [u8]),
    Large(&'a [i64], &'a [u8]),
    View(&'a Array, &'a [[u8; 16]], &'a [i64]),
}

impl<'a> Text<'a> {
    /// A text; nothing where its bytes are no text.
    pub fn get(&self, row: usize) -> Option<&'a str> {
        let bytes = match self {
            Self::Small(offsets, bytes) => {
                let (start, end) = (*offsets.get(row)?, *offsets.get(row.checked_add(1)?)?);
                bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)?
            }
            Self::Large(offsets, bytes) => {
                let (start, end) = (*offsets.get(row)?, *offsets.get(row.checked_add(1)?)?);
                bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)?
            }
            Self::View(array, views, lengths) => {
                let view = views.get(row)?;
                let number = |at: usize| Some(i32::from_le_bytes(view.get(at..at.checked_add(4)?)?.try_into().ok()?));
                let length = usize::try_from(number(0)?).ok()?;
                if length <= 12 {
                    view.get(4..length.checked_add(4)?)?
                } else {
                    let (buffer, start) = (usize::try_from(number(8)?).ok()?, usize::try_from(number(12)?).ok()?);
                    let whole = usize::try_from(*lengths.get(buffer)?).ok()?;
                    let bytes: &[u8] = array.slice(buffer.checked_add(2)?, 0, whole).ok()?;
                    bytes.get(start..start.checked_add(length)?)?
                }
            }
        };
        std::str::from_utf8(bytes).ok()
    }
}

impl<'a> Chunk<'a> {
    /// Which rows have a value; all where nothing is given.
    pub fn validity(&self) -> Result<Option<Bits<'a>>, ArrowError> {
        if self.array.null_count == 0 || self.array.buffer(0).is_null() || self.kind == Kind::Null {
            return Ok(None);
        }
        bits(self.array, 0, self.first, self.rows).map(Some)
    }

    /// The values; of a dictionary the keys.
    pub fn values(&self) -> Result<Values<'a>, ArrowError> {
        let (array, first, rows) = (self.array, self.first, self.rows);
        Ok(match self.kind {
            Kind::Null => Values::Null,
            Kind::Bool => Values::Bits(bits(array, 1, first, rows)?),
            Kind::I8 => Values::I8(array.slice(1, first, rows)?),
            Kind::I16 => Values::I16(array.slice(1, first, rows)?),
            Kind::I32 | Kind::Date32 => Values::I32(array.slice(1, first, rows)?),
            Kind::I64 | Kind::Date64 | Kind::Timestamp(_) => Values::I64(array.slice(1, first, rows)?),
            Kind::U8 => Values::U8(array.slice(1, first, rows)?),
            Kind::U16 => Values::U16(array.slice(1, first, rows)?),
            Kind::U32 => Values::U32(array.slice(1, first, rows)?),
            Kind::U64 => Values::U64(array.slice(1, first, rows)?),
            Kind::F32 => Values::F32(array.slice(1, first, rows)?),
            Kind::F64 => Values::F64(array.slice(1, first, rows)?),
            Kind::Decimal(_) => Values::I128(array.slice(1, first, rows)?),
            Kind::Utf8 if rows > 0 => {
                let offsets: &[i32] = array.slice(1, first, rows.saturating_add(1))?;
                let end = offsets.last().and_then(|end| usize::try_from(*end).ok()).unwrap_or(0);
                Values::Text(Text::Small(offsets, array.slice(2, 0, end)?))
            }
            Kind::LargeUtf8 if rows > 0 => {
                let offsets: &[i64] = array.slice(1, first, rows.saturating_add(1))?;
                let end = offsets.last().and_then(|end| usize::try_from(*end).ok()).unwrap_or(0);
                Values::Text(Text::Large(offsets, array.slice(2, 0, end)?))
            }
            Kind::Utf8View if rows > 0 => {
                let count = usize::try_from(array.buffers_count).unwrap_or(0);
                let lengths = array.slice(count.saturating_sub(1), 0, count.saturating_sub(3))?;
                Values::Text(Text::View(array, array.slice(1, first, rows)?, lengths))
            }
            Kind::Utf8 | Kind::LargeUtf8 | Kind::Utf8View => Values::Text(Text::Small(&[], &[])),
            Kind::Other => return Err(ArrowError("values of this type are not read".to_owned())),
        })
    }

    /// The values of the dictionary.
    pub fn dictionary(&self) -> Option<Self> {
        let array = self.array.dictionary()?;
        let (first, rows) = (usize::try_from(array.offset).ok()?, usize::try_from(array.length).ok()?);
        Some(Self {
            array,
            kind: self.dictionary?,
            dictionary: None,
            first,
            rows,
        })
    }
}

fn bits(array: &Array, place: usize, first: usize, rows: usize) -> Result<Bits<'_>, ArrowError> {
    let start = first / 8;
    let end = first.saturating_add(rows).div_ceil(8);
    let bytes = array.slice(place, start, end.saturating_sub(start))?;
    Ok(Bits { bytes, offset: first % 8 })
}

/// A frame whose columns are known. Its rows are taken when they are needed, so that what gives them only once still has them where columns do not fit.
pub struct Source {
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
    /// The pointer is that of a capsule named `arrow_array_stream`.
    pub unsafe fn from_stream(pointer: *mut Stream) -> Result<Self, ArrowError> {
        // SAFETY: the capsule holds a valid structure; reading it and writing an empty one moves it.
        let mut stream = unsafe {
            let taken = pointer.read();
            (*pointer).release = None;
            taken
        };
        let (Some(get_schema), Some(_)) = (stream.get_schema, stream.release) else {
            return Err(ArrowError("the stream was taken already".to_owned()));
        };
        let mut schema = Schema::empty();
        // SAFETY: the callback is called with the live stream and a place to write to.
        if unsafe { get_schema(&mut stream, &mut schema) } != 0 {
            return Err(stream.error());
        }
        Self::new(schema, Rows::Stream(stream))
    }

    /// Takes one array with its schema.
    ///
    /// # Safety
    /// The pointers are those of capsules named `arrow_schema` and `arrow_array`.
    pub unsafe fn from_array(schema: *mut Schema, array: *mut Array) -> Result<Self, ArrowError> {
        // SAFETY: as for `from_stream`.
        let (schema, array) = unsafe {
            let taken = (schema.read(), array.read());
            (*schema).release = None;
            (*array).release = None;
            taken
        };
        if schema.release.is_none() || array.release.is_none() {
            return Err(ArrowError("the array was taken already".to_owned()));
        }
        Self::new(schema, Rows::Batch(array))
    }

    fn new(schema: Schema, rows: Rows) -> Result<Self, ArrowError> {
        if Schema::text(schema.format) != "+s" {
            return Err(ArrowError("expected a frame of columns, not a single column".to_owned()));
        }
        let count = usize::try_from(schema.children_count).unwrap_or(0);
        let children = (0..count).filter_map(|place| schema.child(place));
        Ok(Self {
            names: children.map(|child| Schema::text(child.name)).collect(),
            index: schema.metadata("pandas").map_or_else(Vec::new, |said| index(&said)),
            schema,
            rows,
        })
    }

    /// Takes the rows to their end.
    pub fn table(self) -> Result<Table, ArrowError> {
        let mut arrays = Vec::new();
        match self.rows {
            Rows::Batch(array) => arrays.push(array),
            Rows::Stream(mut stream) => {
                let next = stream.get_next.ok_or_else(|| ArrowError("the stream gives no rows".to_owned()))?;
                loop {
                    let mut array = Array::empty();
                    // SAFETY: the callback is called with the live stream and a place to write to.
                    if unsafe { next(&mut stream, &mut array) } != 0 {
                        return Err(stream.error());
                    }
                    if array.release.is_none() {
                        break;
                    }
                    arrays.push(array);
                }
            }
        }
        Table::new(self.schema, arrays)
    }
}

impl Table {
    fn new(schema: Schema, arrays: Vec<Array>) -> Result<Self, ArrowError> {
        let count = usize::try_from(schema.children_count).unwrap_or(0);
        let fields = (0..count).filter_map(|place| schema.child(place)).map(|child| {
            let format = Schema::text(child.format);
            // SAFETY: null, or live as long as the schema.
            let dictionary = unsafe { child.dictionary.as_ref() }.map(|values| Kind::of(&Schema::text(values.format)));
            Field {
                name: Schema::text(child.name),
                kind: Kind::of(&format),
                dictionary,
                format,
            }
        });
        let fields: Vec<Field> = fields.collect();
        let mut batches = Vec::with_capacity(arrays.len());
        let mut rows = 0_usize;
        for array in arrays {
            let length = usize::try_from(array.length).unwrap_or(0);
            if usize::try_from(array.children_count) != Ok(count) {
                return Err(ArrowError("a batch has other columns than the schema".to_owned()));
            }
            if array.null_count > 0 && !array.buffer(0).is_null() {
                return Err(ArrowError("a whole row is null".to_owned()));
            }
            if length > 0 {
                rows = rows.saturating_add(length);
                batches.push((Arc::new(array), length));
            }
        }
        Ok(Self {
            fields,
            schema: Arc::new(schema),
            batches,
            rows,
        })
    }

    /// The chunks of a column, one for each batch that has rows.
    pub fn column(&self, place: usize) -> Vec<Chunk<'_>> {
        let Some(field) = self.fields.get(place) else { return Vec::new() };
        let chunks = self.batches.iter().filter_map(|(array, rows)| {
            let child = array.child(place)?;
            let first = usize::try_from(child.offset.checked_add(array.offset)?).ok()?;
            Some(Chunk {
                array: child,
                kind: field.kind,
                dictionary: field.dictionary,
                first,
                rows: *rows,
            })
        });
        chunks.collect()
    }

    /// The number of rows of each batch.
    pub fn batch_rows(&self) -> Vec<usize> {
        self.batches.iter().map(|(_, rows)| *rows).collect()
    }
}

/// The columns that the metadata of pandas name as the index; an index of plain numbers is no column.
fn index(said: &str) -> Vec<String> {
    let said: serde_json::Value = serde_json::from_str(said).unwrap_or_default();
    let named = said.get("index_columns").and_then(serde_json::Value::as_array);
    let names = named.into_iter().flatten().filter_map(serde_json::Value::as_str);
    names.map(str::to_owned).collect()
}

impl Stream {
    fn error(&mut self) -> ArrowError {
        let text = self.get_last_error.map(|get| {
            // SAFETY: the stream is live; the text lives until the next call.
            let text = unsafe { get(self) };
            Schema::text(text)
        });
        ArrowError(
            text.filter(|text| !text.is_empty())
                .unwrap_or_else(|| "the frame's stream failed".to_owned()),
        )
    }
}

// ── Out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A column that goes out.
pub struct Out {
    pub name: String,
    pub values: OutValues,
}

/// Its values.
pub enum OutValues {
    /// Numbers of labels; a number beyond them is null, where there is any.
    Codes {
        codes: Arc<Vec<u8>>,
        labels: Arc<[&'static str]>,
        nulls: bool,
    },
    /// Numbers of texts; a number beyond them is null.
    Texts(Arc<[u32]>, Arc<[String]>),
    /// Whole numbers.
    Whole(Arc<[i64]>),
    /// Floats.
    Floats(Arc<[f64]>),
    /// A column of the frame that came in, as it came.
    Carried(usize),
}

/// What a stream gives: the columns, cut as the frame that came in was cut.
pub struct Export {
    pub columns: Arc<[Out]>,
    pub carried: Option<Arc<Table>>,
    pub batches: Vec<usize>,
    /// The type that numbers the labels of codes.
    pub unsigned: bool,
}

struct Owned {
    _text: Option<(CString, CString)>,
    _kept: Option<Kept>,
    buffers: Vec<*const c_void>,
    _bytes: Vec<Vec<u8>>,
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
}

impl Owned {
    fn new(text: Option<(CString, CString)>, kept: Option<Kept>) -> Self {
        Self {
            _text: text,
            _kept: kept,
            buffers: Vec::new(),
            _bytes: Vec::new(),
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

fn c_string(text: &str) -> CString {
    CString::new(text.replace('\0', " ")).unwrap_or_default()
}

fn schema(format: &str, name: &str, nullable: bool, children: Vec<Schema>, dictionary: Option<Schema>) -> Schema {
    let (format, name) = (c_string(format), c_string(name));
    let (format_at, name_at) = (format.as_ptr(), name.as_ptr());
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
    // SAFETY: null, or live as long as the schema.
    owned.schema_dictionary = unsafe { of.dictionary.as_ref() }.map(|values| Box::into_raw(Box::new(share_schema(values, keep))));
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
    let (mut offsets, mut bytes, mut count) = (0_i32.to_ne_bytes().to_vec(), Vec::new(), 0_i64);
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
        offsets.extend_from_slice(&i32::try_from(bytes.len()).unwrap_or(i32::MAX).to_ne_bytes());
        count = count.saturating_add(1);
    }
    // Some readers refuse a null pointer even for no bytes.
    bytes.reserve(1);
    let buffers = vec![ptr::null(), offsets.as_ptr().cast(), bytes.as_ptr().cast()];
    let mut owned = Owned::new(None, None);
    owned._bytes = vec![offsets, bytes];
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
