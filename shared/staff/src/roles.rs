//! Who works here, and as what.

use crate::{Staff, StaffError, audit};
use domain::{
    EmailAddress, Plan, Timestamp, UserId,
    access::StaffRole,
    account::{PasswordHash, SecondFactor},
    audit::Action,
};
use serde_json::json;
use store::{Credentials, NewAccount, Profile};

/// A person to hire.
#[derive(Clone, Debug)]
pub struct NewColleague {
    /// The address.
    pub email: EmailAddress,
    /// The role.
    pub role: StaffRole,
    /// The hash of a first password, for a person without an account.
    pub password: PasswordHash,
    /// Until when a first password can be replaced; `None` if the person chose it.
    pub replace_until: Option<Timestamp>,
}

impl Staff<'_> {
    /// Gives a role to the person with this address, who gets an account if there was none. Returns the person, and
    /// whether the account is new, so that the password counts.
    pub async fn hire(&self, new: NewColleague, reason: &str) -> Result<(Profile, bool), StaffError> {
        let NewColleague { email, role, password, replace_until } = new;
        let owner = self.context.store().accounts().with_email(&email).await?;
        let is_new = owner.is_none();
        let user = match owner {
            Some(user) => user,
            None => self.open_account(email, password, replace_until).await?,
        };
        Ok((self.write_role(&self.customer(&user).await?, Some(role), reason).await?, is_new))
    }

    /// Gives a role to a person with an account and a second factor, or takes it.
    pub async fn set_role(&self, user: &UserId, role: Option<StaffRole>, reason: &str) -> Result<Profile, StaffError> {
        let profile = self.customer(user).await?;
        self.may_act_on(&profile)?;
        if role.is_some() {
            let factor: Option<SecondFactor> = self.context.store().record(user, &()).await?;
            if !factor.is_some_and(|factor| factor.is_on()) {
                return Err(StaffError::NoSecondFactor(user.clone()));
            }
        }
        self.write_role(&profile, role, reason).await
    }

    /// Gives a new first password to a colleague who has not replaced the one from before, and ends what was begun with
    /// that.
    pub async fn renew_first_password(
        &self,
        user: &UserId,
        password: PasswordHash,
        replace_until: Timestamp,
        reason: &str,
    ) -> Result<Profile, StaffError> {
        let profile = self.customer(user).await?;
        let credentials = self.context.store().record::<Credentials>(user, &()).await?;
        let first = credentials.filter(|credentials| credentials.replace_until.is_some());
        let first = first.filter(|_| profile.role.is_some());
        let version = first.ok_or_else(|| StaffError::NoFirstPassword(user.clone()))?.version;
        let line = self.line(Action::CustomerFirstPassword, user.as_str()).of(user).because(Some(reason));
        if !self.context.store().set_first_password(user, password, version, replace_until, &line).await? {
            return Err(StaffError::Changed);
        }
        audit::log(&line);
        Ok(profile)
    }

    /// The people of the staff.
    pub async fn colleagues(&self) -> Result<Vec<Profile>, StaffError> {
        let colleagues = self.context.store().accounts().colleagues().await?;
        // A person who deleted the account is gone.
        self.customers(colleagues.into_iter().map(|(user, _)| user)).await
    }

    async fn open_account(
        &self,
        email: EmailAddress,
        password: PasswordHash,
        replace_until: Option<Timestamp>,
    ) -> Result<UserId, StaffError> {
        let now = self.context.now();
        let user = UserId::new(now, self.context.random());
        let credentials = Credentials { password: Some(password), version: 1, changed_at: now, replace_until };
        let profile = Profile::new(user.clone(), email, Plan::default(), now);
        let line = self.line(Action::CustomerCreate, user.as_str()).of(&user).changing((), json!({ "staff": true }));
        self.context.store().create_customer(NewAccount { profile, credentials: Some(credentials) }, &line).await?;
        audit::log(&line);
        Ok(user)
    }

    async fn write_role(
        &self,
        profile: &Profile,
        role: Option<StaffRole>,
        reason: &str,
    ) -> Result<Profile, StaffError> {
        let (user, before) = (&profile.user_id, profile.role);
        let line = self.line(Action::CustomerRole, user.as_str()).of(user);
        let line = line.changing(json!({ "role": before }), json!({ "role": role })).because(Some(reason));
        if !self.context.store().set_role(user, before, role, &line).await? {
            return Err(StaffError::Changed);
        }
        audit::log(&line);
        Ok(Profile { role, ..profile.clone() })
    }
}
