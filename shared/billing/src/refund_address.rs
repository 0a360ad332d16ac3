//! Where the coins of a refund go: an address that the customer confirms by a letter, before the refund is asked for.
//!
//! Nothing is stored until the letter is written. So a wrong address holds no credits, and whoever has only a key of the
//! customer can't send coins anywhere.

use crate::refund_offer;
use domain::{
    Timestamp,
    account::{LETTERS_OF_PAIR, LETTERS_WINDOW},
    payment::{CoinAddress, NotAnAddress, NotRefundable, Payment},
};
use runtime::Context;
use store::{Counter, StoreError};
use thiserror::Error;

/// Why no letter is sent.
#[derive(Debug, Error)]
pub enum AddressRefused {
    /// The payment goes back to the card or wallet that paid.
    #[error("the payment was not paid in coins")]
    NotCoins,
    /// The payment can't be refunded, whatever the address.
    #[error(transparent)]
    NotRefundable(#[from] NotRefundable),
    /// The text is no address of the network.
    #[error(transparent)]
    NotAnAddress(#[from] NotAnAddress),
    /// Too many letters were ordered.
    #[error("too many letters until {until}")]
    TooMany {
        /// When the next one is sent.
        until: Timestamp,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The address that this text is, if coins of the payment can go back to it. A letter may be sent then.
pub async fn refund_address(context: &Context, payment: &Payment, text: &str) -> Result<CoinAddress, AddressRefused> {
    let network = payment.method.network().ok_or(AddressRefused::NotCoins)?;
    let address = network.address(text)?;
    if let Some(reason) = refund_offer(context, payment).await?.reason {
        return Err(reason.into());
    }
    let name = format!("refundaddress#{}", payment.reference.user);
    let letters = Counter { name, most: LETTERS_OF_PAIR, window: LETTERS_WINDOW };
    let counted = context.store().limits().count(&letters, context.now()).await?;
    counted.map_err(|full| AddressRefused::TooMany { until: full.until })?;
    Ok(address)
}
