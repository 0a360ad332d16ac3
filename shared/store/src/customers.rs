//! Changes of customers.

use crate::{Accounts, PlanChange, Profile, StoreError, error::returned, item, keys};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, Update};
use domain::{Language, Plan, Trust, UserId, metering::Metering};

/// A change of a customer's profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileChange {
    /// Another plan.
    Plan(Plan),
    /// An operator vouches for the customer, or no longer does.
    Trust(Trust),
    /// Another metering of the usage, or none.
    Metering(Option<Metering>),
    /// The account may be used, or not. If not, all sessions end.
    Active(bool),
    /// Another language of mails.
    Language(Language),
    /// All sessions end, with their access tokens.
    EndSessions,
}

impl ProfileChange {
    /// The attribute of the profile and its new value, if one is set.
    fn attribute(self) -> Result<Option<(&'static str, AttributeValue)>, StoreError> {
        Ok(match self {
            Self::Plan(plan) => Some(("plan", serde_dynamo::to_attribute_value(plan)?)),
            Self::Trust(trust) => Some(("trust", serde_dynamo::to_attribute_value(trust)?)),
            Self::Metering(metering) => Some(("metering", serde_dynamo::to_attribute_value(metering)?)),
            Self::Active(active) => Some(("active", serde_dynamo::to_attribute_value(active)?)),
            Self::Language(language) => Some(("language", serde_dynamo::to_attribute_value(language)?)),
            Self::EndSessions => None,
        })
    }

    const fn ends_sessions(self) -> bool {
        matches!(self, Self::Active(false) | Self::EndSessions)
    }

    /// The profile after the change.
    #[must_use]
    pub fn of(self, before: Profile) -> Profile {
        let token_version = before.token_version + u32::from(self.ends_sessions());
        let before = Profile { token_version, ..before };
        match self {
            Self::Plan(plan) => Profile { plan, ..before },
            Self::Trust(trust) => Profile { trust, ..before },
            Self::Metering(metering) => Profile { metering, ..before },
            Self::Active(active) => Profile { active, ..before },
            Self::Language(language) => Profile { language, ..before },
            Self::EndSessions => before,
        }
    }
}

impl Accounts<'_> {
    /// Changes one field of a profile. Returns the profile before; `None` if there is no such customer.
    pub async fn change_profile(self, user: &UserId, change: ProfileChange) -> Result<Option<Profile>, StoreError> {
        let mut update = self.0.update(&keys::profile(user)).condition_expression("attribute_exists(pk)");
        let mut changes = Vec::new();
        if let Some((name, value)) = change.attribute()? {
            changes.push("SET #name = :value");
            update = update.expression_attribute_names("#name", name).expression_attribute_values(":value", value);
        }
        if change.ends_sessions() {
            changes.push("ADD token_version :one");
            update = update.expression_attribute_values(":one", item::number(1));
        }
        let update = update.update_expression(changes.join(" ")).return_values(ReturnValue::AllOld);
        returned(update.send().await)
    }

    /// The write of a customer's plan in a transaction. It fails if the plan is not the one that was read, or if the account
    /// was deleted.
    pub(crate) fn plan_update(self, user: &UserId, PlanChange { from, to }: PlanChange) -> Result<Update, StoreError> {
        let update = self.0.update_write(&keys::profile(user)).update_expression("SET #plan = :to");
        let update = update.condition_expression("#plan = :from").expression_attribute_names("#plan", "plan");
        let update = update.expression_attribute_values(":from", serde_dynamo::to_attribute_value(from)?);
        Ok(update.expression_attribute_values(":to", serde_dynamo::to_attribute_value(to)?).build()?)
    }
}
