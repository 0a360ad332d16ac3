//! What the extractors of an endpoint mean for its callers: who may call, which parameters and headers are
//! read, which problems may be returned. The OpenAPI document is completed from it, so that it can't promise
//! anything that the code does not do.

mod extractors;
#[cfg(feature = "document")]
mod operation;

pub use extractors::Extractors;
#[cfg(feature = "document")]
pub use operation::described;
#[cfg(feature = "document")]
pub(crate) use operation::{operations, problem_response};

use crate::problem::Code;
use domain::access::Permission;
use std::collections::BTreeSet;

/// An extractor that describes itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no description for the OpenAPI document",
    note = "implement `api::Describe` for the extractor"
)]
pub trait Describe {
    /// Adds what the extractor means for callers; by default nothing.
    fn describe(_description: &mut Description) {}
}

/// The description of all extractors of an endpoint together.
#[derive(Debug, Default)]
pub struct Description {
    caller: Authentication,
    problems: BTreeSet<&'static Code>,
    is_idempotent: bool,
    reads_query: bool,
    counts_calls: bool,
}

/// The credential that an operation reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Authentication {
    /// None.
    #[default]
    Unread,
    /// An optional one, which may change the answer.
    Optional,
    /// A required one, with this permission.
    Required(Permission),
}

impl Description {
    /// Adds problems that may be returned.
    pub fn may_refuse(&mut self, problems: impl IntoIterator<Item = &'static Code>) {
        self.problems.extend(problems);
    }

    /// Requires a credential with this permission.
    pub(crate) fn needs(&mut self, permission: Permission) {
        self.caller = Authentication::Required(permission);
        self.counts_calls = true;
    }

    /// Allows a credential.
    pub(crate) fn takes_credential(&mut self) {
        self.caller = Authentication::Optional;
        self.counts_calls = true;
    }

    /// Counts calls, and reports the limit in the answer's headers.
    pub(crate) fn counts_calls(&mut self) {
        self.counts_calls = true;
    }

    /// Whether query parameters are rejected. Endpoints without authentication ignore them, because caches
    /// and monitors add their own.
    pub(crate) fn refuses_query(&self) -> bool {
        self.caller != Authentication::Unread && !self.reads_query
    }
}
