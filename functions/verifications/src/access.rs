//! What the endpoints of verifications need of their callers, and what they may refuse.

use crate::codes::{
    BuyingPaused, BuyingRestricted, DailyCapReached, KeyStopped, OperatorNotInPlan, ServiceNotAllowed,
    SupplierUnavailable, TooEarly, TooManyOpenOrders, TooManyTestOrders, UsageBudgetReached,
};
use api::{
    Balance, Owned, access,
    codes::{
        Busy, InProgress, InsufficientFunds, MoneyOwed, NoNumbers, NoOffer, PriceAboveMax, SalesPaused, ServiceBlocked,
        WrongStatus,
    },
};
use domain::{order::Order, rate_limit::PURCHASES};

access! {
    /// To buy.
    Buy {
        needs: OrdersWrite,
        action: PURCHASES,
        beside: Balance,
        problems: [
            InsufficientFunds,
            MoneyOwed,
            TooManyOpenOrders,
            TooManyTestOrders,
            BuyingPaused,
            BuyingRestricted,
            KeyStopped,
            ServiceNotAllowed,
            DailyCapReached,
            UsageBudgetReached,
            OperatorNotInPlan,
            PriceAboveMax,
            NoOffer,
            NoNumbers,
            SalesPaused,
            ServiceBlocked,
            Busy,
            SupplierUnavailable,
        ],
    }
}

access! {
    /// To cancel, report or finish one order.
    ActOnOrder {
        needs: OrdersWrite,
        beside: Owned<Order>,
        problems: [InProgress, TooEarly, WrongStatus, Busy],
    }
}

access! {
    /// To list orders.
    ReadOrders { needs: OrdersRead }
}

access! {
    /// To see one order and its messages.
    ReadOrder { needs: OrdersRead, beside: Owned<Order> }
}
