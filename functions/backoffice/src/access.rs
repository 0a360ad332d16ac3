//! What the endpoints of the back office need of their callers.

use api::access;

access! {
    /// To see the own role.
    SeeSelf { needs: StaffSelf }
}

access! {
    /// To find customers, and read their profiles.
    ReadUsers { needs: UsersRead }
}

access! {
    /// To ban customers, unban them, end their sessions.
    ChangeUsers { needs: UsersWrite }
}

access! {
    /// To see refunds that await approval, to approve and refuse them.
    DecideRefunds { needs: RefundsWrite }
}

access! {
    /// To see findings, to assign and resolve them.
    WorkOnFindings { needs: FindingsWrite }
}

access! {
    /// To correct wallets because of findings.
    CorrectWallets { needs: WalletsCorrect }
}

access! {
    /// To give and take roles.
    ChangeRoles { needs: RolesWrite }
}

access! {
    /// To search the audit trail.
    ReadAudit { needs: AuditRead }
}

access! {
    /// To see and change prices and taxes.
    ChangePrices { needs: PricesWrite }
}

access! {
    /// To make vouchers, list them and end them.
    MakeVouchers { needs: VouchersWrite }
}
