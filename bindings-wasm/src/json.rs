//! JSON as `serde_json` writes it, letter for letter, straight into the form that JavaScript takes.

use std::fmt::{Error, Write};

use serde::Serialize;
use serde::ser::{self, Serializer};

use crate::units::Units;

/// Writes a decision: text, whole numbers, lists and records. Anything else is an error, never another text.
pub(crate) fn write(value: &impl Serialize, to: &mut Units) -> Result<(), Error> {
    value.serialize(Json(to))
}

struct Json<'a>(&'a mut Units);

impl Json<'_> {
    fn text(self, text: &str) {
        self.0.put(b'"');
        self.0.put_escaped(text);
        self.0.put(b'"');
    }
}

/// A list or a record that is being written.
struct Open<'a> {
    units: &'a mut Units,
    first: bool,
    close: &'static str,
}

impl<'a> Json<'a> {
    fn open(self, open: u8, close: &'static str) -> Open<'a> {
        self.0.put(open);
        Open {
            units: self.0,
            first: true,
            close,
        }
    }

    /// A variant that holds something: a record of one field.
    fn variant(self, name: &str) -> Self {
        self.0.put(b'{');
        Json(self.0).text(name);
        self.0.put(b':');
        self
    }
}

impl Open<'_> {
    fn next(&mut self) -> Json<'_> {
        if !self.first {
            self.units.put(b',');
        }
        self.first = false;
        Json(self.units)
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        value.serialize(self.next())
    }

    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.next().text(name);
        self.value(value)
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.units.put(b':');
        value.serialize(Json(self.units))
    }

    fn close(self) -> Result<(), Error> {
        self.units.write_str(self.close)
    }
}

macro_rules! written {
    ($($name:ident: $kind:ty),*) => {
        $(
            fn $name(self, number: $kind) -> Result<(), Error> {
                write!(self.0, "{number}")
            }
        )*
    };
}

macro_rules! refused {
    ($($name:ident: $kind:ty),*) => {
        $(
            fn $name(self, _: $kind) -> Result<(), Error> {
                Err(Error)
            }
        )*
    };
}

impl<'a> Serializer for Json<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    written!(serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    written!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);
    refused!(serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str);

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.text(text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.0.write_str("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let inside = self.variant(variant);
        value.serialize(Json(inside.0))?;
        inside.0.write_str("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.open(b'[', "]"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.variant(variant).open(b'[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        Ok(self.open(b'{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.open(b'{', "}"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.variant(variant).open(b'{', "}}"))
    }
}

macro_rules! list {
    ($($trait:ident::$item:ident),*) => {
        $(
            impl ser::$trait for Open<'_> {
                type Ok = ();
                type Error = Error;

                fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                    self.item(value)
                }

                fn end(self) -> Result<(), Error> {
                    self.close()
                }
            }
        )*
    };
}
list!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! record {
    ($($trait:ident),*) => {
        $(
            impl ser::$trait for Open<'_> {
                type Ok = ();
                type Error = Error;

                fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                    self.field(name, value)
                }

                fn end(self) -> Result<(), Error> {
                    self.close()
                }
            }
        )*
    };
}
record!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let before = self.units.written().len();
        self.item(key)?;
        let mut written = self.units.written().iter().skip(before).filter(|unit| **unit != u16::from(b','));
        if written.next() == Some(&u16::from(b'"')) {
            Ok(())
        } else {
            Err(Error)
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde::Serialize;
    use sitthi::{Date, Rulebook};

    use super::write;
    use crate::units::Units;

    fn same(value: &impl Serialize) {
        let mut units = Units::default();
        write(value, &mut units).unwrap();
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(String::from_utf16(units.written()).unwrap(), text);
    }

    #[test]
    fn letters_of_every_kind_at_every_place_are_written_as_serde_json_does() {
        let every: String = (0..0x300)
            .chain(0xE00..0xE60)
            .chain([0x2028, 0xFFFF, 0x1F600, 0x10FFFF])
            .filter_map(char::from_u32)
            .collect();
        for text in [&every, "", "a", "\"\\/\u{7f}", "ผู้ประกันตนมาตรา 33 โดยผล \"of the law\""] {
            for before in 0..20 {
                same(&format!("{}{text}{text}", "x".repeat(before)));
            }
        }
    }

    #[test]
    fn decisions_are_written_as_the_core_does() {
        let rulebook = Rulebook::built_in();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let law = rulebook.on(day("2026-11-22"));
        for facts in [
            "{}",
            r#"{"birth_date":"1990","jobs":[{"for_wages":true}]}"#,
            r#"{"birth_date":"1958-01-10","nationality":"thai","jobs":[]}"#,
        ] {
            let worker = law.read_worker(facts).unwrap();
            same(&law.assess(&worker).unwrap());
            same(&law.classify(&worker).unwrap());
            same(&law.next_question(&worker).unwrap());
        }
        same(&law.route(&law.read_complaint("{}").unwrap()).unwrap());
        same(
            &law.score(
                "p2_informal",
                r#"{"targets":{"informality_rate":[{"value":"50","baseline":"52"}]}}"#,
            )
            .unwrap(),
        );
        same(&rulebook.changes(day("2011-01-01"), day("2033-01-01")));
    }

    #[test]
    fn what_no_decision_holds_is_refused() {
        assert!(write(&1.5, &mut Units::default()).is_err());
        assert!(write(&std::collections::BTreeMap::from([(1, "a")]), &mut Units::default()).is_err());
    }
}
