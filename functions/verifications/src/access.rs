//! What the endpoints of verifications need of their callers, and what they may refuse.

use api::{Balance, Owned, access};
use domain::{order::Order, rate_limit::PURCHASES};

access! {
    /// To buy.
    Buy {
        needs: OrdersWrite,
        action: PURCHASES,
        beside: Balance,
        problems: [
            InsufficientFunds,
            TooManyOpenOrders,
            BuyingPaused,
            PriceAboveMax,
            NoOffer,
            NoNumbers,
            ServiceBlocked,
            WalletBusy,
            SupplierUnavailable,
        ],
    }
}

access! {
    /// To cancel, report or finish one order.
    ActOnOrder {
        needs: OrdersWrite,
        beside: Owned<Order>,
        problems: [StillRequesting, TooEarly, WrongStatus, OrderBusy, WalletBusy],
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
