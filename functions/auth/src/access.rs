//! What the endpoints of sessions need of their callers.

use api::access;

access! {
    /// To end sessions.
    EndSessions { needs: AccountWrite }
}

access! {
    /// To change the password.
    ChangePassword { needs: AccountWrite }
}
