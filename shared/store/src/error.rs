//! Errors of the database, sorted by what the caller may do next. Only this module reads SDK errors.

use crate::item;
use aws_sdk_dynamodb::{
    error::{BuildError, ProvideErrorMetadata, SdkError},
    operation::update_item::UpdateItemOutput,
};
use serde::de::DeserializeOwned;
use thiserror::Error;

/// A failure of the database, or of a stored item.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Too many requests. Nothing was written; retry later.
    #[error("the database is throttling")]
    Throttled,
    /// No answer, or a server error. A write may or may not have happened.
    #[error("the database did not answer: {0}")]
    Unavailable(String),
    /// A condition did not hold; nothing was written.
    #[error("a condition did not hold")]
    Conflict,
    /// The request was rejected, for example for a missing permission or table: a defect.
    #[error("the database refused the request: {0}")]
    Refused(String),
    /// A stored item does not have the expected form.
    #[error("a stored item can't be read")]
    Corrupt(#[from] serde_dynamo::Error),
    /// The wallet was contended for longer than a request may wait.
    #[error("the wallet is busy")]
    Busy,
}

impl StoreError {
    fn unbuilt() -> Self {
        Self::Refused("the request could not be built".to_owned())
    }
}

/// Whether a conditional write took effect; `false` if its condition did not hold.
pub(crate) fn took_effect<T, E: Into<StoreError>>(written: Result<T, E>) -> Result<bool, StoreError> {
    match written.map_err(Into::into) {
        Ok(_) => Ok(true),
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The item that a conditional update returned; `None` if its condition did not hold.
pub(crate) fn returned<T: DeserializeOwned, E: Into<StoreError>>(
    updated: Result<UpdateItemOutput, E>,
) -> Result<Option<T>, StoreError> {
    match updated.map_err(Into::into) {
        Ok(answer) => answer.attributes.map(item::read).transpose(),
        Err(StoreError::Conflict) => Ok(None),
        Err(error) => Err(error),
    }
}

impl From<BuildError> for StoreError {
    fn from(_: BuildError) -> Self {
        Self::unbuilt()
    }
}

impl<E, R> From<SdkError<E, R>> for StoreError
where
    E: ProvideErrorMetadata + std::fmt::Debug,
    R: std::fmt::Debug,
{
    fn from(error: SdkError<E, R>) -> Self {
        let SdkError::ServiceError(context) = &error else {
            return match error {
                SdkError::ConstructionFailure(_) => Self::unbuilt(),
                SdkError::TimeoutError(_) => Self::Unavailable("timeout".to_owned()),
                SdkError::DispatchFailure(_) => Self::Unavailable("no connection".to_owned()),
                _ => Self::Unavailable("unreadable answer".to_owned()),
            };
        };
        let code = context.err().code().unwrap_or("unknown");
        match code {
            "ConditionalCheckFailedException" => Self::Conflict,
            "ProvisionedThroughputExceededException"
            | "ThrottlingException"
            | "RequestLimitExceeded"
            | "TransactionConflictException" => Self::Throttled,
            "InternalServerError" | "ServiceUnavailable" | "TransactionInProgressException" | "unknown" => {
                Self::Unavailable(code.to_owned())
            }
            // Its message names the role, the action and the table, and nothing that is stored.
            "AccessDeniedException" => Self::Refused(context.err().message().unwrap_or(code).to_owned()),
            _ => Self::Refused(code.to_owned()),
        }
    }
}
