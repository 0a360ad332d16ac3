//! Commands about the people of the staff.

use super::values::{CustomerName, RoleName, sentence};
use clap::Subcommand;
use domain::EmailAddress;

#[derive(Subcommand)]
pub enum Colleagues {
    /// Give a role to a person. Without an account, the person gets one, with a first password that is shown once.
    Hire {
        /// The email address.
        #[arg(long)]
        email: EmailAddress,
        /// The role.
        #[arg(long)]
        role: RoleName,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
    /// List the people of the staff.
    List,
    /// Give a new first password to a person who did not replace the one from before in time. It is shown once.
    FirstPassword {
        /// The person: usr_… or the email address.
        person: CustomerName,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
    /// Take the role of a person. The account stays.
    Dismiss {
        /// The person: usr_… or the email address.
        person: CustomerName,
        /// Why; it stays in the audit trail.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
}
