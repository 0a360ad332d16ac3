//! Counters of what may happen only so often within a time: failed sign-ins, mails to one address.

use crate::{Limits, StoreError, error::took_effect, item, keys};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::update_item::{UpdateItemError, UpdateItemOutput, builders::UpdateItemFluentBuilder},
    types::{ReturnValue, ReturnValuesOnConditionCheckFailure},
};
use domain::Timestamp;
use serde::Deserialize;
use std::time::Duration;

/// Attempts to begin a window, each of which another request may win.
const ATTEMPTS: u32 = 5;

/// A counter with a limit. Its window begins with the first count. The count that reaches the limit begins it anew,
/// so that the limit holds for a whole window; above it, nothing is counted.
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
    /// The count, including the present one.
    pub count: u32,
    /// The end of the window.
    pub ends_at: Timestamp,
}

/// The limit is reached; nothing was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// The end of the window.
    pub until: Timestamp,
}

/// The state after an update, or the state that failed its condition.
type Updated = Result<CounterState, CounterState>;

impl Limits<'_> {
    /// Counts once more, unless the limit is reached.
    pub async fn count(self, counter: &Counter, now: Timestamp) -> Result<Result<CounterState, Full>, StoreError> {
        for _ in 0..ATTEMPTS {
            let old = match self.count_in_window(counter, now).await? {
                Ok(state) => return Ok(Ok(state)),
                Err(old) => old,
            };
            if old.ends_at > now {
                return Ok(Err(Full { until: old.ends_at }));
            }
            // The window is over. If another request begins the next one first, this one counts in it.
            if let Ok(state) = self.begin_window(counter, old, 1, now).await? {
                return Ok(Ok(state));
            }
        }
        Err(StoreError::Conflict)
    }

    /// Takes a count back, unless its window is over.
    pub async fn take_back(self, counter: &Counter, state: CounterState) -> Result<(), StoreError> {
        let update = self.0.update(&keys::counter(&counter.name)).update_expression("SET #count = #count - :one");
        let update = update.condition_expression("#count > :zero AND ends_at >= :ends");
        let update = update.expression_attribute_names("#count", "count");
        let update = update.expression_attribute_values(":one", item::number(1));
        let update = update.expression_attribute_values(":zero", item::number(0));
        let update = update.expression_attribute_values(":ends", item::text(state.ends_at.to_string()));
        took_effect(update.send().await).map(|_| ())
    }

    /// Takes a name, which only one caller gets. Returns `false` if another has it. `by` identifies the caller, so that
    /// it keeps the name if the answer is lost and the write repeated. The name is free again some time after `until`.
    pub async fn take_name(self, name: &str, by: &str, until: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .0
            .update(&keys::counter(name))
            .update_expression("SET taken_by = :by, expires_at_epoch = :expires")
            .condition_expression("attribute_not_exists(pk) OR taken_by = :by")
            .expression_attribute_values(":by", item::text(by))
            .expression_attribute_values(":expires", item::number(until.epoch_seconds()));
        took_effect(update.send().await)
    }

    async fn count_in_window(self, counter: &Counter, now: Timestamp) -> Result<Updated, StoreError> {
        let change = "#count = if_not_exists(#count, :zero) + :one, ends_at = if_not_exists(ends_at, :ends)";
        let update = self
            .update_of(counter, change, now)
            .condition_expression("attribute_not_exists(pk) OR (ends_at > :now AND #count < :most)")
            .expression_attribute_values(":zero", item::number(0))
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":most", item::number(counter.most))
            .expression_attribute_values(":now", item::text(now.to_string()));
        match read(update.send().await)? {
            Ok(state) if state.count == counter.most => {
                let held = self.begin_window(counter, state, state.count, now).await?;
                Ok(Ok(held.unwrap_or(state)))
            }
            updated => Ok(updated),
        }
    }

    /// Begins a window with this count, if the window that was read is still the last one.
    async fn begin_window(
        self,
        counter: &Counter,
        read_before: CounterState,
        count: u32,
        now: Timestamp,
    ) -> Result<Updated, StoreError> {
        let update = self
            .update_of(counter, "#count = :count, ends_at = :ends", now)
            .condition_expression("ends_at = :before AND #count = :read")
            .expression_attribute_values(":count", item::number(count))
            .expression_attribute_values(":read", item::number(read_before.count))
            .expression_attribute_values(":before", item::text(read_before.ends_at.to_string()));
        read(update.send().await)
    }

    fn update_of(self, counter: &Counter, change: &str, now: Timestamp) -> UpdateItemFluentBuilder {
        let ends_at = now.plus(counter.window);
        self.0
            .update(&keys::counter(&counter.name))
            .update_expression(format!("SET {change}, expires_at_epoch = :expires"))
            .expression_attribute_names("#count", "count")
            .expression_attribute_values(":ends", item::text(ends_at.to_string()))
            .expression_attribute_values(":expires", item::number(ends_at.epoch_seconds()))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }
}

fn read(sent: Result<UpdateItemOutput, SdkError<UpdateItemError>>) -> Result<Updated, StoreError> {
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
