//! The rows of the authorisation matrix. A drift test compares them with the OpenAPI document.

use domain::access::Permission;

/// Method, path, required permission, an invalid body, and the field that its error names.
pub type Row = (&'static str, &'static str, Permission, Option<(&'static str, &'static str)>);

/// Every endpoint that needs a permission. `{id}` is a verification, a session below `sessions`, a key below
/// `api-keys`, a passkey below `passkeys`, an invoice below `invoices`, or a voucher below `vouchers`; `{reference}` is a
/// payment, and its `{id}` a refund that does not exist.
pub const MATRIX: &[Row] = &[
    (
        "POST",
        "/api/v1/verifications",
        Permission::OrdersWrite,
        Some((r#"{"service_name": "WhatsApp"}"#, "country_code")),
    ),
    ("GET", "/api/v1/verifications", Permission::OrdersRead, None),
    ("GET", "/api/v1/verifications/{id}", Permission::OrdersRead, None),
    ("GET", "/api/v1/verifications/{id}/messages", Permission::OrdersRead, None),
    ("POST", "/api/v1/verifications/{id}/cancel", Permission::OrdersWrite, None),
    ("POST", "/api/v1/verifications/{id}/report", Permission::OrdersWrite, None),
    ("POST", "/api/v1/verifications/{id}/finish", Permission::OrdersWrite, None),
    ("POST", "/api/v1/me/password", Permission::AccountWrite, Some((r#"{"current_password": "x"}"#, "new_password"))),
    ("POST", "/api/v1/me/email", Permission::AccountWrite, Some((r#"{"new_email": "kofi"}"#, "new_email"))),
    ("DELETE", "/api/v1/me", Permission::AccountWrite, Some((r#"{"waive_balance": true}"#, "password"))),
    ("POST", "/api/v1/me/export", Permission::AccountWrite, Some((r#"{"format": "pdf"}"#, "format"))),
    ("POST", "/api/v1/me/export/download", Permission::AccountWrite, Some((r#"{"token": "x"}"#, "token"))),
    (
        "POST",
        "/api/v1/wallet/entries/export",
        Permission::AccountWrite,
        Some((r#"{"from": "2026-01-01T00:00:00Z"}"#, "to")),
    ),
    ("GET", "/api/v1/me", Permission::AccountRead, None),
    ("PATCH", "/api/v1/me", Permission::AccountWrite, Some((r#"{"language": "xx"}"#, "language"))),
    ("GET", "/api/v1/me/sessions", Permission::AccountRead, None),
    ("DELETE", "/api/v1/me/sessions/{id}", Permission::AccountWrite, None),
    ("GET", "/api/v1/api-keys", Permission::AccountRead, None),
    (
        "POST",
        "/api/v1/api-keys",
        Permission::AccountWrite,
        Some((r#"{"name": "a", "scopes": ["account:write"]}"#, "scopes[0]")),
    ),
    ("GET", "/api/v1/api-keys/{id}", Permission::AccountRead, None),
    ("PATCH", "/api/v1/api-keys/{id}", Permission::AccountWrite, Some((r#"{"networks": ["x"]}"#, "networks[0]"))),
    (
        "POST",
        "/api/v1/api-keys/{id}/rotate",
        Permission::AccountWrite,
        Some((r#"{"overlap_hours": 169}"#, "overlap_hours")),
    ),
    ("DELETE", "/api/v1/api-keys/{id}", Permission::AccountWrite, None),
    ("POST", "/api/v1/auth/logout-all", Permission::AccountWrite, None),
    ("GET", "/api/v1/me/2fa", Permission::AccountRead, None),
    ("POST", "/api/v1/me/2fa/enable", Permission::AccountWrite, Some((r#"{"password": ""}"#, "password"))),
    ("POST", "/api/v1/me/2fa/confirm", Permission::AccountWrite, Some((r#"{"code": "12345"}"#, "code"))),
    (
        "POST",
        "/api/v1/me/2fa/disable",
        Permission::AccountWrite,
        Some((r#"{"password": "x", "code": "12345"}"#, "code")),
    ),
    ("POST", "/api/v1/me/2fa/backup-codes", Permission::AccountWrite, Some((r#"{"code": "12345"}"#, "code"))),
    ("POST", "/api/v1/me/google/start", Permission::AccountWrite, Some((r#"{"password": ""}"#, "password"))),
    ("POST", "/api/v1/me/google/finish", Permission::AccountWrite, Some((r#"{"code": "x"}"#, "state"))),
    ("DELETE", "/api/v1/me/google", Permission::AccountWrite, Some((r#"{"password": ""}"#, "password"))),
    ("GET", "/api/v1/me/passkeys", Permission::AccountRead, None),
    ("POST", "/api/v1/me/passkey/start", Permission::AccountWrite, Some((r#"{"password": ""}"#, "password"))),
    (
        "POST",
        "/api/v1/me/passkey/finish",
        Permission::AccountWrite,
        Some((r#"{"credential": "x", "name": "phone"}"#, "credential")),
    ),
    ("DELETE", "/api/v1/me/passkeys/{id}", Permission::AccountWrite, Some((r#"{"code": "12345"}"#, "code"))),
    ("GET", "/api/v1/metrics", Permission::MetricsRead, None),
    ("GET", "/api/v1/admin/me", Permission::StaffSelf, None),
    ("GET", "/api/v1/admin/users", Permission::UsersRead, None),
    ("GET", "/api/v1/admin/users/{id}", Permission::UsersRead, None),
    ("POST", "/api/v1/admin/users/{id}/ban", Permission::UsersWrite, Some((r#"{"reason": ""}"#, "reason"))),
    ("POST", "/api/v1/admin/users/{id}/unban", Permission::UsersWrite, Some((r#"{"reason": "x"}"#, "reason"))),
    ("POST", "/api/v1/admin/users/{id}/sign-out", Permission::UsersWrite, Some((r#"{"why": "x"}"#, "why"))),
    ("GET", "/api/v1/admin/refunds", Permission::RefundsWrite, None),
    (
        "POST",
        "/api/v1/admin/payments/{reference}/refunds/{id}/approve",
        Permission::RefundsWrite,
        Some((r#"{"reason": ""}"#, "reason")),
    ),
    (
        "POST",
        "/api/v1/admin/payments/{reference}/refunds/{id}/refuse",
        Permission::RefundsWrite,
        Some((r#"{"reason": "x"}"#, "reason")),
    ),
    ("GET", "/api/v1/admin/findings", Permission::FindingsWrite, None),
    ("POST", "/api/v1/admin/findings/{id}/assign", Permission::FindingsWrite, Some((r#"{"note": ""}"#, "note"))),
    ("POST", "/api/v1/admin/findings/{id}/resolve", Permission::FindingsWrite, Some((r#"{"reason": "x"}"#, "reason"))),
    (
        "POST",
        "/api/v1/admin/findings/{id}/correct",
        Permission::WalletsCorrect,
        Some((
            r#"{"user_id": "usr_00000000000000000000000000", "direction": "credit", "amount": "0", "reason": "test"}"#,
            "amount",
        )),
    ),
    (
        "POST",
        "/api/v1/admin/findings/{id}/correction/approve",
        Permission::WalletsCorrect,
        Some((r#"{"reason": ""}"#, "reason")),
    ),
    (
        "POST",
        "/api/v1/admin/findings/{id}/correction/refuse",
        Permission::WalletsCorrect,
        Some((r#"{"reason": "x"}"#, "reason")),
    ),
    ("POST", "/api/v1/admin/users/{id}/role", Permission::RolesWrite, Some((r#"{"role": "king"}"#, "role"))),
    ("GET", "/api/v1/admin/staff", Permission::RolesWrite, None),
    ("GET", "/api/v1/admin/audit", Permission::AuditRead, None),
    ("POST", "/api/v1/admin/vouchers", Permission::VouchersWrite, Some((r#"{"credits": "1", "uses": 1}"#, "until"))),
    ("GET", "/api/v1/admin/vouchers", Permission::VouchersWrite, None),
    ("POST", "/api/v1/admin/vouchers/{id}/stop", Permission::VouchersWrite, Some((r#"{"reason": ""}"#, "reason"))),
    // The last one of staff, because it ends the session.
    ("POST", "/api/v1/admin/auth/logout", Permission::StaffSelf, None),
    ("GET", "/api/v1/wallet", Permission::WalletRead, None),
    ("GET", "/api/v1/wallet/entries", Permission::WalletRead, None),
    ("GET", "/api/v1/wallet/costs", Permission::WalletRead, None),
    ("GET", "/api/v1/usage", Permission::WalletRead, None),
    ("POST", "/api/v1/wallet/vouchers", Permission::PaymentsWrite, Some((r#"{"code": "hi"}"#, "code"))),
    ("POST", "/api/v1/payments", Permission::PaymentsWrite, Some((r#"{"amount": "50.00"}"#, "currency"))),
    ("GET", "/api/v1/payments", Permission::WalletRead, None),
    ("GET", "/api/v1/payments/{reference}", Permission::WalletRead, None),
    ("POST", "/api/v1/payments/{reference}/cancel", Permission::PaymentsWrite, Some((r#"{"x": 1}"#, "x"))),
    ("POST", "/api/v1/payments/{reference}/refund", Permission::PaymentsWrite, Some((r#"{"credits": 5}"#, "credits"))),
    ("GET", "/api/v1/invoices", Permission::WalletRead, None),
    ("GET", "/api/v1/invoices/{id}", Permission::WalletRead, None),
    ("GET", "/api/v1/invoices/{id}/pdf", Permission::WalletRead, None),
    ("GET", "/api/v1/me/billing-details", Permission::AccountRead, None),
    (
        "PUT",
        "/api/v1/me/billing-details",
        Permission::AccountWrite,
        Some((r#"{"name": "", "address": [], "country": "GH", "kind": "consumer"}"#, "name")),
    ),
    ("GET", "/api/v1/subscription", Permission::WalletRead, None),
    ("POST", "/api/v1/subscription", Permission::PaymentsWrite, Some((r#"{"plan": "gold"}"#, "plan"))),
    ("DELETE", "/api/v1/subscription", Permission::PaymentsWrite, None),
    (
        "POST",
        "/api/v1/subscriptions/usage-billing",
        Permission::PaymentsWrite,
        Some((r#"{"enabled": "yes"}"#, "enabled")),
    ),
    ("GET", "/api/v1/me/activity", Permission::AccountRead, None),
    ("GET", "/api/v1/me/notifications", Permission::AccountRead, None),
    (
        "PATCH",
        "/api/v1/me/notifications",
        Permission::AccountWrite,
        Some((r#"{"low_balance": {"mail": "yes"}}"#, "low_balance.mail")),
    ),
];

/// The path with this in place of its parameter.
pub fn filled(path: &str, id: &str) -> String {
    let path = path.replace("/refunds/{id}", "/refunds/rfd_00000000000000000000000000");
    let path = path.replace("/findings/{id}", "/findings/fnd_00000000000000000000000000");
    path.replace("{id}", id).replace("{reference}", id)
}
