//! Maps an order to a supplier's purchase, and a supplier's order to the domain's [`Sale`] and messages. [`Sale`]
//! explains which type is which.

use domain::{
    Code, SupplierId,
    order::{IncomingMessage, Order, Sale},
};
use suppliers::{BuyRequest, SupplierMessage, SupplierOrder};

/// The purchase of an order's number.
pub(crate) fn purchase(order: &Order) -> BuyRequest {
    BuyRequest {
        reference: order.id.clone(),
        service: order.request.service.clone(),
        country: order.request.country.clone(),
        operator: order.request.operator.clone(),
        max_cost: Some(order.attempt.cap),
    }
}

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
            fingerprint: fingerprint(message),
            from: message.sender.clone(),
            text: message.text.clone(),
            supplier_code: message.code.clone(),
            at: message.at,
        })
        .collect()
}

/// Identifies a message by its content, because a supplier may give it an id in one answer and none in
/// another. Two messages without a text differ by their codes.
fn fingerprint(message: &SupplierMessage) -> String {
    use sha2::{Digest, Sha256};
    let (at, text) = (message.at.to_string(), message.text.as_str());
    let code = message.code.as_ref().filter(|_| text.trim().is_empty()).map(Code::as_str);
    let parts = [at.as_str(), message.sender.as_str(), text].into_iter().chain(code);
    let digest = parts.fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0])).finalize();
    hex::encode(&digest[..12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{MessageText, Sender, Timestamp};

    fn print(id: Option<&str>, text: &str, code: Option<&str>) -> String {
        fingerprint(&SupplierMessage {
            id: id.map(str::to_owned),
            at: Timestamp::default(),
            sender: Sender::new("Viber"),
            text: MessageText::new(text),
            code: code.map(Code::new),
        })
    }

    #[test]
    fn a_message_is_told_apart_by_its_text_or_else_by_its_code() {
        assert_eq!(print(Some("7"), "Your code is 483920", None), print(None, "Your code is 483920", Some("483920")));
        assert_ne!(print(None, "Your code is 483920", None), print(None, "Your code is 551022", None));
        assert_ne!(print(None, "", Some("551022")), print(None, "", Some("771022")));
        assert_ne!(print(None, "", Some("551022")), print(None, "", None));
    }
}
