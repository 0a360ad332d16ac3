//! What customers want to be reminded of. Every change sets its own attributes, so two at once lose nothing.

use crate::{Accounts, StoreError, error::took_effect, item, keys, table::Consistency};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::{
    Credits, EntrySeq, UserId,
    metering::BudgetTold,
    notification::{Notifications, Reminder, Told},
};

/// A change of what a customer wants; what is `None` stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NotificationChange {
    /// Whether a mail reports a low balance.
    pub low_balance_mail: Option<bool>,
    /// The balance is low below this.
    pub low_balance_below: Option<Credits>,
    /// Whether a mail reports the end of a rental.
    pub rental_ending_mail: Option<bool>,
}

impl NotificationChange {
    /// No more mails of this kind.
    pub fn no_mail(reminder: Reminder) -> Self {
        match reminder {
            Reminder::LowBalance => Self { low_balance_mail: Some(false), ..Self::default() },
            Reminder::RentalEnding => Self { rental_ending_mail: Some(false), ..Self::default() },
        }
    }

    /// The attributes that it sets.
    fn attributes(self) -> Vec<(&'static str, AttributeValue)> {
        let low_balance_mail = self.low_balance_mail.map(|is_on| ("low_balance_mail", AttributeValue::Bool(is_on)));
        let below = self.low_balance_below.map(|below| ("low_balance_below", item::text(below.to_string())));
        let rental_mail = self.rental_ending_mail.map(|is_on| ("rental_ending_mail", AttributeValue::Bool(is_on)));
        [low_balance_mail, below, rental_mail].into_iter().flatten().collect()
    }
}

impl Accounts<'_> {
    /// What a customer wants to be reminded of.
    pub async fn notifications(self, user: &UserId) -> Result<Notifications, StoreError> {
        let found: Option<Notifications> = self.0.get(&keys::notifications(user), Consistency::Strong).await?;
        Ok(found.unwrap_or_default())
    }

    /// Changes what a customer wants, and returns it.
    pub async fn change_notifications(
        self,
        user: &UserId,
        change: NotificationChange,
    ) -> Result<Notifications, StoreError> {
        let attributes = change.attributes();
        if attributes.is_empty() {
            return self.notifications(user).await;
        }
        let sets: Vec<_> = attributes.iter().map(|(name, _)| format!("{name} = :{name}")).collect();
        let expression = format!("SET {}, #schema = :schema", sets.join(", "));
        let mut update = self.0.update(&keys::notifications(user)).update_expression(expression);
        for (name, value) in attributes {
            update = update.expression_attribute_values(format!(":{name}"), value);
        }
        let update = update.expression_attribute_names("#schema", "schema");
        let update = update.expression_attribute_values(":schema", item::number(item::SCHEMA));
        let answer = update.return_values(ReturnValue::AllNew).send().await?;
        item::read(answer.attributes.unwrap_or_default())
    }

    /// Notes that a letter reported a low balance, unless a later one did.
    pub async fn note_low_balance_told(self, user: &UserId, told: Told) -> Result<(), StoreError> {
        let update = self.0.update(&keys::notifications(user));
        let update = update.update_expression("SET low_balance_told = :told, #schema = :schema");
        let update =
            update.condition_expression("attribute_not_exists(low_balance_told) OR low_balance_told.seq < :seq");
        let update = update.expression_attribute_names("#schema", "schema");
        let update = update.expression_attribute_values(":schema", item::number(item::SCHEMA));
        let update = update.expression_attribute_values(":told", serde_dynamo::to_attribute_value(told)?);
        took_effect(update.expression_attribute_values(":seq", item::number(told.seq)).send().await).map(|_| ())
    }

    /// Notes that a letter reported the use of a budget, unless a later one did.
    pub async fn note_budget_told(
        self,
        user: &UserId,
        told: BudgetTold,
        before: Option<BudgetTold>,
    ) -> Result<(), StoreError> {
        let update = self.0.update(&keys::notifications(user));
        let update = update.update_expression("SET budget_told = :told, #schema = :schema");
        let update = update.expression_attribute_names("#schema", "schema");
        let update = update.expression_attribute_values(":schema", item::number(item::SCHEMA));
        let update = update.expression_attribute_values(":told", serde_dynamo::to_attribute_value(told)?);
        let update = match before {
            None => update.condition_expression("attribute_not_exists(budget_told)"),
            Some(before) => update
                .condition_expression("budget_told = :before")
                .expression_attribute_values(":before", serde_dynamo::to_attribute_value(before)?),
        };
        took_effect(update.send().await).map(|_| ())
    }

    /// Notes that the entry `seq` brought money after the last letter about a low balance.
    pub async fn note_low_balance_refilled(self, user: &UserId, seq: EntrySeq) -> Result<(), StoreError> {
        let update = self.0.update(&keys::notifications(user));
        let update = update.update_expression("SET low_balance_told.refilled = :refilled");
        let update = update.condition_expression("low_balance_told.seq < :seq");
        let update = update.expression_attribute_values(":refilled", AttributeValue::Bool(true));
        took_effect(update.expression_attribute_values(":seq", item::number(seq)).send().await).map(|_| ())
    }
}
