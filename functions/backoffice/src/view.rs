//! A customer as staff see it.

use domain::{Language, Plan, Timestamp, Trust, UserId, access::StaffRole};
use serde::Serialize;
use store::Profile;
use utoipa::ToSchema;

/// A customer.
#[derive(Serialize, ToSchema)]
pub struct UserView {
    /// The account.
    id: UserId,
    /// Email address.
    email: String,
    /// Plan.
    plan: Plan,
    /// `vouched` if an operator vouches for the customer.
    #[schema(value_type = String)]
    trust: Trust,
    /// Whether the account may be used; false for one that is banned.
    active: bool,
    /// Role of a person of the staff; null for customers.
    role: Option<StaffRole>,
    /// Language of mails.
    language: Language,
    /// Time of the registration.
    created_at: Timestamp,
}

impl From<Profile> for UserView {
    fn from(profile: Profile) -> Self {
        Self {
            id: profile.user_id,
            email: profile.email.to_string(),
            plan: profile.plan,
            trust: profile.trust,
            active: profile.active,
            role: profile.role,
            language: profile.language,
            created_at: profile.created_at,
        }
    }
}
