//! The codes of this domain. Their words are in `text`.

api::problems! {
    /// The customer has this plan, and keeps it.
    #[status(409)]
    pub(crate) struct AlreadyOnPlan;

    /// The staff set the plan of the customer.
    #[status(409)]
    pub(crate) struct PlanGranted;
}
