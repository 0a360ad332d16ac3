//! Checks of a payment against its receipts, the ledger, and its earlier versions.

use super::{
    super::books::{Checked, units},
    reference::{self, Receipts},
    till::Till,
};
use namaskah_domain::{
    Credits, EntrySeq, Timestamp,
    ledger::{EntryKind, Subject},
    payment::{Failure, GIVE_UP_AFTER, Payment, PaymentEvent, PaymentTimelineItem, ReceiptId, Status},
};
use proptest::{prop_assert, prop_assert_eq};
use std::{collections::BTreeSet, time::Duration};

/// From when on nobody looks for coins any more, unless money was seen.
const LAST_LOOK_FOR_COINS: Duration = Duration::from_hours(72);

/// Checks the facts that never change between two versions of a payment.
pub fn goes_on(before: &Payment, after: &Payment) -> Checked {
    prop_assert_eq!(after.version, before.version + 1);
    prop_assert_eq!((&after.reference, &after.gateway), (&before.reference, &before.gateway));
    prop_assert_eq!((after.method, after.amount, after.price), (before.method, before.amount, before.price));
    prop_assert_eq!((after.credits, after.created_at), (before.credits, before.created_at));
    prop_assert!(after.timeline.starts_with(&before.timeline), "the timeline only grows");
    prop_assert!(after.receipts.starts_with(&before.receipts), "noted money stays noted");
    prop_assert!(before.checkout.is_none() || after.checkout == before.checkout);
    if !before.status.is_open() {
        prop_assert!(!after.status.is_open(), "{:?} after {:?}", after.status, before.status);
        prop_assert_eq!(after.completed_at, before.completed_at);
    }
    if before.status == Status::Succeeded {
        prop_assert_eq!(after.status, Status::Succeeded);
    }
    Ok(())
}

/// Checks that a payment, its receipts and its entries agree about the money, if all receipts were in time.
pub fn agrees_with_ledger(till: &Till, payment: &Payment) -> Checked {
    let is_foreign = |id: &ReceiptId| till.is_of_another(payment, id);
    agrees(till, payment, &reference::usual(payment, is_foreign))
}

/// The same for these receipts, which were noted.
pub fn agrees(till: &Till, payment: &Payment, receipts: &Receipts) -> Checked {
    let ids: BTreeSet<_> = payment.receipts.iter().map(|noted| &noted.id).collect();
    prop_assert_eq!(ids.len(), payment.receipts.len(), "each receipt is noted once");
    let noted = payment.receipts.iter().map(|noted| (&noted.id, noted.amount));
    prop_assert!(noted.eq(receipts.iter().map(|came| (&came.id, came.amount))), "every reported receipt is noted");
    let noted: i128 = payment.receipts.iter().map(|noted| units(noted.credits)).sum();
    prop_assert_eq!(units(payment.credited), noted, "credited = sum of the receipts");
    prop_assert_eq!(noted, i128::from(reference::worth(payment, receipts)), "each receipt is credited at its worth");
    let entries = till.entries_of(payment);
    prop_assert_eq!(entries.iter().map(|entry| units(entry.amount)).sum::<i128>(), noted, "the wallet has the credits");
    prop_assert!(entries.iter().all(|entry| entry.kind == EntryKind::TopUp), "{:?}", entries);
    let others = till.wallets.iter().filter(|(user, _)| *user != payment.owner());
    let mut of_others = others.flat_map(|(_, wallet)| &wallet.entries);
    prop_assert!(!of_others.any(|entry| Some(&entry.cause) == entries.first().map(|of| &of.cause)), "only its owner");
    let told: Vec<Money> = payment.timeline.iter().filter_map(money).collect();
    let booked: Vec<Money> = entries.iter().map(|entry| (entry.at, Some(entry.amount), Some(entry.seq))).collect();
    prop_assert_eq!(told, booked, "the timeline matches the entries");
    let moves = payment.receipts.iter().filter(|noted| noted.credits.is_positive()).count();
    prop_assert!(entries.len() <= moves, "at most one entry for each receipt that is worth something");
    if !payment.method.is_crypto() {
        prop_assert!(moves <= 1 && payment.credited <= payment.credits, "exactly once, or not at all");
    }
    is_coherent(payment, receipts)
}

type Money = (Timestamp, Option<Credits>, Option<EntrySeq>);

fn money(item: &PaymentTimelineItem) -> Option<Money> {
    (item.event == PaymentEvent::Credited).then_some((item.at, item.credits, item.entry))
}

/// Checks that the fields of a payment are consistent.
fn is_coherent(payment: &Payment, receipts: &Receipts) -> Checked {
    let is_credited = payment.credited.is_positive();
    match payment.status {
        Status::Started | Status::Pending => {
            prop_assert!(!reference::is_whole(payment, receipts), "all of it came");
        }
        Status::Succeeded | Status::PartlyRefunded | Status::Refunded | Status::Disputed => {
            prop_assert!(is_credited, "nothing came");
        }
        Status::Failed | Status::Cancelled | Status::Abandoned => prop_assert!(!is_credited, "{:?}", payment.status),
    }
    prop_assert_eq!(payment.failure.is_some(), payment.status == Status::Failed, "a reason if and only if it failed");
    if payment.failure == Some(Failure::NotTheAmount) {
        prop_assert!(!receipts.is_empty(), "no money, so not another amount either");
    }
    prop_assert_eq!(payment.completed_at.is_some(), !payment.status.is_open(), "{:?}", payment.status);
    prop_assert!(payment.timeline.is_sorted_by_key(|item| item.at), "the timeline is in order");
    prop_assert!(payment.timeline.iter().all(|item| (item.event == PaymentEvent::Credited) == item.entry.is_some()));
    let text = serde_json::to_string(payment).ok();
    let read = text.as_deref().and_then(|text| serde_json::from_str::<Payment>(text).ok());
    prop_assert_eq!(read.as_ref(), Some(payment), "round trip of {:?}", text);
    Ok(())
}

/// Checks that nobody stops looking while something may come unnoticed. The payment was written now.
pub fn is_watched(payment: &Payment, now: Timestamp) -> Checked {
    let Some(due) = payment.due_at else {
        prop_assert!(!payment.status.is_open(), "nobody asks about a {:?} payment", payment.status);
        prop_assert!(!payment.is_confirming, "nobody waits for money that was seen");
        let is_over = now >= payment.created_at.plus(GIVE_UP_AFTER).max(payment.expires_at());
        let is_settled = payment.status == Status::Succeeded || payment.failure == Some(Failure::NotOpened);
        prop_assert!(is_over || is_settled && !payment.method.is_crypto(), "the page may take money");
        let watched_for = if payment.method.is_crypto() { LAST_LOOK_FOR_COINS } else { Duration::ZERO };
        prop_assert!(now >= payment.created_at.plus(watched_for), "coins may come");
        return Ok(());
    };
    prop_assert!(due >= now, "a write schedules the next look, not {}", due);
    let soon = payment.is_confirming || payment.status.is_open();
    prop_assert!(!soon || due.since(now) <= GIVE_UP_AFTER.max(payment.expires_at().since(now)), "{} is too late", due);
    Ok(())
}
