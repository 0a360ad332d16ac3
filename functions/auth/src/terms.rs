//! The terms that a new customer accepts.

use crate::codes::OutdatedTerms;
use api::FieldError;
use domain::account::TermsVersion;
use runtime::Context;

/// What is wrong with accepted terms: others apply now.
pub(crate) fn outdated(terms: &TermsVersion, context: &Context) -> Option<FieldError> {
    let current = context.environment().setting("TERMS_VERSION");
    (terms.to_string() != current).then(|| FieldError::new("terms", OutdatedTerms { current }))
}
