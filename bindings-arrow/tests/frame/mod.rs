//! A frame of every type of column, and how it is damaged.
#![expect(unsafe_code, reason = "structures of the C data interface are damaged on purpose")]
#![allow(
    missing_docs,
    dead_code,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

use std::ffi::{c_char, c_void};
use std::ptr;
use std::sync::Arc;

use sitthi::survey::Values;
use sitthi_arrow::{Array, Export, Out, OutValues, Schema, Source, Stream, Table};

/// `struct ArrowSchema` as the interface writes it.
#[repr(C)]
pub struct RawSchema {
    pub format: *const c_char,
    pub name: *const c_char,
    pub metadata: *const c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut RawSchema,
    pub dictionary: *mut RawSchema,
    pub release: Option<unsafe extern "C" fn(*mut RawSchema)>,
    pub private_data: *mut c_void,
}

/// `struct ArrowArray` as the interface writes it.
#[repr(C)]
pub struct RawArray {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const c_void,
    pub children: *mut *mut RawArray,
    pub dictionary: *mut RawArray,
    pub release: Option<unsafe extern "C" fn(*mut RawArray)>,
    pub private_data: *mut c_void,
}

unsafe extern "C" fn no_schema(schema: *mut RawSchema) {
    // SAFETY: called with a live structure; what it points to belongs to the test.
    unsafe { (*schema).release = None };
}

unsafe extern "C" fn no_array(array: *mut RawArray) {
    // SAFETY: as above.
    unsafe { (*array).release = None };
}

pub const ROWS: i64 = 40;
/// Every buffer holds more than its array says: offsets and lengths may be wrong by as much and stay within memory.
pub const SLACK: usize = 4096;

/// A frame whose every part lives as long as this; each structure in memory of its own, which stays where it is when the frame is moved.
pub struct Frame {
    pub schemas: Vec<Vec<RawSchema>>,
    pub arrays: Vec<Vec<RawArray>>,
    pub buffers: Vec<Vec<u64>>,
    pub lists: Vec<Vec<*const c_void>>,
    pub schema_children: Vec<*mut RawSchema>,
    pub array_children: Vec<*mut RawArray>,
}

/// The columns of the frame: their types, and those of their dictionaries.
pub const FORMATS: [(&std::ffi::CStr, Option<&std::ffi::CStr>); 14] = [
    (c"b", None),
    (c"c", None),
    (c"s", None),
    (c"i", None),
    (c"l", None),
    (c"g", None),
    (c"u", None),
    (c"U", None),
    (c"vu", None),
    (c"d:20,2", None),
    (c"tdD", None),
    (c"n", None),
    (c"c", Some(c"u")),
    (c"I", Some(c"l")),
];

impl Frame {
    pub fn new() -> Self {
        let mut frame = Self {
            schemas: Vec::new(),
            arrays: Vec::new(),
            buffers: Vec::new(),
            lists: Vec::new(),
            schema_children: Vec::new(),
            array_children: Vec::new(),
        };
        for (format, dictionary) in FORMATS {
            let inner = dictionary.map(|format| frame.column(format, false));
            let (schema, array) = frame.column(format, inner.is_some());
            if let Some((inner_schema, inner_array)) = inner {
                let (values, entries) = (frame.schemas[inner_schema].as_mut_ptr(), frame.arrays[inner_array].as_mut_ptr());
                frame.schemas[schema][0].dictionary = values;
                frame.arrays[array][0].dictionary = entries;
            }
        }
        // A dictionary stands just before the column that it belongs to.
        let is_inner = |place: usize| place + 1 < frame.schemas.len() && !frame.schemas[place + 1][0].dictionary.is_null();
        let outer: Vec<usize> = (0..frame.schemas.len()).filter(|place| !is_inner(*place)).collect();
        assert_eq!(outer.len(), FORMATS.len());
        frame.schema_children = outer.iter().map(|place| frame.schemas[*place].as_mut_ptr()).collect();
        frame.array_children = outer.iter().map(|place| frame.arrays[*place].as_mut_ptr()).collect();
        let (schema, array) = frame.column(c"+s", false);
        frame.schemas[schema][0].n_children = outer.len() as i64;
        frame.schemas[schema][0].children = frame.schema_children.as_mut_ptr();
        frame.arrays[array][0].n_children = outer.len() as i64;
        frame.arrays[array][0].children = frame.array_children.as_mut_ptr();
        frame
    }

