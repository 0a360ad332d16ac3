//! A sample of every letter, for the previews and the tests.

use mail::{Letter, OneLine};
use std::error::Error;

/// A sample of every letter, in the order of their declaration.
pub fn samples() -> Result<Vec<Letter>, Box<dyn Error>> {
    let link = "https://example.com/open?token=3f1c1f0e6f0a4f7e9b603f6f0f3a2b11";
    let at = "2026-11-27T10:05:00Z".parse()?;
    let new_email: domain::EmailAddress = "ama.new@example.org".parse()?;
    Ok(vec![
        Letter::VerifyEmail {
            link: link.parse()?,
            hours: 24,
            at,
            device: OneLine::new("Chrome on Android"),
            network: OneLine::new("198.51.100.0/24"),
        },
        Letter::AlreadyRegistered {
            sign_in_link: "https://example.com/sign-in".parse()?,
            reset_link: "https://example.com/reset".parse()?,
        },
        Letter::ResetPassword { link: link.parse()?, minutes: 30 },
        Letter::PasswordChanged { at },
        Letter::NewSignIn {
            at,
            device: OneLine::new("Chrome on Android"),
            network: OneLine::new("203.0.113.7 (Ghana)"),
        },
        Letter::TwoFactorChanged { enabled: true, at },
        Letter::TwoFactorChanged { enabled: false, at },
        Letter::GoogleChanged { linked: true, at },
        Letter::GoogleChanged { linked: false, at },
        Letter::PasskeyChanged { name: OneLine::new("Ama's phone"), added: true, at },
        Letter::PasskeyChanged { name: OneLine::new("Ama's phone"), added: false, at },
        Letter::KeyMade { name: OneLine::new("My shop <live>"), last_four: OneLine::new("a1B2"), at },
        Letter::KeyStopped { name: OneLine::new("My shop"), last_four: OneLine::new("a1B2"), at },
        Letter::ConfirmNewEmail { link: link.parse()?, hours: 1 },
        Letter::ConfirmEmailChange { link: link.parse()?, hours: 2, new_email: new_email.clone() },
        Letter::EmailChanged { new_email, at },
        Letter::ExportReady { link: link.parse()?, hours: 48 },
        Letter::EntriesReady { link: link.parse()?, hours: 48 },
        Letter::AccountDeleted { at },
        Letter::RenewalFailed { plan: domain::Plan::Pro, price: "12.5".parse()?, until: at },
        Letter::PlanEnded { plan: domain::Plan::Enterprise, at },
        Letter::BudgetReached { percent: 80, spent: "16.2".parse()?, budget: "20".parse()?, until: at },
        Letter::LowBalance { available: "1.2".parse()? },
        Letter::RentalEnding { phone: "+233201234567".parse()?, ends_at: at },
        Letter::TicketAnswered { subject: OneLine::new("Where is my code?"), link: link.parse()? },
        Letter::Receipt { reference: OneLine::new("NMS-2026-000123"), amount: OneLine::new("GHS 50.00"), at },
        Letter::ConfirmRefundAddress {
            link: link.parse()?,
            hours: 2,
            coins_to: OneLine::new("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            network: OneLine::new("bitcoin"),
        },
        Letter::Invoice {
            link: link.parse()?,
            number: OneLine::new("NMS-2026-000123"),
            amount: OneLine::new("GHS 50.00"),
            at,
            takes_back: false,
        },
        Letter::Invoice {
            link: link.parse()?,
            number: OneLine::new("NMS-2026-000124"),
            amount: OneLine::new("GHS 20.00"),
            at,
            takes_back: true,
        },
    ])
}
