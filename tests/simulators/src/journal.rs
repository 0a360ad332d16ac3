//! The journal of a simulator: the calls that it answered.

use serde::Serialize;
use std::collections::VecDeque;

/// Maximum length of the journal.
const KEPT: usize = 5_000;

/// A call in the journal.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    at_ms: i64,
    path: String,
    status: u16,
}

/// The newest calls, oldest first.
#[derive(Debug, Default)]
pub struct Journal(VecDeque<Call>);

impl Journal {
    /// Notes a call that was answered. The oldest one is forgotten if there are too many.
    pub fn note(&mut self, at_ms: i64, path: String, status: u16) {
        if self.0.len() >= KEPT {
            self.0.pop_front();
        }
        self.0.push_back(Call { at_ms, path, status });
    }

    /// The calls whose path begins like this.
    pub fn of(&self, prefix: &str) -> Vec<Call> {
        self.0.iter().filter(|call| call.path.starts_with(prefix)).cloned().collect()
    }

    /// Forgets all calls.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
