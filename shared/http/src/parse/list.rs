//! Lists with a minimum and a maximum number of items.

use super::{At, OutOfRange, Parse, Value, WrongType};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, RefOr, Schema},
};

/// A list of `LEAST` to `MOST` items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T, const LEAST: usize, const MOST: usize>(Vec<T>);

impl<T, const LEAST: usize, const MOST: usize> List<T, LEAST, MOST> {
    /// The items.
    pub fn into_inner(self) -> Vec<T> {
        self.0
    }
}

impl<T, const MOST: usize> Default for List<T, 0, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Parse, const LEAST: usize, const MOST: usize> Parse for List<T, LEAST, MOST> {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        let Value::Array(items) = value else { return at.wrong(WrongType::List) };
        if !(LEAST..=MOST).contains(&items.len()) {
            return at.wrong(OutOfRange::Items { least: LEAST, most: MOST });
        }
        // All items are read before an invalid one ends the parsing, so that all errors are reported.
        let items: Vec<_> =
            items.into_iter().enumerate().map(|(n, item)| at.item(n, |at| T::parse(item, at))).collect();
        items.into_iter().collect::<Option<_>>().map(Self)
    }
}

impl<T: PartialSchema, const LEAST: usize, const MOST: usize> PartialSchema for List<T, LEAST, MOST> {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(T::schema()).min_items(Some(LEAST)).max_items(Some(MOST)).into()
    }
}

impl<T: ToSchema, const LEAST: usize, const MOST: usize> ToSchema for List<T, LEAST, MOST> {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}
