//! What the endpoints of exports need of their callers. Only sessions have the permission, so a stolen key gets no
//! copy.

use api::access;

access! {
    /// To ask for an export.
    AskExport { needs: AccountWrite }
}

access! {
    /// To download an export.
    DownloadExport { needs: AccountWrite }
}
