//! Parsing at the edge: named fields become values of the domain, and every wrong one is reported, not only the first.

use crate::{problem::Problem, problem_code::ProblemCode};
use serde::Serialize;
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fmt::Display, str::FromStr};
use utoipa::{
    ToSchema,
    openapi::{Object, ObjectBuilder, Type},
};

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Which field.
    #[schema(examples("country_code"))]
    pub field: String,
    /// What is wrong, for programs: `required`, `malformed`, `unknown_field` …
    #[schema(examples("malformed"))]
    pub code: String,
    /// What is wrong, for people.
    pub detail: String,
}

/// The most labels that one thing has.
const MOST_LABELS: usize = 10;
/// The most characters of a label's name, and of its text.
const LONGEST_LABEL: usize = 64;

/// The schema of [`Fields::labels`].
pub fn labels_schema() -> Object {
    let text = || {
        let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST_LABEL));
        text.pattern(Some(r"^[^\u0000-\u001f\u007f-\u009f]+$"))
    };
    let labels = ObjectBuilder::new().schema_type(Type::Object).max_properties(Some(MOST_LABELS));
    let labels = labels.property_names(Some(text())).additional_properties(Some(text()));
    let labels = labels.description(Some("Your own labels: up to ten names with texts."));
    labels.examples([serde_json::json!({"project": "crm"})]).build()
}

/// Something that is parsed out of named fields: a JSON body or a query string.
pub trait FromFields: Sized {
    /// What may be refused, once the fields are right, because of what they ask for.
    const PROBLEMS: &'static [ProblemCode] = &[];

    /// Takes its fields, and ends with [`Fields::done`].
    fn from_fields(fields: Fields) -> Result<Self, Problem>;
}

/// Named fields that are being taken, and what was wrong with them.
#[derive(Debug)]
pub struct Fields {
    map: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Fields {
    /// Over a JSON object or the parameters of a query.
    pub const fn new(map: Map<String, Value>) -> Self {
        Self { map, errors: Vec::new() }
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, field: &str, code: &str, detail: impl Display) {
        self.errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), detail: detail.to_string() });
    }

    /// A text field that must be there. `None` where it is wrong, which is noted.
    pub fn required<T>(&mut self, field: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        if self.map.get(field).is_none_or(Value::is_null) {
            self.map.remove(field);
            self.wrong(field, "required", "This field must be given.");
            return None;
        }
        self.optional(field)
    }

    /// A text field that may be missing or null. `None` where it is so, or wrong, which is noted.
    pub fn optional<T>(&mut self, field: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        match self.map.remove(field)? {
            Value::Null => None,
            Value::String(text) => match text.parse() {
                Ok(value) => Some(value),
                Err(error) => {
                    self.wrong(field, "malformed", error);
                    None
                }
            },
            _ => {
                self.wrong(field, "wrong_type", "This field must be a text.");
                None
            }
        }
    }

    /// One of a few names; `None` where it is missing, null, or none of them, which is noted.
    pub fn choice<T: Copy>(&mut self, field: &str, choices: &[(&str, T)]) -> Option<T> {
        let text: String = self.optional(field)?;
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            self.wrong(field, "unknown_value", format_args!("One of: {}.", names.join(", ")));
        }
        found
    }

    /// A whole number within bounds, as a text (query strings have no other).
    pub fn bounded(&mut self, field: &str, bounds: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let text: String = self.optional(field)?;
        let value =
            text.parse().ok().filter(|value| bounds.contains(value) && text.bytes().all(|b| b.is_ascii_digit()));
        if value.is_none() {
            self.wrong(field, "out_of_range", format_args!("A number from {} to {}.", bounds.start(), bounds.end()));
        }
        value
    }

    /// Labels: at most ten pairs of short texts. Empty where missing.
    pub fn labels(&mut self, field: &str) -> BTreeMap<String, String> {
        let map = match self.map.remove(field) {
            None | Some(Value::Null) => return BTreeMap::new(),
            Some(Value::Object(map)) => map,
            Some(_) => {
                self.wrong(field, "wrong_type", "An object of texts, like {\"project\": \"crm\"}.");
                return BTreeMap::new();
            }
        };
        let sane =
            |text: &str| (1..=LONGEST_LABEL).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        let count = map.len();
        let labels: BTreeMap<_, _> = map
            .into_iter()
            .filter_map(|(name, value)| match value {
                Value::String(text) if sane(&name) && sane(&text) => Some((name, text)),
                _ => None,
            })
            .collect();
        if count > MOST_LABELS || labels.len() < count {
            self.wrong(field, "malformed", "At most 10 names with texts, each of 1 to 64 characters.");
        }
        labels
    }

    /// Ends the parsing: fields that nobody took are wrong too, so that a typing error is not silently ignored.
    pub fn done<T>(mut self, value: impl FnOnce() -> Option<T>) -> Result<T, Problem> {
        let unknown: Vec<String> = self.map.keys().take(10).map(|name| name.chars().take(64).collect()).collect();
        for name in unknown {
            self.wrong(&name, "unknown_field", "There is no such field.");
        }
        if self.errors.is_empty() {
            // Fields that are missing were noted, so the value is there.
            value().ok_or_else(|| Problem::internal("a field was missing without being noted"))
        } else {
            Err(Problem::fields(self.errors))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{CountryCode, Credits};

    fn fields(json: &Value) -> Fields {
        Fields::new(json.as_object().unwrap().clone())
    }

    #[test]
    fn every_wrong_field_is_reported() {
        let mut fields = fields(&serde_json::json!({"country": "gh", "price": 1, "extra": true, "n": "0x1"}));
        let country: Option<CountryCode> = fields.required("country");
        let price: Option<Credits> = fields.optional("price");
        let name: Option<String> = fields.required("name");
        let n = fields.bounded("n", 1..=5);
        assert!(country.is_none() && price.is_none() && name.is_none() && n.is_none());
        let problem = fields.done(|| Some(())).unwrap_err();
        let body = format!("{problem:?}");
        for (field, code) in [
            ("country", "malformed"),
            ("price", "wrong_type"),
            ("name", "required"),
            ("extra", "unknown_field"),
            ("n", "out_of_range"),
        ] {
            assert!(body.contains(&format!("field: \"{field}\", code: \"{code}\"")), "{field} in {body}");
        }
    }
}
