//! What the endpoints of sessions need of their callers.

use crate::codes::TooManyPasskeys;
use api::access;

access! {
    /// To end sessions.
    EndSessions { needs: AccountWrite }
}

access! {
    /// To see whether the second factor is on.
    ReadSecondFactor { needs: AccountRead }
}

access! {
    /// To turn the second factor on or off.
    ChangeSecondFactor { needs: AccountWrite }
}

access! {
    /// To see the passkeys.
    ReadPasskeys { needs: AccountRead }
}

access! {
    /// To add a passkey.
    AddPasskey { needs: AccountWrite, problems: [TooManyPasskeys] }
}

access! {
    /// To remove a passkey.
    RemovePasskey { needs: AccountWrite, beside: crate::passkey::OwnPasskey }
}

access! {
    /// To end a session of staff.
    EndStaffSession { needs: StaffSelf }
}

access! {
    /// To change the address.
    ChangeEmail { needs: AccountWrite }
}

access! {
    /// To link the account with one at Google, or to end the link.
    ChangeGoogle { needs: AccountWrite }
}

access! {
    /// To delete the account.
    DeleteAccount { needs: AccountWrite }
}

access! {
    /// To change the password.
    ChangePassword { needs: AccountWrite }
}
