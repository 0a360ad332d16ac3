//! The catalog, as far as staff decide about it.

use crate::{
    Staff, StaffError,
    audit::{Done, value},
};
use domain::{ServiceName, pricing::ServiceClass};

impl Staff<'_> {
    /// Gives a class to a service: whether it is sold, and at which factor. Purchases see it at once, lists with
    /// the next refresh. Returns whether the catalog has the service already.
    pub async fn give_class(&self, service: &ServiceName, class: ServiceClass) -> Result<bool, StaffError> {
        let catalog = self.context.store().catalog();
        let before = catalog.service_terms(service).await?.map(|(row, _)| row.class);
        let is_known = catalog.give_class(service, class).await?;
        let (before, after) = (value(before), value(class));
        self.record(Done { action: "service.class", target: service.as_str(), before, after, reason: None }).await?;
        Ok(is_known)
    }
}
