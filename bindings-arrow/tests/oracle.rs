//! Columns in and out are held against an independent implementation of Arrow.
#![expect(unsafe_code, reason = "structures of two crates cross the C data interface")]
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::*;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, LargeStringArray, NullArray, RecordBatch, RecordBatchIterator, StringArray, StringViewArray,
    StructArray, TimestampMicrosecondArray, TimestampSecondArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use arrow_schema::{DataType, Field, Schema};
use sitthi::survey::{Chunk, Column, ColumnType, Values};
use sitthi_arrow::{Export, Out, OutValues, Source, Table, taken};

/// Numbers that only look random.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 17
    }
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
    fn some<T>(&mut self, rows: usize, make: impl Fn(&mut Self) -> T) -> Vec<Option<T>> {
        (0..rows)
            .map(|_| if self.below(5) == 0 { None } else { Some(make(self)) })
            .collect()
    }
}

const WORDS: [&str; 5] = ["", "thai", "กรุงเทพมหานคร", "a text of more than twelve bytes", "x"];

fn batch(dice: &mut Dice, rows: usize) -> RecordBatch {
    let word = |dice: &mut Dice| WORDS[dice.below(5)];
    let mut keys = StringDictionaryBuilder::<Int8Type>::new();
    dice.some(rows, word).into_iter().for_each(|text| keys.append_option(text));
    let numbers = UInt16Array::from(dice.some(rows, |dice| dice.below(3) as u16));
    let of_numbers: DictionaryArray<UInt16Type> = DictionaryArray::new(numbers, Arc::new(Int64Array::from(vec![Some(7), None, Some(7)])));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("bool", Arc::new(BooleanArray::from(dice.some(rows, |dice| dice.below(2) == 1)))),
        ("i8", Arc::new(Int8Array::from(dice.some(rows, |dice| dice.next() as i8)))),
        ("i16", Arc::new(Int16Array::from(dice.some(rows, |dice| dice.next() as i16)))),
        ("i32", Arc::new(Int32Array::from(dice.some(rows, |dice| dice.next() as i32)))),
        ("i64", Arc::new(Int64Array::from(dice.some(rows, |dice| dice.next() as i64)))),
        ("u8", Arc::new(UInt8Array::from(dice.some(rows, |dice| dice.next() as u8)))),
        ("u16", Arc::new(UInt16Array::from(dice.some(rows, |dice| dice.next() as u16)))),
        ("u32", Arc::new(UInt32Array::from(dice.some(rows, |dice| dice.next() as u32)))),
        ("u64", Arc::new(UInt64Array::from(dice.some(rows, |dice| u64::MAX - dice.next())))),
        (
            "f32",
            Arc::new(Float32Array::from(dice.some(rows, |dice| dice.below(99) as f32 / 4.0))),
        ),
        (
            "f64",
            Arc::new(Float64Array::from(dice.some(rows, |dice| dice.below(99) as f64 / 4.0))),
        ),
        ("text", Arc::new(StringArray::from(dice.some(rows, word)))),
        ("large", Arc::new(LargeStringArray::from(dice.some(rows, word)))),
        ("view", Arc::new(StringViewArray::from(dice.some(rows, word)))),
        (
            "day",
            Arc::new(Date32Array::from(dice.some(rows, |dice| dice.below(30_000) as i32))),
        ),
        (
            "day64",
            Arc::new(Date64Array::from(dice.some(rows, |dice| dice.below(30_000) as i64 * 86_400_000))),
        ),
        (
            "second",
            Arc::new(TimestampSecondArray::from(dice.some(rows, |dice| dice.next() as i64))),
        ),
        (
            "micro",
            Arc::new(TimestampMicrosecondArray::from(dice.some(rows, |dice| dice.next() as i64))),
        ),
        (
            "decimal",
            Arc::new(
                Decimal128Array::from(dice.some(rows, |dice| i128::from(dice.next()) << 20))
                    .with_precision_and_scale(30, 4)
                    .unwrap(),
            ),
        ),
        ("nothing", Arc::new(NullArray::new(rows))),
        ("words", Arc::new(keys.finish())),
        ("numbers", Arc::new(of_numbers)),
        (
            "inner",
            Arc::new(StructArray::from(vec![(
                Arc::new(Field::new("x", DataType::Int32, true)),
                Arc::new(Int32Array::from(dice.some(rows, |dice| dice.next() as i32))) as ArrayRef,
            )])),
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, values)| (name, values, true))).unwrap()
}

fn open(batches: &[RecordBatch]) -> Arc<Table> {
    let reader = RecordBatchIterator::new(batches.iter().cloned().map(Ok).collect::<Vec<_>>(), batches[0].schema());
    let mut stream = FFI_ArrowArrayStream::new(Box::new(reader));
    // SAFETY: the structures have one form in every implementation; this one is live.
    let source = unsafe { Source::from_stream((&raw mut stream).cast()) };
    Arc::new(source.unwrap().table().unwrap())
}

