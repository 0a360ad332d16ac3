//! What the endpoints of sessions need of their callers.

use api::access;

access! {
    /// To end sessions.
    EndSessions { needs: AccountWrite }
}

access! {
    /// To change the address.
    ChangeEmail { needs: AccountWrite }
}

access! {
    /// To delete the account.
    DeleteAccount { needs: AccountWrite }
}

access! {
    /// To change the password.
    ChangePassword { needs: AccountWrite }
}
