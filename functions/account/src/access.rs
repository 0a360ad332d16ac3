//! The accesses of the account's endpoints.

use api::access;

access! {
    /// List what happened to the account.
    ReadActivity { needs: AccountRead }
}

access! {
    /// See the profile.
    ReadProfile { needs: AccountRead }
}

access! {
    /// Change the profile.
    ChangeProfile { needs: AccountWrite }
}

access! {
    /// See what the account is reminded of.
    ReadNotifications { needs: AccountRead }
}

access! {
    /// Change what the account is reminded of.
    ChangeNotifications { needs: AccountWrite }
}

access! {
    /// See the open sessions.
    ReadSessions { needs: AccountRead }
}

access! {
    /// End a session.
    EndSession { needs: AccountWrite, beside: api::Owned<domain::account::Session> }
}
