//! The codes of this domain. Their words are in `text/en`.

api::problems! {
    /// Not on this account.
    #[status(403)]
    pub(crate) enum AccountOffLimits {
        /// It is the caller's own.
        Own,
        /// It is a colleague's.
        Colleague,
    }

    /// The person who proposes a correction can't approve it.
    #[status(403)]
    pub(crate) struct SecondPersonNeeded;

    /// The person has no second factor.
    #[status(409)]
    pub(crate) struct NoSecondFactor;

    /// Another voucher has the code.
    #[status(409)]
    pub(crate) struct VoucherCodeTaken;
}

api::field_errors! {
    /// The text is nothing that people are found by.
    pub(crate) struct NotASearch;

    /// The text is not a reason.
    pub(crate) struct NotAReason;

    /// The text is not a day.
    pub(crate) struct NotADay;

    /// The value is not that of a voucher.
    pub(crate) enum NotAVoucher {
        /// What it gives.
        Credits,
        /// How often.
        Uses,
        /// When it ends.
        Times,
    }

    /// The change of prices is not possible.
    pub(crate) enum NotAPriceChange {
        /// It changes nothing.
        Empty,
        /// An amount is wrong.
        Price,
        /// A percentage is wrong.
        Percentage,
        /// It would begin in the past, or has begun.
        Past,
        /// Too many are stored.
        TooMany,
    }

    /// The text is not the rate of a tax.
    pub(crate) struct NotATaxRate;

    /// The text is not the name of a tax.
    pub(crate) struct NotATaxName;

    /// The taxes can't be a part of the table.
    pub(crate) struct NotATaxTable;

    /// One of several fields is needed, and no other.
    pub(crate) struct OneOf { fields: String }
}
