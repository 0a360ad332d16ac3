//! The classes that operators gave to services. They are separate from the lists that a refresh writes, so that
//! neither overwrites the other.

use crate::{
    Catalog, StoreError,
    error::took_effect,
    keys::{self, CLASSES},
    table::Consistency,
};
use domain::{ServiceName, pricing::ServiceClass};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The classes by service.
pub type Classes = BTreeMap<ServiceName, ServiceClass>;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct ClassesRow {
    classes: Classes,
}

impl Catalog<'_> {
    /// The classes that operators gave.
    pub async fn classes(self) -> Result<Classes, StoreError> {
        let row: Option<ClassesRow> = self.0.get(&keys::catalog(CLASSES), Consistency::Strong).await?;
        Ok(row.unwrap_or_default().classes)
    }

    /// Gives a class to a service, for purchases at once and for lists with the next refresh. Returns whether the
    /// catalog has the service; if not, it gets the class once it appears.
    pub async fn give_class(self, service: &ServiceName, class: ServiceClass) -> Result<bool, StoreError> {
        self.0.put_in_map(&keys::catalog(CLASSES), "classes", service.as_str(), &class).await?;
        let known = self
            .0
            .update(&keys::service(service))
            .update_expression("SET #class = :class")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#class", "class")
            .expression_attribute_values(":class", serde_dynamo::to_attribute_value(class)?)
            .send()
            .await;
        took_effect(known)
    }
}
