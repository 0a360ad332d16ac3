//! Parameters of a query or a form. RFC 6749, section 3.1: one without a value counts as omitted,
//! and none may be repeated.

use std::collections::BTreeMap;

/// Parameters by name.
#[derive(Debug)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Fails with a reason if a parameter is repeated.
    pub fn new(pairs: Vec<(String, String)>) -> Result<Self, String> {
        let mut known = BTreeMap::new();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            if known.contains_key(&name) {
                return Err(format!("Repeated parameter: {name}"));
            }
            known.insert(name, value);
        }
        Ok(Self(known))
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The value of a parameter; fails with a reason if it is missing.
    pub fn required(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| format!("Missing required parameter: {name}"))
    }
}
