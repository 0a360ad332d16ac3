//! Customers: made, found, changed.

use crate::{Staff, StaffError, audit};
use accounts::PasskeyError;
use accounts::letters::LetterOrder;
use domain::{
    EmailAddress, PasskeyId, Plan, Timestamp, Trust, UserId,
    account::{GoogleLink, Passkeys, SecondFactor},
    audit::Action,
};
use serde_json::json;
use store::{Credentials, NewAccount, Profile, ProfileChange};

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

/// How a customer can sign in.
#[derive(Clone, Debug)]
pub struct WaysIn {
    /// Whether there is a password.
    pub has_password: bool,
    /// Until when a first password can be replaced; `None` if the person chose the password.
    pub replace_until: Option<Timestamp>,
    /// The second factor.
    pub second_factor: SecondFactor,
    /// The passkeys.
    pub passkeys: Passkeys,
    /// The account at Google.
    pub google: Option<GoogleLink>,
}

impl Staff<'_> {
    /// How a customer can sign in.
    pub async fn ways_in(&self, profile: &Profile) -> Result<WaysIn, StaffError> {
        let (store, user) = (self.context.store(), &profile.user_id);
        let credentials = store.record::<Credentials>(user, &()).await?;
        Ok(WaysIn {
            has_password: credentials.as_ref().is_some_and(|credentials| credentials.password.is_some()),
            replace_until: credentials.and_then(|credentials| credentials.replace_until),
            second_factor: store.record(user, &()).await?.unwrap_or_default(),
            passkeys: store.record(user, &()).await?.unwrap_or_default(),
            google: profile.google.clone(),
        })
    }

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

    /// Removes a passkey that is not its owner's.
    pub async fn remove_passkey(&self, user: &UserId, id: &PasskeyId, reason: &str) -> Result<Profile, StaffError> {
        let profile = self.customer(user).await?;
        self.may_act_on(&profile)?;
        let line = self.line(Action::CustomerPasskeyRemove, id.as_str()).of(user).because(Some(reason));
        accounts::end_passkey(self.context, user, id, &line).await.map_err(|error| match error {
            PasskeyError::NotFound => StaffError::Missing(format!("passkey {id} of {user}")),
            PasskeyError::Changed => StaffError::Changed,
            PasskeyError::Store(error) => error.into(),
            other => StaffError::Defect(other.to_string()),
        })?;
        audit::log(&line);
        Ok(profile)
    }

    /// Ends the link with an account at Google. A person without a password sets one by a letter.
    pub async fn unlink_google(&self, user: &UserId, reason: &str) -> Result<Profile, StaffError> {
        let profile = self.customer(user).await?;
        self.may_act_on(&profile)?;
        let google = profile.google.as_ref();
        let google = google.ok_or_else(|| StaffError::Missing(format!("link of {user} with Google")))?;
        let line = self.line(Action::CustomerGoogleUnlink, user.as_str()).of(user).because(Some(reason));
        if !accounts::end_google_link(self.context, user, &google.subject, &line).await? {
            return Err(StaffError::Changed);
        }
        audit::log(&line);
        Ok(Profile { google: None, ..profile })
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
