//! Maps a supplier's order to the domain's [`Sale`] and messages. [`Sale`] explains which type is which.

use domain::{
    MessageText, Sender, SupplierId, Timestamp,
    order::{IncomingMessage, Sale},
};
use suppliers::SupplierOrder;

/// The sale that the supplier's order describes.
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

/// The messages of the supplier's order.
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

/// Identifies a message by its content, because a supplier may give it an id in one answer and none in
/// another.
fn fingerprint(at: Timestamp, sender: &Sender, text: &MessageText) -> String {
    use sha2::{Digest, Sha256};
    let at = at.to_string();
    let parts = [at.as_str(), sender.as_str(), text.as_str()];
    let digest = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0])).finalize();
    hex::encode(&digest[..12])
}
