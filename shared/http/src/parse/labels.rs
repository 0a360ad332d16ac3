//! Labels: a customer's own names and values for a record, and one of them as the filter of a list.

use super::{At, Malformed, OutOfRange, Parse, Value};
use std::{collections::BTreeMap, str::FromStr};
use utoipa::openapi::{Object, ObjectBuilder, Type, schema::SchemaType};

/// A few short strings by name. Requests contain no other maps.
pub type Labels = BTreeMap<String, String>;

/// The maximum number of labels.
const MOST: usize = 10;
/// The maximum number of characters of a name, and of a value.
const LONGEST: usize = 64;

/// A label in one string: `project:crm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its name, without a colon.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The text is not a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALabel;

impl FromStr for Label {
    type Err = NotALabel;

    fn from_str(label: &str) -> Result<Self, NotALabel> {
        match label.split_once(':') {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => {
                Ok(Self { name: name.to_owned(), value: value.to_owned() })
            }
            _ => Err(NotALabel),
        }
    }
}

/// The schema of [`Labels`].
pub fn labels_schema() -> Object {
    let text = || {
        let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST));
        text.pattern(Some(r"^[^\u0000-\u001f\u007f-\u009f]+$"))
    };
    let labels =
        ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Object, Type::Null])).max_properties(Some(MOST));
    let labels = labels.property_names(Some(text())).additional_properties(Some(text()));
    let labels = labels.description(Some("Your own labels: up to ten, each a name with a string value."));
    labels.examples([serde_json::json!({"project": "crm"})]).build()
}

impl Parse for Labels {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        let object = at.object(value)?;
        if object.len() > MOST {
            return at.wrong(OutOfRange::Labels { most: MOST });
        }
        let count = object.len();
        let read =
            |(name, value): (String, Value)| at.named(&name, |at| Some((sane(name.clone(), at)?, text(value, at)?)));
        let labels: Self = object.into_iter().filter_map(read).collect();
        (labels.len() == count).then_some(labels)
    }
}

fn text(value: Value, at: &mut At) -> Option<String> {
    at.text(value).and_then(|text| sane(text, at))
}

fn sane(text: String, at: &mut At) -> Option<String> {
    let sane = (1..=LONGEST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if sane { Some(text) } else { at.wrong(Malformed::Label) }
}
