//! Addresses that get no letters.

use crate::{Staff, StaffError, audit};
use domain::{
    EmailAddress,
    audit::Action,
    suppression::{AddressHash, Suppression},
};

impl Staff<'_> {
    /// What happened to letters to an address.
    pub async fn suppression(&self, address: &EmailAddress) -> Result<Suppression, StaffError> {
        Ok(self.context.store().accounts().suppression(&AddressHash::of(address)).await?)
    }

    /// Lets an address get letters again. The line names the address by its hash, and is about its account if it has
    /// one.
    pub async fn lift_suppression(&self, address: &EmailAddress, reason: &str) -> Result<Suppression, StaffError> {
        let hash = AddressHash::of(address);
        let before = self.suppression(address).await?;
        let owner = self.context.store().accounts().with_email(address).await?;
        let line = self.line(Action::MailLift, hash.as_str());
        let line = match &owner {
            Some(owner) => line.of(owner),
            None => line,
        };
        let line = line.changing(before, Suppression { lifted_at: Some(self.context.now()), ..before });
        let line = line.because(Some(reason));
        if !self.context.store().lift_suppression(&hash, &line).await? {
            return Err(StaffError::Missing(format!("report about letters to {address}")));
        }
        audit::log(&line);
        self.suppression(address).await
    }
}
