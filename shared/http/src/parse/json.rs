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
    use serde_json::json;

    #[test]
    fn objects_are_read_unchanged() {
        let text = r#"{"a": [null, true, -1, 2, 0.5, "é", {"b": {}}], "c": "\u00e9"}"#;
        let same: Value = serde_json::from_str(text).unwrap();
        assert_eq!(Value::Object(read_object(text.as_bytes()).unwrap()), same);
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(Value::Object(read_object(&marked).unwrap()), same, "a byte order mark");
        assert_eq!(Value::Object(read_object(b"{}").unwrap()), json!({}));
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
}