/// A value as text, as Rust shows it.
fn said(chunk: &Chunk<'_>, row: usize) -> Option<String> {
    if !chunk.is_known(row) {
        return None;
    }
    let key = |key: i128| said(chunk.dictionary.as_deref().unwrap(), usize::try_from(key).unwrap());
    macro_rules! number {
        ($values:ident) => {
            if chunk.dictionary.is_some() {
                key($values[row].into())
            } else {
                Some($values[row].to_string())
            }
        };
    }
    match &chunk.values {
        Values::Null => None,
        Values::Bits(bits) => Some(bits.get(row).to_string()),
        Values::I8(values) => number!(values),
        Values::I16(values) => number!(values),
        Values::I32(values) => number!(values),
        Values::I64(values) => number!(values),
        Values::U8(values) => number!(values),
        Values::U16(values) => number!(values),
        Values::U32(values) => number!(values),
        Values::U64(values) => number!(values),
        Values::F32(values) => Some(values[row].to_string()),
        Values::F64(values) => Some(values[row].to_string()),
        Values::Decimals(values) => Some(i128::from_ne_bytes(values[row]).to_string()),
        Values::Text(texts) => Some(String::from_utf8(texts.bytes(row).unwrap().to_vec()).unwrap()),
    }
}

fn all(column: &Column<'_>) -> Vec<Option<String>> {
    column
        .chunks
        .iter()
        .flat_map(|chunk| (0..chunk.rows).map(|row| said(chunk, row)))
        .collect()
}

/// The same by the other implementation.
fn oracle(array: &dyn Array) -> Vec<Option<String>> {
    macro_rules! primitive {
        ($type:ty) => {
            array
                .as_primitive::<$type>()
                .iter()
                .map(|value| value.map(|value| value.to_string()))
                .collect()
        };
    }
    let text = |value: Option<&str>| value.map(str::to_owned);
    match array.data_type() {
        DataType::Boolean => array
            .as_boolean()
            .iter()
            .map(|value| value.map(|value| value.to_string()))
            .collect(),
        DataType::Int8 => primitive!(Int8Type),
        DataType::Int16 => primitive!(Int16Type),
        DataType::Int32 => primitive!(Int32Type),
        DataType::Int64 => primitive!(Int64Type),
        DataType::UInt8 => primitive!(UInt8Type),
        DataType::UInt16 => primitive!(UInt16Type),
        DataType::UInt32 => primitive!(UInt32Type),
        DataType::UInt64 => primitive!(UInt64Type),
        DataType::Float32 => primitive!(Float32Type),
        DataType::Float64 => primitive!(Float64Type),
        DataType::Date32 => primitive!(Date32Type),
        DataType::Date64 => primitive!(Date64Type),
        DataType::Timestamp(arrow_schema::TimeUnit::Second, _) => primitive!(TimestampSecondType),
        DataType::Timestamp(..) => primitive!(TimestampMicrosecondType),
        DataType::Decimal128(..) => primitive!(Decimal128Type),
        DataType::Utf8 => array.as_string::<i32>().iter().map(text).collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().map(text).collect(),
        DataType::Utf8View => array.as_string_view().iter().map(text).collect(),
        DataType::Null => vec![None; array.len()],
        DataType::Dictionary(..) => {
            let array = array.as_any_dictionary();
            let (values, keys) = (oracle(array.values().as_ref()), oracle(array.keys()));
            keys.into_iter()
                .map(|key| key.and_then(|key| values[key.parse::<usize>().unwrap()].clone()))
                .collect()
        }
        DataType::Struct(_) => Vec::new(),
        other => panic!("no oracle for {other}"),
    }
}

/// Batches of different lengths, cut out of longer ones.
fn batches(seed: u64) -> Vec<RecordBatch> {
    let mut dice = Dice(seed);
    let cuts = (0..3).map(|_| {
        let rows = dice.below(70);
        let whole = batch(&mut dice, rows + 9);
        let (first, less) = (dice.below(9), dice.below(3));
        whole.slice(first, rows.saturating_sub(less))
    });
    cuts.collect()
}

const SEEDS: u64 = if cfg!(miri) { 2 } else { 200 };

#[test]
fn every_column_is_read_as_the_other_implementation_reads_it() {
    for seed in 0..SEEDS {
        let batches = batches(seed);
        let table = open(&batches);
        assert_eq!(table.rows(), batches.iter().map(RecordBatch::num_rows).sum::<usize>());
        for (place, field) in batches[0].schema().fields().iter().enumerate() {
            let column = table.column(place).unwrap();
            let want: Vec<_> = batches.iter().flat_map(|batch| oracle(batch.column(place))).collect();
            assert_eq!(all(&column), want, "{} of {seed}", field.name());
            assert_eq!(
                (column.name, column.values == ColumnType::Other),
                (field.name().as_str(), field.name() == "inner")
            );
        }
        assert!(table.column(99).is_err());
    }
}

