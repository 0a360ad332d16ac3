//! The actions of the audit trail, by their stored names.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal,)+) => {
        /// Something that was done. The list is open: a version may meet the action of a later one, and keeps its name.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum Action {
            $($(#[$doc])* $action,)+
            /// An action of a later version.
            Other(Box<str>),
        }

        impl Action {
            /// All actions of this version.
            pub const KNOWN: &[Self] = &[$(Self::$action),+];

            /// The name in the trail, which never changes.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$action => $name,)+
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for Action {
            fn from(name: &str) -> Self {
                match name {
                    $($name => Self::$action,)+
                    other => Self::Other(other.into()),
                }
            }
        }
    };
}

actions! {
    /// A person signed in.
    SignIn = "sign_in",
    /// Somebody tried to sign in, and was refused.
    SignInFailed = "sign_in_failed",
    /// A session was ended.
    SignOut = "sign_out",
    /// All sessions were ended.
    SessionsEnded = "sessions_ended",
    /// An old refresh token was used again, so its session was ended.
    RefreshTokenReused = "refresh_token_reused",
    /// The password was changed by somebody who knew the old one.
    PasswordChanged = "password_changed",
    /// The password was set with a link.
    PasswordReset = "password_reset",
    /// The address was proved, which made the account.
    AccountCreated = "account_created",
    /// A change of the address was asked for.
    EmailChangeRequested = "email_change_requested",
    /// The account has another address.
    EmailChanged = "email_changed",
    /// The account was deleted.
    AccountDeleted = "account_deleted",
    /// Sign-ins need a second factor from now on.
    TwoFactorEnabled = "two_factor_enabled",
    /// Sign-ins need no second factor any more.
    TwoFactorDisabled = "two_factor_disabled",
    /// All backup codes were replaced.
    BackupCodesRenewed = "backup_codes_renewed",
    /// A passkey was added.
    PasskeyAdded = "passkey_added",
    /// A passkey was removed.
    PasskeyRemoved = "passkey_removed",
    /// An account at Google may sign in from now on.
    GoogleLinked = "google_linked",
    /// No account at Google may sign in any more.
    GoogleUnlinked = "google_unlinked",
    /// The customer made an API key.
    KeyCreated = "key_created",
    /// The customer changed the name or the limits of an API key, stopped it, or started it again.
    KeyChanged = "key_changed",
    /// An API key was stopped, because too many of its orders in a row ended without a message.
    KeyStopped = "key_stopped",
    /// The customer ended an API key.
    KeyRevoked = "key_revoked",
    /// The customer replaced an API key.
    KeyRotated = "key_rotated",
    /// The customer asked for a copy of all data.
    ExportRequested = "export_requested",
    /// The customer downloaded the copy.
    ExportDownloaded = "export_downloaded",
    /// Staff made a customer.
    CustomerCreate = "customer.create",
    /// Staff moved a customer to another plan.
    CustomerPlan = "customer.plan",
    /// Staff vouched for a customer, or no longer do.
    CustomerTrust = "customer.trust",
    /// Staff enabled an account.
    CustomerEnable = "customer.enable",
    /// Staff disabled an account.
    CustomerDisable = "customer.disable",
    /// Staff gave a role to a person, or took it.
    CustomerRole = "customer.role",
    /// Staff ended all sessions of a customer.
    CustomerSignOut = "customer.sign_out",
    /// Staff turned a customer's second factor off.
    CustomerFactorOff = "customer.factor_off",
    /// Staff removed a passkey of a customer.
    CustomerPasskeyRemove = "customer.passkey_remove",
    /// Staff ended the link of a customer with an account at Google.
    CustomerGoogleUnlink = "customer.google_unlink",
    /// Staff gave a new first password to a colleague.
    CustomerFirstPassword = "customer.first_password",
    /// Staff made a key for a customer.
    KeyCreate = "key.create",
    /// Staff ended a key of a customer.
    KeyRevoke = "key.revoke",
    /// Staff began the reconciliation of a day.
    ReconciliationStart = "reconciliation.start",
    /// Staff corrected a wallet.
    WalletCorrect = "wallet.correct",
    /// Staff made a voucher.
    VoucherCreate = "voucher.create",
    /// Staff ended a voucher.
    VoucherStop = "voucher.stop",
    /// Staff settled an order.
    OrderSettle = "order.settle",
    /// Staff gave a finding to a colleague, or to nobody.
    FindingAssign = "finding.assign",
    /// Staff proposed a correction of a wallet because of a finding.
    FindingCorrectPropose = "finding.correct_propose",
    /// Staff corrected a wallet because of a finding.
    FindingCorrect = "finding.correct",
    /// Staff approved a correction that a colleague proposed.
    FindingCorrectApprove = "finding.correct_approve",
    /// Staff refused a correction that was proposed.
    FindingCorrectRefuse = "finding.correct_refuse",
    /// Staff resolved a finding.
    FindingResolve = "finding.resolve",
    /// Staff sent dead letters to their queues again.
    LettersRedrive = "letters.redrive",
    /// Staff let an address get letters again.
    MailLift = "mail.lift",
    /// Staff ran a migration.
    MigrationRun = "migration.run",
    /// Staff gave a class to a service.
    ServiceClass = "service.class",
    /// Staff set the currency of our account at a supplier.
    SupplierCurrency = "supplier.currency",
    /// Staff set the rate of a currency.
    CurrencyRate = "currency.rate",
    /// Staff set the price of a credit in a currency.
    CreditPrice = "credit.price",
    /// Staff let a change of the price rules begin at a moment.
    PriceChange = "price.change",
    /// Staff withdrew a change of the price rules before it began.
    PriceWithdraw = "price.withdraw",
    /// Staff let a gateway be asked about a payment.
    PaymentLook = "payment.look",
    /// Staff approved a refund of a payment.
    RefundApprove = "refund.approve",
    /// Staff refused a refund of a payment.
    RefundRefuse = "refund.refuse",
    /// Staff ran an event of a payment gateway again.
    GatewayEventRerun = "gateway_event.rerun",
    /// Staff named the company that sells.
    InvoiceSeller = "invoice.seller",
    /// Staff set the taxes of a country.
    TaxRate = "tax.rate",
    /// Staff let the documents of a payment be made again.
    InvoiceMake = "invoice.make",
    /// Staff let an invoice be replaced.
    InvoiceCorrect = "invoice.correct",
    /// Staff stopped sales.
    SalesOff = "sales.off",
    /// Staff started sales again.
    SalesOn = "sales.on",
    /// Staff decided about an operator of numbers.
    OperatorState = "operator.state",
}

impl From<String> for Action {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.as_str().to_owned()
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn an_action_is_stored_under_a_name_of_its_own() {
        let names: HashSet<_> = Action::KNOWN.iter().map(Action::as_str).collect();
        assert_eq!(names.len(), Action::KNOWN.len());
        for action in Action::KNOWN {
            assert_eq!(Action::from(action.as_str()), *action);
            assert!(action.as_str().bytes().all(|b| b.is_ascii_lowercase() || b"_.".contains(&b)), "{action}");
        }
    }

    proptest! {
        #[test]
        fn the_name_of_any_action_survives(name in ".{0,40}") {
            let stored = serde_json::to_string(&Action::from(name.as_str())).unwrap();
            let read: Action = serde_json::from_str(&stored).unwrap();
            prop_assert_eq!(read.as_str(), name);
        }
    }
}
