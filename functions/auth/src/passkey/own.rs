//! The passkey of a path, read together with the caller.

use api::{Beside, Describe, Description, PathParams, Problem, codes::NotFound};
use domain::{
    PasskeyId, UserId,
    access::Mode,
    account::{Passkey, Passkeys},
};
use store::{Found, ReadSet, Slot};

/// The caller's passkey with the `{id}` of the path. A malformed identifier and another person's passkey are answered
/// with 404.
#[derive(Debug)]
pub struct OwnPasskey(pub(crate) Passkey);

impl Beside for OwnPasskey {
    type Slots = Option<(PasskeyId, Slot<Passkeys>)>;

    fn add((owner, _): (&UserId, Mode), path: &PathParams, reads: &mut ReadSet) -> Self::Slots {
        let id = path.get("id")?;
        Some((id, reads.add(owner, &())))
    }

    fn take(slots: Self::Slots, found: &Found) -> Result<Self, Problem> {
        let (id, slot) = slots.ok_or_else(Problem::not_found)?;
        let passkey = found.take(&slot)?.and_then(|passkeys| passkeys.without(&id)).map(|(_, passkey)| passkey);
        passkey.map(Self).ok_or_else(Problem::not_found)
    }
}

impl Describe for OwnPasskey {
    fn describe(description: &mut Description) {
        description.may_refuse([NotFound::CODE]);
    }
}
