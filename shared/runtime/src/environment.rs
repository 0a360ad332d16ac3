//! The environment variables that settings are read from. Tests can replace them.

use std::{collections::BTreeMap, sync::Arc};
use thiserror::Error;

/// The variables that settings are read from: those of the process, or of a test.
#[derive(Clone, Debug)]
pub struct Environment(Option<Arc<BTreeMap<String, String>>>);

/// A setting that is missing or can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// The variable is not set or empty.
    #[error("the environment variable {0} is not set")]
    Missing(String),
    /// The variable has a malformed value.
    #[error("the environment variable {name} is not {expected}")]
    Malformed {
        /// The variable.
        name: &'static str,
        /// The expected form.
        expected: &'static str,
    },
}

impl Environment {
    /// The environment of this process.
    pub const fn of_process() -> Self {
        Self(None)
    }

    /// Only these variables.
    pub fn of<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self(Some(Arc::new(variables.collect())))
    }

    /// The value of a variable; empty if it is not set. Deployments use an empty value for "none".
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

    /// The value of a variable, which must not be empty.
    pub fn needed_setting(&self, name: &str) -> Result<String, ConfigError> {
        let value = self.setting(name);
        if value.is_empty() { Err(ConfigError::Missing(name.to_owned())) } else { Ok(value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let environment = Environment::of([("STAGE", "dev"), ("PUBLIC_URL", "")]);
        assert_eq!(environment.needed_setting("STAGE").as_deref(), Ok("dev"));
        for name in ["PUBLIC_URL", "VERSION"] {
            assert_eq!(environment.setting(name), "");
            assert_eq!(environment.needed_setting(name), Err(ConfigError::Missing(name.to_owned())));
        }
    }
}
