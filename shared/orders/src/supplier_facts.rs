//! A supplier's words in the words of orders: what it sold and what came. [`domain::order::Sale`] says which name is which.

use domain::{
    MessageText, Sender, SupplierId, Timestamp,
    order::{IncomingMessage, Sale},
};
use suppliers::SupplierOrder;

/// What the supplier sold.
pub(crate) fn sale(supplier: &SupplierId, order: &SupplierOrder) -> Sale {
    Sale {
        supplier: supplier.clone(),
        supplier_order: order.id.clone(),
        phone: order.phone.clone(),
        service: order.service.clone(),
        country: order.country.clone(),
        operator: order.operator.clone(),
        cost: order.cost,
        sold_at: order.created_at,
        ends_at: order.expires_at,
        is_usable: order.status.is_open() || !order.messages.is_empty(),
    }
}

/// What came. A supplier may give a message no name of its own: then its time, sender and text tell it from the others.
pub(crate) fn messages(order: &SupplierOrder) -> Vec<IncomingMessage> {
    order
        .messages
        .iter()
        .map(|message| IncomingMessage {
            fingerprint: fingerprint(message.at, &message.sender, &message.text),
            from: message.sender.clone(),
            text: message.text.clone(),
            supplier_code: message.code.clone(),
            at: message.at,
        })
        .collect()
}

/// By content alone: the same message comes with a name in one answer and without it in another.
fn fingerprint(at: Timestamp, sender: &Sender, text: &MessageText) -> String {
    use sha2::{Digest, Sha256};
    let at = at.to_string();
    let parts = [at.as_str(), sender.as_str(), text.as_str()];
    let digest = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0])).finalize();
    hex::encode(&digest[..12])
}
