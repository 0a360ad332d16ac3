//! Parameters with bracketed names, as in `line_items[0][price_data][currency]=usd`.
//!
//! Reading a parameter takes it out of the form. What is left at the end is unknown and is refused.

use super::refusal::Refusal;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};

/// Texts that a merchant attaches to an object.
pub type Metadata = BTreeMap<String, String>;

const MAX_METADATA_KEYS: usize = 50;
const MAX_METADATA_KEY: usize = 40;
const MAX_METADATA_VALUE: usize = 500;

/// Parameters by their full name. Entries of a list have an index: `expand[]` becomes `expand[0]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// Decodes a query or a body. Of parameters with the same name, the last one counts.
    pub fn decoded(encoded: &str) -> Self {
        let mut fields = BTreeMap::new();
        for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let mut name = plain(name);
            if let Some(list) = name.strip_suffix("[]") {
                let is_free = |name: &String| !fields.contains_key(name);
                let mut names = (0..=fields.len()).map(|index| format!("{list}[{index}]"));
                name = names.find(is_free).unwrap_or_default();
            }
            fields.insert(name, plain(value));
        }
        Self(fields)
    }

    /// The value of a parameter, which stays in the form.
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether there is a parameter with this name or within it.
    pub fn has(&self, name: &str) -> bool {
        let within = format!("{name}[");
        self.0.keys().any(|key| key == name || key.starts_with(&within))
    }

    /// A text that is not empty.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        match self.0.remove(name) {
            Some(value) if value.is_empty() => Err(empty(name)),
            value => Ok(value),
        }
    }

    /// A text that must be given.
    pub fn required(&mut self, name: &str) -> Result<String, Refusal> {
        self.text(name)?.ok_or_else(|| missing(name))
    }

    /// A text of limited length.
    pub fn short(&mut self, name: &str, most: usize) -> Result<Option<String>, Refusal> {
        match self.text(name)? {
            Some(value) if value.chars().count() > most => {
                let start: String = value.chars().take(8).collect();
                Err(Refusal::parameter(name, format!("Invalid string: {start}...; must be at most {most} characters")))
            }
            value => Ok(value),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.text(name)? else { return Ok(None) };
        let digits = value.strip_prefix('-').unwrap_or(&value);
        let parsed = value.parse().ok().filter(|_| digits.bytes().all(|sign| sign.is_ascii_digit()));
        parsed.map(Some).ok_or_else(|| wrong_integer(name, format!("Invalid integer: {value}")))
    }

    /// A whole number that is not below a limit.
    pub fn integer_from(&mut self, name: &str, least: i64) -> Result<Option<i64>, Refusal> {
        match self.integer(name)? {
            Some(value) if value < least => {
                Err(wrong_integer(name, format!("This value must be greater than or equal to {least}.")))
            }
            value => Ok(value),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.text(name)?.as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => Err(Refusal::parameter(name, format!("Invalid boolean: {other}"))),
        }
    }

    /// One of several words.
    pub fn choice(&mut self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Refusal> {
        let Some(value) = self.text(name)? else { return Ok(None) };
        let found = words.iter().find(|word| **word == value).copied();
        found
            .map(Some)
            .ok_or_else(|| Refusal::parameter(name, format!("Invalid {name}: must be one of {}", words.join(", "))))
    }

    /// The entries of a list of texts.
    pub fn list(&mut self, name: &str) -> Result<Vec<String>, Refusal> {
        let indices = self.indices(name);
        indices.into_iter().map(|index| self.required(&format!("{name}[{index}]"))).collect()
    }

    /// The indices of a list, lowest first.
    pub fn indices(&self, name: &str) -> Vec<u32> {
        let within = self.0.keys().filter_map(|key| key.strip_prefix(name)?.strip_prefix('['));
        let indices: BTreeSet<_> = within.filter_map(|rest| rest.split(']').next()?.parse().ok()).collect();
        indices.into_iter().collect()
    }

    /// Texts by their key.
    pub fn metadata(&mut self, name: &str) -> Result<Metadata, Refusal> {
        if self.0.remove(name).is_some_and(|value| !value.is_empty()) {
            return Err(Refusal::parameter(name, "Invalid object"));
        }
        let mut metadata = Metadata::new();
        let prefix = format!("{name}[");
        self.0.retain(|full, value| {
            let Some(key) = full.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(']')) else { return true };
            metadata.insert(key.to_owned(), std::mem::take(value));
            false
        });
        // An empty value unsets a key.
        metadata.retain(|_, value| !value.is_empty());
        checked(name, metadata)
    }

    /// Refuses what nobody read.
    pub fn finish(self) -> Result<(), Refusal> {
        let unknown: Vec<_> = self.0.into_keys().collect();
        let Some(first) = unknown.first() else { return Ok(()) };
        let plural = if unknown.len() > 1 { "s" } else { "" };
        let message = format!("Received unknown parameter{plural}: {}", unknown.join(", "));
        Err(Refusal::parameter(first, message).code("parameter_unknown"))
    }
}

