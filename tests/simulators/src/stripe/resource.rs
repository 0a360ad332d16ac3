//! What the API retrieves, lists and expands.

use super::world::World;
use serde_json::Value;

/// An object of Stripe's API.
pub trait Resource: Sized + 'static {
    /// Its type in the field `object`.
    const OBJECT: &'static str;
    /// Its name in `No such …`.
    const NAME: &'static str = Self::OBJECT;
    /// The parameter that is to blame if a path names an object that does not exist.
    const PARAM: &'static str = "id";
    /// The path of its list.
    const PATH: &'static str;
    /// The fields by which its list can be filtered.
    const FILTERS: &'static [&'static str] = &[];

    /// Where the state has them.
    fn table(world: &World) -> &Table<Self>;
    /// Its identifier.
    fn id(&self) -> &str;
    /// When it was made, in seconds since 1970.
    fn created(&self) -> i64;
    /// What the API shows at a time in seconds. Other objects are identifiers.
    fn json(&self, now: i64) -> Value;
}

/// Objects of a type, oldest first.
#[derive(Debug)]
pub struct Table<T>(Vec<T>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Resource> Table<T> {
    /// Adds an object. Returns its identifier.
    pub fn add(&mut self, object: T) -> String {
        let id = object.id().to_owned();
        self.0.push(object);
        id
    }

    /// The object with an identifier.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.iter().rev().find(|object| object.id() == id)
    }

    /// The object with an identifier, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.0.iter_mut().rev().find(|object| object.id() == id)
    }

    /// All objects, newest first.
    pub fn newest(&self) -> impl Iterator<Item = &T> {
        self.0.iter().rev()
    }

    /// All objects, oldest first.
    pub fn oldest(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

/// An object with more fields, which are null.
pub fn with_nulls(mut shown: Value, fields: &[&str]) -> Value {
    for field in fields {
        shown[*field] = Value::Null;
    }
    shown
}
