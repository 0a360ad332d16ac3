//! A supplier's words in ours: what it sold and what came.

use domain::{
    SupplierId, Timestamp,
    order::{IncomingMessage, Sale, SoldNumber},
};
use suppliers::SupplierOrder;

/// What was sold.
pub(crate) fn sold(supplier: &SupplierId, order: &SupplierOrder) -> SoldNumber {
    SoldNumber {
        supplier: supplier.clone(),
        supplier_order: order.id.clone(),
        phone: order.phone.as_str().to_owned(),
        operator: order.operator.clone(),
        cost: order.cost,
        sold_at: order.created_at,
        ends_at: order.expires_at,
    }
}

/// What a line of its list says of a sale.
pub(crate) fn sale(order: &SupplierOrder) -> Sale<'_> {
    Sale {
        service: order.service.as_ref(),
        country: order.country.as_ref(),
        operator: order.operator.as_ref(),
        cost: order.cost,
        sold_at: order.created_at,
        is_usable: order.status.is_open() || !order.messages.is_empty(),
    }
}

/// What came. A supplier may give a message no name of its own: then its time, sender and text tell it from the others.
pub(crate) fn incoming(order: &SupplierOrder) -> Vec<IncomingMessage> {
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
fn fingerprint(at: Timestamp, sender: &str, text: &str) -> String {
    use sha2::{Digest, Sha256};
    let parts = [at.to_string(), sender.to_owned(), text.to_owned()];
    let digest = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0])).finalize();
    hex::encode(&digest[..12])
}
