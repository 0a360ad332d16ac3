//! The rows of the authorisation matrix. A drift test compares them with the OpenAPI document.

use domain::access::Permission;

/// Method, path, required permission, an invalid body, and the field that its error names.
pub type Row = (&'static str, &'static str, Permission, Option<(&'static str, &'static str)>);

/// Every endpoint that needs a permission. `{id}` is a verification, or a session below `sessions`.
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
    ("GET", "/api/v1/me", Permission::AccountRead, None),
    ("PATCH", "/api/v1/me", Permission::AccountWrite, Some((r#"{"language": "xx"}"#, "language"))),
    ("GET", "/api/v1/me/sessions", Permission::AccountRead, None),
    ("DELETE", "/api/v1/me/sessions/{id}", Permission::AccountWrite, None),
    ("POST", "/api/v1/auth/logout-all", Permission::AccountWrite, None),
    ("GET", "/api/v1/metrics", Permission::MetricsRead, None),
    ("GET", "/api/v1/wallet", Permission::WalletRead, None),
    ("GET", "/api/v1/wallet/entries", Permission::WalletRead, None),
    ("GET", "/api/v1/me/activity", Permission::AccountRead, None),
];
