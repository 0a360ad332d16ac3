//! What the endpoints of subscriptions need of their callers, and what they may refuse.

use crate::codes::PlanGranted;
use api::{
    Balance, Balances, access,
    codes::{Busy, LiveOnly},
};

access! {
    /// To see the subscription.
    ReadSubscription { needs: WalletRead, beside: Balances }
}

access! {
    /// To choose a plan, and to cancel it.
    ChoosePlan { needs: PaymentsWrite, problems: [LiveOnly, PlanGranted, Busy] }
}

access! {
    /// To change how the usage is billed.
    ChangeUsageBilling { needs: PaymentsWrite, beside: Balance, problems: [LiveOnly] }
}