fn back(export: Export) -> Vec<RecordBatch> {
    let mut stream = export.stream();
    // SAFETY: as in `open`; the structure is moved, and the reader marks it.
    let reader = unsafe { RecordBatchStreamReader::from_raw((&raw mut stream).cast()) };
    reader
        .unwrap()
        .map(|batch| batch.unwrap())
        .inspect(|batch| {
            // Every array is sound to the last byte.
            batch.columns().iter().for_each(|column| column.to_data().validate_full().unwrap());
        })
        .collect()
}

#[test]
fn what_is_carried_along_goes_out_as_it_came() {
    for seed in 0..SEEDS {
        let batches = batches(seed);
        let table = open(&batches);
        let names = batches[0]
            .schema()
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect::<Vec<_>>();
        let columns = names.iter().enumerate().map(|(place, name)| Out {
            name: name.clone(),
            values: OutValues::Carried(place),
        });
        let export = Export {
            columns: columns.collect(),
            batches: table.batch_rows(),
            carried: Some(Arc::clone(&table)),
            unsigned: false,
        };
        drop(table);
        let want: Vec<_> = batches.into_iter().filter(|batch| batch.num_rows() > 0).collect();
        assert_eq!(back(export), want, "{seed}");
    }
}

#[test]
fn answers_go_out_as_columns() {
    let codes = Arc::new(vec![0, 1, 255, 1, 0]);
    let labels: Arc<[&'static str]> = Arc::from(["no", "yes"]);
    for unsigned in [false, true] {
        let columns = [
            (
                "code",
                OutValues::Codes {
                    codes: Arc::clone(&codes),
                    labels: Arc::clone(&labels),
                    nulls: true,
                },
            ),
            (
                "text",
                OutValues::Texts(Arc::from([1, 0, u32::MAX, 1, 0]), Arc::from(["ก".to_owned(), "b".to_owned()])),
            ),
            ("whole", OutValues::Whole(Arc::from([1, -2, 3, i64::MAX, i64::MIN]))),
            ("float", OutValues::Floats(Arc::from([0.5, 1.5, f64::INFINITY, 0.0, -0.0]))),
        ];
        let columns = columns.into_iter().map(|(name, values)| Out {
            name: name.to_owned(),
            values,
        });
        let export = Export {
            columns: columns.collect(),
            carried: None,
            batches: vec![3, 2],
            unsigned,
        };
        let found = back(export);
        assert_eq!(found.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [3, 2]);
        let all = |place: usize| found.iter().flat_map(|batch| oracle(batch.column(place))).collect::<Vec<_>>();
        let texts = |texts: [Option<&str>; 5]| texts.map(|text| text.map(str::to_owned)).to_vec();
        assert_eq!(all(0), texts([Some("no"), Some("yes"), None, Some("yes"), Some("no")]));
        assert_eq!(all(1), texts([Some("b"), Some("ก"), None, Some("b"), Some("ก")]));
        assert_eq!(all(2), [1, -2, 3, i64::MAX, i64::MIN].map(|value| Some(value.to_string())));
        assert_eq!(all(3), texts([Some("0.5"), Some("1.5"), Some("inf"), Some("0"), Some("-0")]));
        let key = found[0].schema().field(0).data_type().clone();
        let want = if unsigned { DataType::UInt8 } else { DataType::Int8 };
        assert_eq!(key, DataType::Dictionary(Box::new(want), Box::new(DataType::Utf8)));
    }
}

#[test]
fn values_that_are_taken_keep_their_type() {
    for seed in 0..SEEDS {
        let batches = batches(seed);
        let table = open(&batches);
        let schema: Arc<Schema> = batches[0].schema();
        for (place, field) in schema
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| field.name() != "inner" && field.name() != "nothing")
        {
            let cells: Vec<_> = batches.iter().flat_map(|batch| oracle(batch.column(place))).collect();
            let mut rows: Vec<usize> = Vec::new();
            for (row, cell) in cells.iter().enumerate() {
                if cell.is_some() && !rows.iter().any(|known| cells[*known] == *cell) {
                    rows.push(row);
                }
            }
            let keys: Vec<u32> = (0..cells.len()).map(|row| (row % (rows.len() + 1)) as u32).collect();
            let want: Vec<_> = keys
                .iter()
                .map(|key| rows.get(*key as usize).and_then(|row| cells[*row].clone()))
                .collect();
            let values = taken(&table, place, keys, &rows).unwrap();
            let columns = Arc::from([Out {
                name: "x".to_owned(),
                values,
            }]);
            let found = back(Export {
                columns,
                carried: None,
                batches: vec![want.len().min(5), want.len().saturating_sub(5)],
                unsigned: false,
            });
            let all: Vec<_> = found.iter().flat_map(|batch| oracle(batch.column(0))).collect();
            assert_eq!(all, want, "{} of {seed}", field.name());
            let plain = match field.data_type() {
                DataType::Dictionary(_, values) => values.as_ref(),
                other => other,
            };
            let text = matches!(plain, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
            let kept = found
                .first()
                .is_none_or(|batch| text || batch.schema().field(0).data_type() == plain);
            assert!(kept, "{}", field.name());
        }
        assert!(taken(&table, 0, Vec::new(), &[usize::MAX]).is_err());
    }
}