/// A parameter that must be given is not.
pub fn missing(name: &str) -> Refusal {
    Refusal::parameter(name, format!("Missing required param: {name}.")).code("parameter_missing")
}

/// A number that is not right.
pub fn wrong_integer(name: &str, message: String) -> Refusal {
    Refusal::parameter(name, message).code("parameter_invalid_integer")
}

fn empty(name: &str) -> Refusal {
    let message = format!(
        "You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; however \
         '{name}' cannot be unset. You should remove '{name}' from your request or supply a non-empty value."
    );
    Refusal::parameter(name, message).code("parameter_invalid_empty")
}

fn checked(name: &str, metadata: Metadata) -> Result<Metadata, Refusal> {
    if metadata.len() > MAX_METADATA_KEYS {
        let message = format!("Metadata can have up to {MAX_METADATA_KEYS} keys, but you passed {}.", metadata.len());
        return Err(Refusal::parameter(name, message));
    }
    for (key, value) in &metadata {
        let (key_length, length) = (key.chars().count(), value.chars().count());
        if key_length > MAX_METADATA_KEY || key.contains(['[', ']']) {
            let message = format!(
                "Metadata keys can have up to {MAX_METADATA_KEY} characters and no square brackets. Invalid key: {key}"
            );
            return Err(Refusal::parameter(&format!("{name}[{key}]"), message));
        }
        if length > MAX_METADATA_VALUE {
            let message = format!(
                "Metadata values can have up to {MAX_METADATA_VALUE} characters, but you passed in a value that is \
                 {length} characters. Invalid value: {value}"
            );
            return Err(Refusal::parameter(&format!("{name}[{key}]"), message));
        }
    }
    Ok(metadata)
}

fn plain(encoded: &str) -> String {
    percent_decode_str(&encoded.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn names_have_brackets_and_values_are_decoded() {
        let mut form = Form::decoded("a%5Bb%5D=1+%2B%C3%A9&x=1&x=2&l[]=a&l[]=b&l[]&m[k]=v&m[e]=&&flag");
        assert_eq!((form.peek("a[b]"), form.peek("x"), form.peek("flag")), (Some("1 +é"), Some("2"), Some("")));
        assert!(form.list("l").is_err(), "the third entry is empty");
        assert_eq!(form.metadata("m").unwrap().into_iter().collect::<Vec<_>>(), [("k".into(), "v".into())]);
    }

    #[test]
    fn lists_are_in_the_order_of_their_indices() {
        let mut form = Form::decoded("l[10]=c&l[2]=b&l[0]=a&list[1]=x");
        assert_eq!(form.indices("l"), [0, 2, 10]);
        assert_eq!(form.list("l").unwrap(), ["a", "b", "c"]);
        assert!(form.has("list") && !form.has("l"));
        assert!(form.finish().is_err(), "nobody read the other list");
    }
}
