//! Registrations that are not completed.

use crate::{
    Accounts, StoreError,
    claims::Owner,
    item,
    keys::{self, REGISTRATION_PREFIX},
    table::Consistency,
};
use domain::{EmailAddress, RegistrationId, UserId, account::Registration};

impl Accounts<'_> {
    /// Writes a registration, which expires by itself.
    pub async fn put_registration(self, registration: &Registration) -> Result<(), StoreError> {
        let Registration { email, registration_id, .. } = registration;
        let expires = registration.ends_at().epoch_seconds();
        self.0.put_expiring(&keys::registration(email, registration_id), registration, expires).await
    }

    /// A registration of this address.
    pub async fn registration(
        self,
        email: &EmailAddress,
        id: &RegistrationId,
    ) -> Result<Option<Registration>, StoreError> {
        self.0.get(&keys::registration(email, id), Consistency::Strong).await
    }

    /// The newest registrations of an address, newest first, with those that have ended.
    pub async fn newest_registrations(self, email: &EmailAddress, most: i32) -> Result<Vec<Registration>, StoreError> {
        let newest = self.0.query(keys::email(email).pk).prefix(REGISTRATION_PREFIX).newest_first().strong();
        newest.rows(most).await?.into_iter().map(item::read).collect()
    }

    /// The owner of an address, and the newest registration of it, by one query.
    pub async fn owner_and_registration(
        self,
        email: &EmailAddress,
    ) -> Result<(Option<UserId>, Option<Registration>), StoreError> {
        // Highest key first: the owner, then the newest registration.
        let rows = self.0.query(keys::email(email).pk).newest_first().strong().rows(2).await?;
        let (mut owner, mut newest) = (None, None);
        for row in rows {
            if item::text_of(&row, "sk").is_some_and(|sk| sk.starts_with(REGISTRATION_PREFIX)) {
                newest = newest.or(Some(item::read(row)?));
            } else {
                owner = Some(item::read::<Owner>(row)?.user_id);
            }
        }
        Ok((owner, newest))
    }
}
