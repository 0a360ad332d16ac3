//! JSON without duplicate fields. Choosing one of two `max_price` fields would be a guess.

use super::{Object, Value};
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use std::fmt;

/// Parses an object. A data error ([`serde_json::Error::is_data`]) means valid JSON of another form.
pub(crate) fn read_object(text: &[u8]) -> Result<Object, serde_json::Error> {
    // Some editors and libraries write a byte order mark, which is not JSON.
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Unique.deserialize(&mut reader)?;
    reader.end()?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(serde_json::Error::custom("not an object")),
    }
}

/// Reads any value as [`Value`] does, but rejects duplicate names at any depth.
struct Unique;

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Object::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(Self)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a duplicate field"));
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn objects_are_read_unchanged() {
        let text = r#"{"a": [null, true, -1, 2, 0.5, "é", {"b": {}}], "c": "\u00e9"}"#;
        let same: Value = serde_json::from_str(text).unwrap();
        assert_eq!(Value::Object(read_object(text.as_bytes()).unwrap()), same);
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(Value::Object(read_object(&marked).unwrap()), same, "a byte order mark");
        assert_eq!(Value::Object(read_object(b"{}").unwrap()), json!({}));
        for misplaced in ["\u{feff}\u{feff}{}", "{\u{feff}}", " \u{feff}{}", "{}\u{feff}", "{\"a\":\u{feff}1}"] {
            assert!(!read_object(misplaced.as_bytes()).unwrap_err().is_data(), "{misplaced:?}");
        }
        assert!(read_object("{\"\u{feff}a\": \"\u{feff}\"}".as_bytes()).is_ok(), "within a string it is a character");
    }

    #[test]
    fn duplicate_names_are_rejected_at_any_depth() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"{"t": {"a": 1, "a": 2}}"#, r#"{"t": [[{"a": 1, "\u0061": 2}]]}"#] {
            assert!(read_object(text.as_bytes()).unwrap_err().is_data(), "{text}");
        }
        assert!(read_object(br#"{"a": {"b": 1}, "b": {"a": 1}}"#).is_ok());
    }

    #[test]
    fn a_body_must_be_an_object() {
        for text in ["[]", "7", "null", "\"a\""] {
            assert!(read_object(text.as_bytes()).unwrap_err().is_data(), "{text}");
        }
        for text in ["", "{", "{}x", "\u{feff}", "{\"a\": \"\\ud83d\"}", &"[".repeat(1000)] {
            assert!(!read_object(text.as_bytes()).unwrap_err().is_data(), "{text}");
        }
    }

    /// Any JSON, some levels deep.
    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            let list = proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from);
            let object = proptest::collection::hash_map(".{0,4}", inner, 0..6);
            prop_oneof![list, object.prop_map(|fields| Value::Object(fields.into_iter().collect()))]
        })
    }

    /// Pieces of JSON in any order, which are rarely valid.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let pieces: [&[u8]; 24] = [
            b"{",
            b"}",
            b"[",
            b"]",
            b":",
            b",",
            b"\"",
            b"\"a\"",
            b"\"a\":",
            b"\\",
            b"\\u",
            b"\\ud83d",
            b"null",
            b"true",
            b"1",
            b"-",
            b"1e400",
            b"0.1e-5",
            b" ",
            b"\n",
            b"\0",
            b"\xEF\xBB\xBF",
            b"\xFF",
            b"\xC3\xA9",
        ];
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_object_is_read_as_it_is_written(value in values()) {
            let text = serde_json::to_vec(&value).unwrap();
            let expected: Value = serde_json::from_slice(&text).unwrap();
            match read_object(&text) {
                Ok(object) => prop_assert_eq!(Value::Object(object), expected),
                Err(error) => prop_assert!(error.is_data() && !expected.is_object(), "{}", error),
            }
        }

        #[test]
        fn any_bytes_are_read_as_json_or_rejected(
            text in prop_oneof![pieces(), proptest::collection::vec(any::<u8>(), 0..64)],
        ) {
            let plain = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
            match (read_object(&text), serde_json::from_slice::<Value>(plain)) {
                (Ok(object), known) => prop_assert_eq!(Some(Value::Object(object)), known.ok()),
                (Err(error), Ok(_)) => prop_assert!(error.is_data(), "valid JSON of another form: {}", error),
                (Err(_), Err(_)) => {}
            }
        }
    }
}
