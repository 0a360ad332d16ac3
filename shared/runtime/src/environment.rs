//! Where settings come from. Each crate reads its own settings through this, so that tests can give theirs.

use std::{collections::BTreeMap, sync::Arc};
use thiserror::Error;

/// The variables that settings are read from: those of the process, or a test's.
#[derive(Clone, Debug)]
pub struct Environment(Option<Arc<BTreeMap<String, String>>>);

/// A setting that is missing or can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// The variable is not set, or empty.
    #[error("the environment variable {0} is not set")]
    Missing(String),
    /// The variable has a value of another form.
    #[error("the environment variable {name} is not {expected}")]
    Malformed {
        /// The variable.
        name: &'static str,
        /// What its value must be.
        expected: &'static str,
    },
}

impl Environment {
    /// The environment of this process.
    pub const fn of_process() -> Self {
        Self(None)
    }

    /// These variables and no others.
    pub fn of<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self(Some(Arc::new(variables.collect())))
    }

    /// A variable's value; empty where it is not set. Deployments pass an empty value for "none".
    pub fn setting(&self, name: &str) -> String {
        let value = match &self.0 {
            None => std::env::var(name).ok(),
            Some(variables) => variables.get(name).cloned(),
        };
        value.unwrap_or_default()
    }

    /// The names of all variables, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = match &self.0 {
            None => std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect(),
            Some(variables) => variables.keys().cloned().collect(),
        };
        names.sort();
        names
    }

    /// A variable's value, which must not be empty.
    pub fn needed_setting(&self, name: &str) -> Result<String, ConfigError> {
        let value = self.setting(name);
        if value.is_empty() { Err(ConfigError::Missing(name.to_owned())) } else { Ok(value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_one_that_is_not_set() {
        let environment = Environment::of([("STAGE", "dev"), ("PUBLIC_URL", "")]);
        assert_eq!(environment.needed_setting("STAGE").as_deref(), Ok("dev"));
        for name in ["PUBLIC_URL", "VERSION"] {
            assert_eq!(environment.setting(name), "");
            assert_eq!(environment.needed_setting(name), Err(ConfigError::Missing(name.to_owned())));
        }
    }
}
