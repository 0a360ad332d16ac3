//! What the endpoints of subscriptions need of their callers, and what they may refuse.

use crate::codes::PlanGranted;
use api::{
    access,
    codes::{Busy, LiveOnly},
};

access! {
    /// To see the subscription.
    ReadSubscription { needs: WalletRead }
}

access! {
    /// To choose a plan, and to cancel it.
    ChoosePlan { needs: PaymentsWrite, problems: [LiveOnly, PlanGranted, Busy] }
}
