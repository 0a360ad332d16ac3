//! What the endpoints of sessions need of their callers.

use api::access;

access! {
    /// To end sessions.
    EndSessions { needs: AccountWrite }
}
