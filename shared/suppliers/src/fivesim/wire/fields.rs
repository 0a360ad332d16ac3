//! The fields of a JSON object, each read by itself, so that one of an odd type costs only itself.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The fields of an object. Of two with one name, the last one counts.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Fields<'a>(#[serde(borrow)] BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    /// Parses an object; `None` if it is something else.
    pub(super) fn parse(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// Whether there is a field with one of these names, of any type.
    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0.contains_key(*name))
    }

    /// A field, unless it is missing or `null`.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).copied().filter(|raw| raw.get() != "null")
    }

    /// A string.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// A string, which some answers write as a number.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        let raw = self.get(name)?.get();
        if is_number(raw) { Some(raw.to_owned()) } else { serde_json::from_str(raw).ok() }
    }

    /// The digits of a number, which some answers write as a string.
    pub(super) fn number(&self, name: &str) -> Option<&'a str> {
        self.get(name).map(number_text)
    }

    /// The fields without these, with their names.
    pub(super) fn without(self, names: &[&str]) -> impl Iterator<Item = (String, &'a RawValue)> {
        self.0.into_iter().filter(|(name, _)| !names.contains(&name.as_str()))
    }

    /// The values, by name.
    pub(super) fn values(self) -> impl Iterator<Item = &'a RawValue> {
        self.0.into_values()
    }
}

/// Whether the JSON is a number.
fn is_number(raw: &str) -> bool {
    raw.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// The digits of a number that is written as a number or as a string.
pub(super) fn number_text(raw: &RawValue) -> &str {
    raw.get().trim_matches('"')
}
