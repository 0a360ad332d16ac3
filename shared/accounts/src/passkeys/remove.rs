//! The end of a passkey. Sessions that were started with it go on.

use super::{ATTEMPTS, PasskeyError};
use crate::{
    Client, OwnerProof,
    letters::{self, LetterOrder},
    prove, trail,
};
use domain::{
    PasskeyId, UserId,
    account::Passkeys,
    audit::{Action, AuditLine},
};
use runtime::Context;

/// Removes a passkey, and tells the person by a letter.
pub async fn remove_passkey(
    context: &Context,
    user: &UserId,
    id: &PasskeyId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<(), PasskeyError> {
    prove::owner(context, user, proof, "the end of a passkey", client).await?;
    end_passkey(context, user, id, &trail::line(context, user, Action::PasskeyRemoved, id.as_str(), client)).await
}

/// Ends a passkey, with this line of the audit trail, and tells the person by a letter.
pub async fn end_passkey(
    context: &Context,
    user: &UserId,
    id: &PasskeyId,
    line: &AuditLine,
) -> Result<(), PasskeyError> {
    for _ in 0..ATTEMPTS {
        let passkeys: Option<Passkeys> = context.store().record(user, &()).await?;
        let (next, removed) = passkeys.and_then(|passkeys| passkeys.without(id)).ok_or(PasskeyError::NotFound)?;
        if context.store().remove_passkey(user, &next, &removed.credential, line).await? {
            let (name, at) = (removed.name, context.now());
            let letter = LetterOrder::PasskeyChanged { user_id: user.clone(), name, added: false, at };
            letters::tell(context, &letter).await;
            return Ok(());
        }
    }
    Err(PasskeyError::Changed)
}
