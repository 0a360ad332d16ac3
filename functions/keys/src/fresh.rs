//! What only the owner may do, not everybody who has a token of a session: a key that somebody else made or widened
//! would outlast the session, and a new password.

use api::{Problem, codes::SignInAgain};
use domain::{Timestamp, access::Principal, account::ownership};

/// Refuses a session whose sign-in is too long ago to prove that its owner is there.
pub(crate) fn must_be_fresh(principal: &Principal, now: Timestamp) -> Result<(), Problem> {
    let is_fresh = principal.via.session().is_some_and(|session| ownership::is_fresh(session, now));
    if is_fresh { Ok(()) } else { Err(SignInAgain.into()) }
}
