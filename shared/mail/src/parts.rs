//! What each letter consists of besides its texts: the facts in its table, its numbers, links and footer. The
//! texts are in `text/<language>/letters.ftl`, under the same names.

use crate::{Letter, Link};
use domain::{Credits, Timestamp};

/// The parts of a letter.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The name of its texts.
    pub key: &'static str,
    /// Numbers that its texts contain, because plurals depend on them.
    pub numbers: Vec<(&'static str, u32)>,
    /// The rows of its table; a text may contain them as well. The labels are the texts `fact.…`.
    pub facts: Vec<(&'static str, String)>,
    /// The link of the button, and a second one.
    pub links: Vec<&'a Link>,
    /// Why the reader gets the letter: the text `page.…`.
    pub footer: &'static str,
}

impl<'a> Parts<'a> {
    const fn of(key: &'static str) -> Self {
        Self { key, numbers: Vec::new(), facts: Vec::new(), links: Vec::new(), footer: "account" }
    }

    fn number(mut self, name: &'static str, number: u32) -> Self {
        self.numbers.push((name, number));
        self
    }

    fn fact(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }

    fn time(self, name: &'static str, at: Timestamp) -> Self {
        self.fact(name, time(at))
    }

    fn link(mut self, link: &'a Link) -> Self {
        self.links.push(link);
        self
    }

    const fn footer(mut self, footer: &'static str) -> Self {
        self.footer = footer;
        self
    }
}

impl Letter {
    /// The parts of this letter.
    pub(crate) fn parts(&self) -> Parts<'_> {
        let parts = Parts::of(self.name());
        match self {
            Self::VerifyEmail { link, hours, at, device, network } => parts
                .link(link)
                .number("hours", *hours)
                .time("at", *at)
                .fact("device", device.clone())
                .fact("network", network.clone())
                .footer("address"),
            Self::ConfirmNewEmail { link, hours } => parts.link(link).number("hours", *hours).footer("address"),
            Self::AlreadyRegistered { sign_in_link, reset_link } => parts.link(sign_in_link).link(reset_link),
            Self::ResetPassword { link, minutes } => parts.link(link).number("minutes", *minutes),
            Self::PasswordChanged { at } => parts.time("at", *at),
            Self::NewSignIn { at, device, network } => {
                parts.time("at", *at).fact("device", device.clone()).fact("network", network.clone())
            }
            Self::TwoFactorChanged { enabled, at } => {
                Parts { key: if *enabled { "two_factor_on" } else { "two_factor_off" }, ..parts }.time("at", *at)
            }
            Self::GoogleChanged { linked, at } => {
                Parts { key: if *linked { "google_linked" } else { "google_unlinked" }, ..parts }.time("at", *at)
            }
            Self::PasskeyChanged { name, added, at } => {
                Parts { key: if *added { "passkey_added" } else { "passkey_removed" }, ..parts }
                    .fact("passkey", name.clone())
                    .time("at", *at)
            }
            Self::KeyMade { name, last_four, at } | Self::KeyStopped { name, last_four, at } => {
                parts.fact("key", name.clone()).fact("last_four", last_four.clone()).time("at", *at)
            }
            Self::ConfirmEmailChange { link, hours, new_email } => {
                parts.link(link).number("hours", *hours).fact("new_email", new_email.clone())
            }
            Self::EmailChanged { new_email, at } => {
                parts.fact("new_email", new_email.clone()).time("at", *at).footer("former")
            }
            Self::ExportReady { link, hours } | Self::EntriesReady { link, hours } => {
                parts.link(link).number("hours", *hours)
            }
            Self::AccountDeleted { at } => parts.time("at", *at).footer("former"),
            Self::RenewalFailed { plan, price, until } => {
                parts.fact("plan", plan.name()).fact("amount", credits(*price)).time("ends_at", *until)
            }
            Self::PlanEnded { plan, at } => parts.fact("plan", plan.name()).time("at", *at),
            Self::BudgetReached { percent, spent, budget, until } => parts
                .number("percent", *percent)
                .fact("spent", credits(*spent))
                .fact("budget", credits(*budget))
                .time("month_ends", *until),
            Self::LowBalance { available } => parts.fact("available", credits(*available)),
            Self::RentalEnding { phone, ends_at } => parts.fact("phone", phone.clone()).time("ends_at", *ends_at),
            Self::TicketAnswered { subject, link } => parts.link(link).fact("subject", subject.clone()),
            Self::Receipt { reference, amount, at } => {
                parts.fact("reference", reference.clone()).fact("amount", amount.clone()).time("at", *at)
            }
            Self::ConfirmRefundAddress { link, hours, coins_to, network } => parts
                .link(link)
                .number("hours", *hours)
                .fact("coins_to", coins_to.clone())
                .fact("network", network.clone()),
            Self::Invoice { link, number, amount, at, takes_back } => {
                Parts { key: if *takes_back { "credit_note" } else { "invoice" }, ..parts }
                    .link(link)
                    .fact("number", number.clone())
                    .fact("amount", amount.clone())
                    .time("at", *at)
            }
        }
    }
}

/// `2026-11-27 10:05 UTC`, a form that is read in every language.
fn time(at: Timestamp) -> String {
    let text = at.to_string();
    format!("{} {} UTC", &text[..10], &text[11..16])
}

/// `₵12.50`: as many decimals as are needed, but at least two.
fn credits(amount: Credits) -> String {
    let text = amount.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    format!("₵{whole}.{decimals:0<2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_amounts_are_read_in_every_language() {
        assert_eq!(time("2026-11-27T10:05:59.999Z".parse().unwrap()), "2026-11-27 10:05 UTC");
        for (amount, shown) in
            [("0", "₵0.00"), ("1.2", "₵1.20"), ("12.5", "₵12.50"), ("0.0375", "₵0.0375"), ("100", "₵100.00")]
        {
            assert_eq!(credits(amount.parse().unwrap()), shown);
        }
    }
}
