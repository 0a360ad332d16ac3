//! What the endpoints of sessions need of their callers.

use crate::codes::{
    GoogleLinked, GoogleNotConfigured, GoogleNotLinked, OnlySignIn, SecondFactorOff, SecondFactorOn,
    StaffNeedSecondFactor, TooManyPasskeys,
};
use api::{access, codes::Busy};

access! {
    /// To end sessions.
    EndSessions { needs: AccountWrite }
}

access! {
    /// To see whether the second factor is on.
    ReadSecondFactor { needs: AccountRead }
}

access! {
    /// To begin to turn the second factor on.
    EnableSecondFactor { needs: AccountWrite, problems: [SecondFactorOn, Busy] }
}

access! {
    /// To confirm the second factor.
    ConfirmSecondFactor { needs: AccountWrite }
}

access! {
    /// To replace the backup codes.
    RenewBackupCodes { needs: AccountWrite, problems: [SecondFactorOff, Busy] }
}

access! {
    /// To turn the second factor off.
    DisableSecondFactor { needs: AccountWrite, problems: [SecondFactorOff, StaffNeedSecondFactor, Busy] }
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
    RemovePasskey { needs: AccountWrite, beside: crate::passkey::OwnPasskey, problems: [Busy] }
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
    /// To begin a link with an account at Google.
    BeginGoogleLink { needs: AccountWrite, problems: [GoogleNotConfigured, GoogleLinked] }
}

access! {
    /// To finish a link with an account at Google.
    FinishGoogleLink { needs: AccountWrite }
}

access! {
    /// To end the link with an account at Google.
    EndGoogleLink { needs: AccountWrite, problems: [GoogleNotLinked, OnlySignIn, Busy] }
}

access! {
    /// To delete the account.
    DeleteAccount { needs: AccountWrite }
}

access! {
    /// To change the password.
    ChangePassword { needs: AccountWrite }
}
