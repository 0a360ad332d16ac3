//! Identifiers: a prefix that says what it is, and a ULID that says when it was made.

use crate::{access::Mode, time::Timestamp};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ulid::Ulid;

/// The number of an entry in its wallet: 1, 2, 3 … without gaps; 0 means "no entry yet".
pub type EntrySeq = u64;

/// The text is not an identifier of the kind asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal $(, $or_test:literal)?) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What every such identifier begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new one for this moment; `random` comes from the context.
            pub fn new(at: Timestamp, random: u128) -> Self {
                Self(format!("{}{}", $prefix, Ulid::from_parts(at.millis().unsigned_abs(), random)))
            }

            /// The lowest text that an identifier of this moment can have, for ranges.
            pub fn lowest_at(at: Timestamp) -> String {
                Self::new(at, 0).0
            }

            /// When it was made.
            pub fn made_at(&self) -> Timestamp {
                let ulid = Ulid::from_string(self.ulid()).ok();
                Timestamp::from_millis(ulid.map_or(0, |ulid| i64::try_from(ulid.timestamp_ms()).unwrap_or(i64::MAX)))
            }

            /// The 16 bytes of the part after the prefix.
            pub fn to_bytes(&self) -> [u8; 16] {
                Ulid::from_string(self.ulid()).map_or([0; 16], |ulid| ulid.to_bytes())
            }

            /// The identifier with these bytes.
            pub fn of_bytes(bytes: [u8; 16]) -> Self {
                Self(format!("{}{}", $prefix, Ulid::from_bytes(bytes)))
            }

            /// The part after the prefix.
            pub fn ulid(&self) -> &str {
                Self::ulid_of(&self.0).unwrap_or_default()
            }

            fn ulid_of(text: &str) -> Option<&str> {
                let rest = text.strip_prefix($prefix)?;
                $(let rest = rest.strip_prefix($or_test).unwrap_or(rest);)?
                Some(rest)
            }

            /// The identifier with this part after the prefix.
            pub fn of_ulid(ulid: &str) -> Result<Self, NotAnId> {
                format!("{}{ulid}", $prefix).parse()
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let ulid = Self::ulid_of(text).ok_or(NotAnId)?;
                let canonical = Ulid::from_string(ulid).map_err(|_| NotAnId)?.to_string();
                // One text for one id: a lower-case twin would be a different key in storage.
                if canonical == ulid { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, $("(", $or_test, ")?",)? "[0-7][0-9A-HJKMNP-TV-Z]{25}$")))
                    .examples([concat!($prefix, "01JD7Q3XKZ9V0C4T8W2M6N5B1A")])
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

id!(
    /// A customer.
    UserId,
    "usr_"
);
id!(
    /// A verification. That of a test begins with `vrf_test_`, so it can't be taken for a real one.
    OrderId,
    "vrf_",
    "test_"
);

/// What the identifier of a test order begins with.
const TEST_ORDER: &str = "vrf_test_";

impl OrderId {
    /// A new one of this mode.
    pub fn of(mode: Mode, at: Timestamp, random: u128) -> Self {
        let live = Self::new(at, random);
        match mode {
            Mode::Live => live,
            Mode::Test => Self(format!("{TEST_ORDER}{}", live.ulid())),
        }
    }

    /// Whether the order is real. Its wallet and its supplier follow from that.
    pub fn mode(&self) -> Mode {
        if self.0.starts_with(TEST_ORDER) { Mode::Test } else { Mode::Live }
    }

    /// A text below and one above all identifiers of this mode, for ranges.
    pub fn range_of(mode: Mode) -> (String, String) {
        let beginning = match mode {
            Mode::Live => Self::PREFIX,
            Mode::Test => TEST_ORDER,
        };
        // The first character of a ULID is 7 at most.
        (beginning.to_owned(), format!("{beginning}8"))
    }
}

id!(
    /// A rental.
    RentalId,
    "rnt_"
);
id!(
    /// A payment.
    PaymentId,
    "pay_"
);
id!(
    /// A refund of a payment.
    RefundId,
    "rfd_"
);
id!(
    /// An invoice or a credit note (its identifier here, not its number).
    InvoiceId,
    "inv_"
);
id!(
    /// An event that a payment gateway sent.
    GatewayEventId,
    "gev_"
);
id!(
    /// A subscription.
    SubscriptionId,
    "sub_"
);
id!(
    /// A voucher.
    VoucherId,
    "vch_"
);
id!(
    /// An API key (its identifier, not its secret).
    ApiKeyId,
    "key_"
);
id!(
    /// A session: one sign-in on one device, until it ends.
    SessionId,
    "ses_"
);
id!(
    /// A passkey (its identifier here, not that of its device).
    PasskeyId,
    "psk_"
);
id!(
    /// A registration whose address is not yet proved.
    RegistrationId,
    "reg_"
);
id!(
    /// A change of an account's address.
    EmailChangeId,
    "emc_"
);
id!(
    /// An export of an account's data.
    ExportId,
    "exp_"
);
id!(
    /// A message received for an order.
    MessageId,
    "msg_"
);
id!(
    /// A mail to a customer.
    MailId,
    "eml_"
);
id!(
    /// Something that a person or a later reconciliation has to look at.
    FindingId,
    "fnd_"
);
id!(
    /// A line of the audit trail.
    AuditId,
    "aud_"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_exactly_one_text() {
        let id = OrderId::new(Timestamp::from_millis(1_700_000_000_000), 7);
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        assert_eq!(id.made_at(), Timestamp::from_millis(1_700_000_000_000));
        assert_eq!(id.as_str().to_lowercase().parse::<OrderId>(), Err(NotAnId));
        assert_eq!(id.as_str().replace("vrf_", "usr_").parse::<OrderId>(), Err(NotAnId));
        assert_eq!("vrf_x".parse::<OrderId>(), Err(NotAnId));
    }

    #[test]
    fn an_order_tells_its_mode() {
        let at = Timestamp::from_millis(1_700_000_000_000);
        let ids = [Mode::Live, Mode::Test].map(|mode| OrderId::of(mode, at, 7));
        assert_eq!(ids[0], OrderId::new(at, 7));
        assert_ne!(ids[0], ids[1]);
        for (id, mode) in ids.iter().zip([Mode::Live, Mode::Test]) {
            assert_eq!((id.mode(), id.made_at(), id.ulid()), (mode, at, ids[0].ulid()));
            assert_eq!(id.as_str().parse().as_ref(), Ok(id));
            for of in [Mode::Live, Mode::Test] {
                let (lowest, beyond) = OrderId::range_of(of);
                let latest = OrderId::of(mode, Timestamp::from_millis((1 << 48) - 1), u128::MAX);
                for id in [id.as_str(), latest.as_str()] {
                    assert_eq!((lowest.as_str()..beyond.as_str()).contains(&id), of == mode, "{id} {of:?}");
                }
            }
        }
        for bad in ["vrf_test_", "vrf_test_test_01JD7Q3XKZ9V0C4T8W2M6N5B1A", "vrf_TEST_01JD7Q3XKZ9V0C4T8W2M6N5B1A"] {
            assert_eq!(bad.parse::<OrderId>(), Err(NotAnId), "{bad}");
        }
        assert_eq!("usr_test_01JD7Q3XKZ9V0C4T8W2M6N5B1A".parse::<UserId>(), Err(NotAnId));
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let id = |ms| OrderId::new(Timestamp::from_millis(ms), u128::MAX);
        assert!(id(1) < id(2));
    }
}
