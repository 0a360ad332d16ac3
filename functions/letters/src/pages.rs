//! The pages that letters link to.

use domain::{InvoiceId, account::OneTimeText, payment::PaymentReference};
use mail::{Link, NotALink};

/// The pages below the public address.
pub(crate) struct Pages<'a>(pub(crate) &'a str);

impl Pages<'_> {
    /// The page that proves an address. The token is in the fragment, which browsers send to no server, so that it is
    /// in no log.
    pub(crate) fn verify_email(&self, token: &OneTimeText) -> Result<Link, NotALink> {
        self.link(&format!("/verify-email#token={}", token.expose()))
    }

    /// The page that sets a new password.
    pub(crate) fn reset_password(&self, token: &OneTimeText) -> Result<Link, NotALink> {
        self.link(&format!("/reset-password#token={}", token.expose()))
    }

    /// The page that confirms a change of the address.
    pub(crate) fn confirm_email_change(&self, token: &OneTimeText) -> Result<Link, NotALink> {
        self.link(&format!("/confirm-email-change#token={}", token.expose()))
    }

    /// The page that downloads an export, after a sign-in.
    pub(crate) fn download_export(&self, token: &OneTimeText) -> Result<Link, NotALink> {
        self.link(&format!("/download-export#token={}", token.expose()))
    }

    /// The page of an invoice or a credit note, after a sign-in.
    pub(crate) fn invoice(&self, id: &InvoiceId) -> Result<Link, NotALink> {
        self.link(&format!("/invoices/{id}"))
    }

    /// The page that asks for the refund of a payment in coins, after a sign-in.
    pub(crate) fn refund(&self, reference: &PaymentReference, token: &OneTimeText) -> Result<Link, NotALink> {
        self.link(&format!("/payments/{reference}/refund#token={}", token.expose()))
    }

    /// The page to sign in.
    pub(crate) fn sign_in(&self) -> Result<Link, NotALink> {
        self.link("/sign-in")
    }

    /// The page to ask for a new password.
    pub(crate) fn forgot_password(&self) -> Result<Link, NotALink> {
        self.link("/forgot-password")
    }

    /// The page that ends reminders. A POST to it does so at once (RFC 8058), so its token is in the query, which mail
    /// providers send.
    pub(crate) fn unsubscribe(&self, token: &OneTimeText) -> Result<Link, NotALink> {
        self.link(&format!("/api/v1/unsubscribe?token={}", token.expose()))
    }

    fn link(&self, path: &str) -> Result<Link, NotALink> {
        format!("{}{path}", self.0).parse()
    }
}
