//! Customers: made, found, changed.

use crate::{Staff, StaffError, audit};
use accounts::letters::LetterOrder;
use domain::{EmailAddress, Plan, Trust, UserId, account::SecondFactor, audit::Action};
use serde_json::json;
use store::{NewAccount, Profile, ProfileChange};

/// A customer to create.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// The address, which has one customer.
    pub email: EmailAddress,
    /// The plan.
    pub plan: Plan,
    /// Whether an operator vouches for the customer.
    pub trust: Trust,
}

impl Staff<'_> {
    /// Creates a customer.
    pub async fn create_customer(&self, new: NewCustomer) -> Result<Profile, StaffError> {
        let now = self.context.now();
        let user_id = UserId::new(now, self.context.random());
        let profile = Profile { trust: new.trust, ..Profile::new(user_id, new.email, new.plan, now) };
        let line = self.line(Action::CustomerCreate, profile.user_id.as_str()).of(&profile.user_id);
        let line = line.changing((), state_of(&profile));
        let account = NewAccount { profile: profile.clone(), credentials: None };
        self.context.store().create_customer(account, &line).await?;
        audit::log(&line);
        Ok(profile)
    }

    /// A customer by identifier.
    pub async fn customer(&self, user: &UserId) -> Result<Profile, StaffError> {
        let found = self.context.store().record::<Profile>(user, &()).await?;
        found.ok_or_else(|| StaffError::NoCustomer(user.to_string()))
    }

    /// A customer by email address.
    pub async fn customer_with_email(&self, address: &EmailAddress) -> Result<Profile, StaffError> {
        let found = self.context.store().accounts().with_email(address).await?;
        match found {
            Some(user) => self.customer(&user).await,
            None => Err(StaffError::NoCustomer(address.to_string())),
        }
    }

    /// The customers with these identifiers. One who is gone is left out.
    pub async fn customers(&self, users: impl IntoIterator<Item = UserId>) -> Result<Vec<Profile>, StaffError> {
        let mut found = Vec::new();
        for user in users {
            found.extend(self.context.store().record::<Profile>(&user, &()).await?);
        }
        Ok(found)
    }

    /// Moves a customer to another plan. It applies to the next request.
    pub async fn set_plan(&self, user: &UserId, plan: Plan) -> Result<Profile, StaffError> {
        self.change(user, Action::CustomerPlan, ProfileChange::Plan(plan), None).await
    }

    /// Vouches for a customer, or no longer does.
    pub async fn set_trust(&self, user: &UserId, trust: Trust, reason: &str) -> Result<Profile, StaffError> {
        self.change(user, Action::CustomerTrust, ProfileChange::Trust(trust), Some(reason)).await
    }

    /// Disables a customer's account, or enables it again. Open orders settle as usual.
    pub async fn set_active(&self, user: &UserId, active: bool, reason: Option<&str>) -> Result<Profile, StaffError> {
        self.may_act_on(&self.customer(user).await?)?;
        let action = if active { Action::CustomerEnable } else { Action::CustomerDisable };
        self.change(user, action, ProfileChange::Active(active), reason).await
    }

    /// Ends all sessions of a customer, with their access tokens.
    pub async fn sign_out(&self, user: &UserId, reason: &str) -> Result<Profile, StaffError> {
        self.may_act_on(&self.customer(user).await?)?;
        self.change(user, Action::CustomerSignOut, ProfileChange::EndSessions, Some(reason)).await
    }

    /// Turns the second factor off, for a customer who lost app and backup codes, and whose identity is known.
    pub async fn turn_factor_off(&self, user: &UserId, reason: &str) -> Result<Profile, StaffError> {
        let profile = self.customer(user).await?;
        let factor: Option<SecondFactor> = self.context.store().record(user, &()).await?;
        let factor = factor.filter(SecondFactor::is_on).ok_or_else(|| StaffError::NoSecondFactor(user.clone()))?;
        let line = self.line(Action::CustomerFactorOff, user.as_str()).of(user).because(Some(reason));
        if !self.context.store().put_second_factor(user, &factor.off(), Some(&line)).await? {
            return Err(StaffError::Changed);
        }
        audit::log(&line);
        let letter = LetterOrder::TwoFactorChanged { user_id: user.clone(), enabled: false, at: self.context.now() };
        accounts::letters::tell(self.context, &letter).await;
        Ok(profile)
    }

    async fn change(
        &self,
        user: &UserId,
        action: Action,
        change: ProfileChange,
        reason: Option<&str>,
    ) -> Result<Profile, StaffError> {
        let before = self.context.store().accounts().change_profile(user, change).await?;
        let before = before.ok_or_else(|| StaffError::NoCustomer(user.to_string()))?;
        let after = change.of(before.clone());
        let line = self.line(action, user.as_str()).of(user).changing(state_of(&before), state_of(&after));
        self.record(line.because(reason)).await?;
        Ok(after)
    }
}

/// What staff may change about a customer. The address stays out of the trail, which can't be erased.
fn state_of(profile: &Profile) -> serde_json::Value {
    json!({ "plan": profile.plan, "trust": profile.trust, "active": profile.active })
}
