//! The structures of the interface, and what they point to.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

use crate::{ArrowError, refuse};

/// `struct ArrowSchema`.
#[repr(C)]
pub struct Schema {
    pub(crate) format: *const c_char,
    pub(crate) name: *const c_char,
    pub(crate) metadata: *const c_char,
    pub(crate) flags: i64,
    pub(crate) children_count: i64,
    pub(crate) children: *mut *mut Self,
    pub(crate) dictionary: *mut Self,
    pub(crate) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(crate) private: *mut c_void,
}

/// `struct ArrowArray`.
#[repr(C)]
pub struct Array {
    pub(crate) length: i64,
    pub(crate) null_count: i64,
    pub(crate) offset: i64,
    pub(crate) buffers_count: i64,
    pub(crate) children_count: i64,
    pub(crate) buffers: *mut *const c_void,
    pub(crate) children: *mut *mut Self,
    pub(crate) dictionary: *mut Self,
    pub(crate) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(crate) private: *mut c_void,
}

/// `struct ArrowArrayStream`.
#[repr(C)]
pub struct Stream {
    pub(crate) get_schema: Option<unsafe extern "C" fn(*mut Self, *mut Schema) -> c_int>,
    pub(crate) get_next: Option<unsafe extern "C" fn(*mut Self, *mut Array) -> c_int>,
    pub(crate) get_last_error: Option<unsafe extern "C" fn(*mut Self) -> *const c_char>,
    pub(crate) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(crate) private: *mut c_void,
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

/// Metadata that are longer are not read.
const MOST_METADATA: usize = 1 << 26;

/// A C string that is UTF-8; empty where there is none.
fn text(pointer: *const c_char, what: &str) -> Result<String, ArrowError> {
    if pointer.is_null() {
        return Ok(String::new());
    }
    // SAFETY: names and formats are C strings that live as long as the schema.
    match unsafe { CStr::from_ptr(pointer) }.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => refuse(format!("the {what} of a column is not UTF-8")),
    }
}

/// The child at a place of a list that holds so many.
///
/// # Safety
/// The list is null or holds as many pointers as are counted, each null or live as long as the borrow.
unsafe fn child<'a, T>(children: *mut *mut T, count: i64, place: usize) -> Option<&'a T> {
    if place >= usize::try_from(count).unwrap_or(0) || children.is_null() || !children.is_aligned() {
        return None;
    }
    // SAFETY: the caller's promise; the place is within the list.
    unsafe {
        let child = children.add(place).read();
        if child.is_aligned() { child.as_ref() } else { None }
    }
}

impl Schema {
    pub(crate) const fn empty() -> Self {
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

    pub(crate) fn child(&self, place: usize) -> Option<&Self> {
        // SAFETY: the producer gives as many children as it counts, live as long as their parent.
        unsafe { child(self.children, self.children_count, place) }
    }

    pub(crate) fn dictionary(&self) -> Option<&Self> {
        // SAFETY: null, or live as long as the schema.
        unsafe { self.dictionary.as_ref() }
    }

    pub(crate) fn format(&self) -> Result<String, ArrowError> {
        text(self.format, "type")
    }

    pub(crate) fn name(&self) -> Result<String, ArrowError> {
        text(self.name, "name")
    }

    /// The text that the metadata have under a key.
    pub(crate) fn metadata(&self, wanted: &str) -> Option<String> {
        let (start, mut read) = (self.metadata.cast::<u8>(), 0_usize);
        if start.is_null() {
            return None;
        }
        let mut take = |length: usize| {
            let end = read.checked_add(length).filter(|end| *end <= MOST_METADATA)?;
            // SAFETY: the metadata are a count and so many keys and values, each with its length before it; no more than that is read.
            let bytes = unsafe { std::slice::from_raw_parts(start.add(read), length) };
            read = end;
            Some(bytes)
        };
        let length = |bytes: &[u8]| usize::try_from(i32::from_ne_bytes(bytes.try_into().ok()?)).ok();
        for _ in 0..length(take(4)?)? {
            let key_length = length(take(4)?)?;
            let found = take(key_length)? == wanted.as_bytes();
            let value_length = length(take(4)?)?;
            let value = take(value_length)?;
            if found {
                return std::str::from_utf8(value).ok().map(str::to_owned);
            }
        }
        None
    }
}

impl Array {
    pub(crate) const fn empty() -> Self {
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

    pub(crate) fn child(&self, place: usize) -> Option<&Self> {
        // SAFETY: as for `Schema::child`.
        unsafe { child(self.children, self.children_count, place) }
    }

    pub(crate) fn dictionary(&self) -> Option<&Self> {
        // SAFETY: null, or live as long as the array.
        unsafe { self.dictionary.as_ref() }
    }

    pub(crate) fn buffer(&self, place: usize) -> *const c_void {
        let count = usize::try_from(self.buffers_count).unwrap_or(0);
        if place >= count || self.buffers.is_null() || !self.buffers.is_aligned() {
            return ptr::null();
        }
        // SAFETY: the producer gives as many buffers as it counts.
        unsafe { self.buffers.add(place).read() }
    }

    /// A run of a buffer, from an element on.
    pub(crate) fn slice<T: Plain>(&self, place: usize, first: usize, length: usize) -> Result<&[T], ArrowError> {
        if length == 0 {
            return Ok(&[]);
        }
        let bytes = first.checked_add(length).and_then(|end| end.checked_mul(size_of::<T>()));
        if bytes.and_then(|bytes| isize::try_from(bytes).ok()).is_none() {
            return refuse("a column is longer than memory can be");
        }
        let pointer = self.buffer(place).cast::<T>();
        if pointer.is_null() {
            return refuse("a buffer is missing");
        }
        if !pointer.is_aligned() {
            return refuse("a buffer is not aligned");
        }
        // SAFETY: the buffer holds every element up to offset and length of the array, and lives as long as it; any bytes are a `T`.
        Ok(unsafe { std::slice::from_raw_parts(pointer.add(first), length) })
    }
}

/// Types of which any bytes are a value.
///
/// # Safety
/// They have no padding and no invalid values.
pub(crate) unsafe trait Plain: Copy {}
macro_rules! plain {
    ($($type:ty),*) => {$(
        // SAFETY: numbers and bytes.
        unsafe impl Plain for $type {}
    )*};
}
plain!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, [u8; 16]);

impl Stream {
    /// The schema of the stream.
    pub(crate) fn schema(&mut self) -> Result<Schema, ArrowError> {
        let (Some(get), Some(_)) = (self.get_schema, self.release) else {
            return refuse("the stream was taken already");
        };
        let mut schema = Schema::empty();
        // SAFETY: the callback is called with the live stream and a place to write to.
        if unsafe { get(self, &raw mut schema) } != 0 {
            return Err(self.error());
        }
        Ok(schema)
    }

    /// The next batch; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Array>, ArrowError> {
        let (Some(next), Some(_)) = (self.get_next, self.release) else {
            return refuse("the stream gives no rows");
        };
        let mut array = Array::empty();
        // SAFETY: as for `schema`.
        if unsafe { next(self, &raw mut array) } != 0 {
            return Err(self.error());
        }
        Ok(array.release.is_some().then_some(array))
    }

    fn error(&mut self) -> ArrowError {
        let said = self.get_last_error.map(|get| {
            // SAFETY: the stream is live; the text lives until the next call.
            unsafe { get(self) }
        });
        let said = said.and_then(|said| text(said, "error").ok()).filter(|said| !said.is_empty());
        ArrowError(said.unwrap_or_else(|| "the frame's stream failed".to_owned()))
    }
}
