//! The codes of this domain. Their words are in `text`.

api::problems! {
    /// More orders than a report has.
    #[status(409)]
    pub(crate) struct TooManyOrders { #[example(5000)] most: usize }
}
