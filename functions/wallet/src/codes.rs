//! The codes of this domain. Their words are in `text`.

api::problems! {
    /// The voucher gives nothing.
    #[status(409)]
    pub(crate) enum VoucherNotValid {
        /// No voucher has this code.
        Unknown,
        /// Its time is over.
        Ended,
        /// All its uses are used.
        UsedUp,
    }

    /// More orders than a report has.
    #[status(409)]
    pub(crate) struct TooManyOrders { #[example(5000)] most: usize }

    /// The customer used the voucher before.
    #[status(409)]
    pub(crate) struct VoucherUsed;
}
