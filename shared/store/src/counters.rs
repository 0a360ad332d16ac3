//! Counters of what may happen only so often within a time: failed sign-ins, mails to one address.

use crate::{Limits, StoreError, item, keys};
use aws_sdk_dynamodb::{
    operation::update_item::UpdateItemError,
    types::{ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use domain::Timestamp;
use serde::Deserialize;
use std::time::Duration;

/// A counter. Its window begins with the first count, and again with each further one up to the limit; above it,
/// nothing is counted until the window ends.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Its name.
    pub name: String,
    /// The limit.
    pub most: u32,
    /// The length of the window.
    pub window: Duration,
}

/// The state of a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct CounterState {
    /// The count, including the present one; one above the limit if nothing was counted.
    pub count: u32,
    /// The end of the window.
    pub ends_at: Timestamp,
}

impl Limits<'_> {
    /// Counts once more.
    pub async fn count(self, counter: &Counter, now: Timestamp) -> Result<CounterState, StoreError> {
        let ends_at = now.plus(counter.window);
        let update = |change: &str, condition: &str| {
            self.0
                .update(&keys::counter(&counter.name))
                .update_expression(format!("{change}, expires_at_epoch = :expires"))
                .condition_expression(condition)
                .expression_attribute_names("#count", "count")
                .expression_attribute_values(":one", item::number(1))
                .expression_attribute_values(":ends", item::text(ends_at.to_string()))
                .expression_attribute_values(":now", item::text(now.to_string()))
                .expression_attribute_values(":expires", item::number(ends_at.epoch_seconds()))
                .return_values(ReturnValue::AllNew)
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        };
        let next = update(
            "SET #count = if_not_exists(#count, :zero) + :one, ends_at = :ends",
            "attribute_not_exists(pk) OR (ends_at > :now AND #count < :most)",
        );
        let next = next.expression_attribute_values(":zero", item::number(0));
        let next = next.expression_attribute_values(":most", item::number(counter.most));
        let full = match read(next.send().await)? {
            Ok(state) => return Ok(state),
            Err(old) => old,
        };
        if full.ends_at > now {
            return Ok(CounterState { count: counter.most.saturating_add(1), ..full });
        }
        // The window is over. If another request begins the next one first, this one is not counted.
        let begun = update("SET #count = :one, ends_at = :ends", "ends_at <= :now").send().await;
        read(begun).map(|state| state.unwrap_or_else(|other| other))
    }

    /// Takes a count back.
    pub async fn take_back(self, name: &str) -> Result<(), StoreError> {
        let update = self.0.update(&keys::counter(name)).update_expression("SET #count = #count - :one");
        let update = update.condition_expression("#count > :zero").expression_attribute_names("#count", "count");
        let update = update.expression_attribute_values(":one", item::number(1));
        let sent = update.expression_attribute_values(":zero", item::number(0)).send().await;
        crate::error::took_effect(sent).map(|_| ())
    }
}

/// The state after an update, or the state that failed its condition.
fn read(
    sent: Result<
        aws_sdk_dynamodb::operation::update_item::UpdateItemOutput,
        aws_sdk_dynamodb::error::SdkError<UpdateItemError>,
    >,
) -> Result<Result<CounterState, CounterState>, StoreError> {
    match sent {
        Ok(answer) => Ok(Ok(item::read(answer.attributes.unwrap_or_default())?)),
        Err(error) => {
            if let Some(UpdateItemError::ConditionalCheckFailedException(failed)) = error.as_service_error()
                && let Some(old) = failed.item()
            {
                return Ok(Err(item::read(old.clone())?));
            }
            Err(error.into())
        }
    }
}
