//! What the endpoints of payments need of their callers, and what they may refuse.

use crate::codes::PaymentStarting;
use api::{
    Owned, access,
    codes::{Busy, LiveOnly, WrongStatus},
};
use domain::{payment::Payment, rate_limit::PAYMENTS};

access! {
    /// To start a payment.
    Pay { needs: PaymentsWrite, action: PAYMENTS, problems: [LiveOnly] }
}

access! {
    /// To list payments.
    ReadPayments { needs: WalletRead }
}

access! {
    /// To see one payment.
    ReadPayment { needs: WalletRead, beside: Owned<Payment> }
}

access! {
    /// To cancel a payment.
    CancelPayment { needs: PaymentsWrite, beside: Owned<Payment>, problems: [PaymentStarting, WrongStatus, Busy] }
}

access! {
    /// To ask for a refund of a payment.
    AskRefund { needs: PaymentsWrite, beside: Owned<Payment>, problems: [Busy] }
}

access! {
    /// To confirm an address for the coins of a payment.
    ConfirmAddress { needs: PaymentsWrite, beside: Owned<Payment> }
}
