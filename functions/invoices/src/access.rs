//! What the endpoints of invoices need of their callers, and what they may refuse.

use crate::codes::InvoiceNotReady;
use api::{Owned, access, codes::NotFound};
use domain::invoice::Issued;

access! {
    /// To list invoices.
    ReadInvoices { needs: WalletRead }
}

access! {
    /// To see one invoice.
    ReadInvoice { needs: WalletRead, beside: Owned<Issued> }
}

access! {
    /// To download one invoice.
    DownloadInvoice { needs: WalletRead, beside: Owned<Issued>, problems: [InvoiceNotReady] }
}

access! {
    /// To see what is printed on invoices.
    ReadBillingDetails { needs: AccountRead, problems: [NotFound] }
}

access! {
    /// To change what is printed on invoices.
    ChangeBillingDetails { needs: AccountWrite }
}
