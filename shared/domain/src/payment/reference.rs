//! The reference of a payment: our name for it at its gateway.

use crate::{PaymentId, UserId, ids::NotAnId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What every reference begins with, so that payments of other shops with the same account are recognised.
const PREFIX: &str = "nms-";

/// The reference of a payment. It names customer and payment, so that an event of a gateway leads to the payment by
/// one read. We mint it; nothing in it comes from a client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PaymentReference {
    /// The customer.
    pub user: UserId,
    /// The payment.
    pub payment: PaymentId,
}

impl fmt::Display for PaymentReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}-{}", self.user.ulid(), self.payment.ulid())
    }
}

impl FromStr for PaymentReference {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (user, payment) = text.strip_prefix(PREFIX).and_then(|ids| ids.split_once('-')).ok_or(NotAnId)?;
        Ok(Self { user: UserId::of_ulid(user)?, payment: PaymentId::of_ulid(payment)? })
    }
}

impl TryFrom<String> for PaymentReference {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl From<PaymentReference> for String {
    fn from(reference: PaymentReference) -> Self {
        reference.to_string()
    }
}

impl utoipa::PartialSchema for PaymentReference {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^nms-[0-7][0-9A-HJKMNP-TV-Z]{25}-[0-7][0-9A-HJKMNP-TV-Z]{25}$"))
            .description(Some("The reference of a payment, here and at its gateway."))
            .examples(["nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B"])
            .into()
    }
}

impl utoipa::ToSchema for PaymentReference {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_reference_leads_to_its_payment() {
        let at = Timestamp::from_millis(1);
        let reference = PaymentReference { user: UserId::new(at, 10), payment: PaymentId::new(at, 11) };
        let text = reference.to_string();
        assert_eq!(text.parse(), Ok(reference));
        for other in
            ["", "nms-", "nms-1-2", &text[4..], &text.to_lowercase(), &format!("{text}-1"), &format!(" {text}")]
        {
            assert_eq!(other.parse::<PaymentReference>(), Err(NotAnId), "{other}");
        }
    }
}