    fn column(&mut self, format: &'static std::ffi::CStr, keys: bool) -> (usize, usize) {
        let bytes = |width: usize| vec![0_u64; SLACK * width / 8 + 2];
        let offsets = |width: usize| {
            let mut offsets = bytes(width);
            for place in 0..SLACK {
                let end = 3 * (place as u64);
                if width == 8 {
                    offsets[place] = end;
                } else {
                    offsets[place / 2] |= end << (32 * (place % 2));
                }
            }
            offsets
        };
        let text = || vec![u64::from_ne_bytes(*b"abcdefgh"); SLACK * 2];
        let bits = || vec![u64::MAX; SLACK / 64 + 2];
        let buffers = match format.to_bytes() {
            b"+s" => vec![Vec::new()],
            b"n" => vec![],
            b"b" => vec![bits(), bits()],
            b"u" => vec![bits(), offsets(4), text()],
            b"U" => vec![bits(), offsets(8), text()],
            b"vu" => {
                let mut views = bytes(16);
                for place in 0..SLACK {
                    // Twenty bytes from a place of the first buffer.
                    views[place * 2] = 20;
                    views[place * 2 + 1] = (place as u64) << 32;
                }
                vec![bits(), views, text(), vec![(SLACK * 2 * 8) as u64]]
            }
            b"d:20,2" => vec![bits(), bytes(16)],
            _ if keys => vec![bits(), bytes(4)],
            _ => vec![bits(), bytes(8)],
        };
        let list: Vec<*const c_void> = buffers
            .iter()
            .map(|buffer| {
                if buffer.is_empty() {
                    ptr::null()
                } else {
                    buffer.as_ptr().cast::<c_void>()
                }
            })
            .collect();
        self.buffers.extend(buffers);
        self.lists.push(list);
        let list = self.lists.last_mut().unwrap();
        self.arrays.push(vec![RawArray {
            length: ROWS,
            null_count: 0,
            offset: 0,
            n_buffers: list.len() as i64,
            n_children: 0,
            buffers: list.as_mut_ptr(),
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: Some(no_array),
            private_data: ptr::null_mut(),
        }]);
        self.schemas.push(vec![RawSchema {
            format: format.as_ptr(),
            name: c"name".as_ptr(),
            metadata: ptr::null(),
            flags: 2,
            n_children: 0,
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: Some(no_schema),
            private_data: ptr::null_mut(),
        }]);
        (self.schemas.len() - 1, self.arrays.len() - 1)
    }

    pub fn schema(&mut self) -> &mut RawSchema {
        &mut self.schemas.last_mut().unwrap()[0]
    }

    pub fn array(&mut self) -> &mut RawArray {
        &mut self.arrays.last_mut().unwrap()[0]
    }

    /// Takes the frame and reads whatever it gives: every value, and every column as it goes out again.
    pub fn read(&mut self) -> Result<usize, String> {
        let (schema, array) = (
            self.schemas.last_mut().unwrap().as_mut_ptr().cast::<Schema>(),
            self.arrays.last_mut().unwrap().as_mut_ptr().cast::<Array>(),
        );
        // SAFETY: the structures live as long as this frame; what is wrong in them is what the reader must find.
        let source = unsafe { Source::from_array(schema, array) };
        let table = Arc::new(source.and_then(Source::table).map_err(|error| error.0)?);
        let mut read = 0;
        let mut refused = None;
        for place in 0..table.batch_rows().len() * FORMATS.len() {
            match table.column(place) {
                Ok(column) => read += column.chunks.iter().map(values).sum::<usize>(),
                Err(error) => refused = Some(error.0),
            }
        }
        carry(&table);
        refused.map_or(Ok(read), Err)
    }
}

fn values(chunk: &sitthi::survey::Chunk<'_>) -> usize {
    let of_dictionary = chunk.dictionary.as_deref().map_or(0, values);
    let known = (0..chunk.rows).filter(|row| chunk.is_known(*row));
    let sum = match &chunk.values {
        Values::Text(texts) => known
            .filter_map(|row| texts.bytes(row))
            .map(|bytes| bytes.iter().filter(|byte| **byte == b'a').count())
            .sum(),
        Values::I64(values) => known.filter(|row| values[*row] == 0).count(),
        Values::I32(values) => known.filter(|row| values[*row] == 0).count(),
        Values::I8(values) => known.filter(|row| values[*row] == 0).count(),
        Values::Decimals(values) => known.filter(|row| values[*row][0] == 0).count(),
        Values::Bits(bits) => known.filter(|row| bits.get(*row)).count(),
        _ => known.count(),
    };
    sum + of_dictionary
}

/// Hands all columns out again, and lets go of them.
fn carry(table: &Arc<Table>) {
    let columns = (0..FORMATS.len()).map(|place| Out {
        name: place.to_string(),
        values: OutValues::Carried(place),
    });
    let export = Export {
        columns: columns.collect(),
        carried: Some(Arc::clone(table)),
        batches: table.batch_rows(),
        unsigned: false,
    };
    let mut stream: Stream = export.stream();
    // SAFETY: our own stream, live until it is taken.
    let source = unsafe { Source::from_stream(&raw mut stream) };
    drop(source.and_then(Source::table));
}

impl Frame {
    pub fn array_child(&mut self, place: usize) -> &mut RawArray {
        // SAFETY: the list holds pointers to arrays of this frame.
        unsafe { &mut *self.array_children[place] }
    }
}

fn pick<T: Copy>(below: &mut dyn FnMut(usize) -> usize, of: &[T]) -> T {
    of[below(of.len())]
}

/// Numbers that are wrong: such as can never be, and such as are wrong by less than the buffers are longer.
const NUMBERS: [i64; 14] = [
    i64::MIN,
    i64::MIN + 1,
    -1 << 40,
    -2,
    -1,
    0,
    1,
    2,
    39,
    41,
    999,
    1 << 33,
    1 << 62,
    i64::MAX,
];

/// Damages one place of a frame, drawn by a choice below a number.
pub fn damage(frame: &mut Frame, below: &mut dyn FnMut(usize) -> usize) {
    let number = pick(below, &NUMBERS);
    let (array, schema) = (below(frame.arrays.len()), below(frame.schemas.len()));
    match below(14) {
        0 => frame.arrays[array][0].length = number,
        1 => frame.arrays[array][0].offset = number,
        2 => frame.arrays[array][0].null_count = number,
        3 => {
            // More buffers than there are cannot be told from as many: the list would have to be longer.
            frame.arrays[array][0].n_buffers = number.min(frame.lists[array].len() as i64);
        }
        4 => frame.arrays[array][0].n_children = number.min(frame.arrays[array][0].n_children),
        5 => frame.schemas[schema][0].n_children = number.min(frame.schemas[schema][0].n_children),
        6 if !frame.lists[array].is_empty() => {
            let place = below(frame.lists[array].len());
            frame.lists[array][place] = ptr::null();
        }
        7 if !frame.lists[array].is_empty() => {
            let place = below(frame.lists[array].len());
            if !frame.lists[array][place].is_null() {
                frame.lists[array][place] = frame.lists[array][place].wrapping_byte_add(below(8));
            }
        }
        8 => frame.arrays[array][0].dictionary = ptr::null_mut(),
        9 => frame.schemas[schema][0].dictionary = ptr::null_mut(),
        10 => {
            let place = below(FORMATS.len());
            frame.array_children[place] = pick(below, &[ptr::null_mut(), frame.array_children[0], frame.array_children[12]]);
        }
        11 => {
            let place = below(FORMATS.len());
            frame.schema_children[place] = pick(below, &[ptr::null_mut(), frame.schema_children[0], frame.schema_children[12]]);
        }
        12 => {
            frame.schemas[schema][0].format = pick(
                below,
                &[
                    ptr::null(),
                    c"".as_ptr(),
                    c"q".as_ptr(),
                    c"+s".as_ptr(),
                    c"d:1".as_ptr(),
                    c"d:,".as_ptr(),
                    c"d:20,999".as_ptr(),
                    c"tss:UTC".as_ptr(),
                ],
            );
        }
        _ => {
            // Bits, keys, offsets and views; what is read stays within the buffers, or is refused.
            let buffer = below(frame.buffers.len());
            let width = frame.buffers[buffer].len();
            if width > 1 && width < SLACK * 2 {
                let place = below(width.min(80));
                frame.buffers[buffer][place] = pick(below, &[0, u64::MAX, 1 << 63, 3, 0x0000_0003_0000_0003]);
            }
        }
    }
}
