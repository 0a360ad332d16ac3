//! Checks of an order against the ledger, its earlier versions, and its possible transitions.

use super::books::Checked;
use namaskah_domain::{
    Credits, EntrySeq, Timestamp,
    ledger::{Entry, EntryKind, LineUsage, Settlement},
    order::{CloseReason, NotPossible, Order, Status, TimelineEvent, TimelineItem},
    policy::RuleId,
};
use proptest::{prop_assert, prop_assert_eq};

/// The number of times an event is in the timeline.
pub fn count(order: &Order, event: TimelineEvent) -> usize {
    order.timeline.iter().filter(|item| item.event == event).count()
}

/// Checks the facts that never change between two versions of an order.
pub fn goes_on(before: &Order, after: &Order) -> Checked {
    prop_assert_eq!(after.version, before.version + 1);
    prop_assert_eq!((&after.id, &after.user_id, &after.request), (&before.id, &before.user_id, &before.request));
    prop_assert_eq!((after.price, &after.lines), (before.price, &before.lines));
    prop_assert_eq!(after.hold.entry, before.hold.entry);
    prop_assert_eq!((after.created_at, after.purge_at), (before.created_at, before.purge_at));
    prop_assert!(after.timeline.starts_with(&before.timeline), "the timeline only grows");
    if !before.status.is_open() {
        prop_assert_eq!(after.status, before.status, "the status of an ended order does not change");
        prop_assert_eq!(after.closed_because, before.closed_because);
        prop_assert_eq!(after.completed_at, before.completed_at);
    }
    if matches!(before.status, Status::Refunded | Status::Failed) {
        let as_before = Order { version: before.version, ..after.clone() };
        prop_assert_eq!(&as_before, before, "a refunded order does not change");
    }
    Ok(())
}

/// Checks that the order and its entries agree about the money.
pub fn agrees_with_ledger(order: &Order, entries: &[&Entry]) -> Checked {
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind).collect();
    let wanted: &[EntryKind] = match order.status {
        Status::Requesting | Status::Waiting | Status::Cancelling => &[EntryKind::Hold],
        Status::Completed => &[EntryKind::Hold, EntryKind::Capture],
        Status::Refunded | Status::Failed => &[EntryKind::Hold, EntryKind::Release],
    };
    prop_assert_eq!(&kinds[..], wanted, "entries while {:?}", order.status);
    for entry in entries {
        prop_assert_eq!((entry.amount, &entry.lines), (order.price, &order.lines), "{:?}", entry.kind);
        prop_assert_eq!(entry.included.amount, order.included, "{:?}", entry.kind);
        prop_assert_eq!(entry.included.units, u32::from(order.included.is_positive()), "{:?}", entry.kind);
        let settles = (entry.kind != EntryKind::Hold).then_some(Settlement { hold: order.hold.entry, closes: true });
        prop_assert_eq!(entry.settles, settles, "an order settles its hold in full");
        prop_assert_eq!(entry.rule.is_some(), entry.kind == EntryKind::Release, "a refund has a rule");
    }
    prop_assert_eq!(entries.first().map(|entry| entry.seq), Some(order.hold.entry));
    let left = if order.status.is_open() { order.price } else { Credits::ZERO };
    prop_assert_eq!(order.hold.left, left, "held while {:?}", order.status);
    let told: Vec<Money> = order.timeline.iter().filter_map(money).collect();
    let booked: Vec<Money> = entries.iter().map(|entry| booking(entry)).collect();
    prop_assert_eq!(told, booked, "the timeline matches the entries");
    let returned = entries.iter().any(|entry| entry.kind == EntryKind::Release);
    let pays = order.price.units() - order.included.units();
    prop_assert_eq!(order.cost().units(), if returned { 0 } else { pays });
    let of = |usage| order.lines.iter().filter(|line| line.usage == usage).map(|line| line.amount.units()).sum::<i64>();
    prop_assert_eq!(of(Some(LineUsage::Included)), order.included.units(), "the lines say what is included");
    Ok(())
}

type Money = (Timestamp, TimelineEvent, Option<Credits>, Option<EntrySeq>, Option<RuleId>);

fn money(item: &TimelineItem) -> Option<Money> {
    let moves = matches!(item.event, TimelineEvent::Held | TimelineEvent::Captured | TimelineEvent::Released);
    let says = item.amount.is_some() || item.entry.is_some() || item.rule.is_some();
    (moves || says).then(|| (item.at, item.event, item.amount, item.entry, item.rule.clone()))
}

fn booking(entry: &Entry) -> Money {
    let event = match entry.kind {
        EntryKind::Hold => TimelineEvent::Held,
        EntryKind::Capture => TimelineEvent::Captured,
        _ => TimelineEvent::Released,
    };
    (entry.at, event, Some(entry.amount), Some(entry.seq), entry.rule.clone())
}

/// Checks that the fields of an order are consistent.
pub fn is_coherent(order: &Order) -> Checked {
    let given_back = matches!(order.status, Status::Cancelling | Status::Refunded | Status::Failed);
    prop_assert_eq!(order.closed_because.is_some(), given_back, "a reason if and only if it is or was returned");
    prop_assert_eq!(order.completed_at.is_some(), order.status == Status::Completed);
    prop_assert_eq!(order.number.is_none(), matches!(order.status, Status::Requesting | Status::Failed));
    let counted = order.messages.iter().any(|message| !message.ignored);
    prop_assert_eq!(counted, order.status == Status::Completed, "completed by a message that counts");
    let code = order.messages.iter().rev().filter(|m| !m.ignored).find_map(|m| m.code.as_ref());
    prop_assert_eq!(order.code(), code);
    prop_assert!(order.timeline.is_sorted_by_key(|item| item.at), "the timeline is in order");
    for event in [TimelineEvent::Finished, TimelineEvent::Reported, TimelineEvent::CancelRequested] {
        prop_assert!(count(order, event) <= 1, "{:?} occurs once", event);
    }
    let text = serde_json::to_string(order).ok();
    let read = text.as_deref().and_then(|text| serde_json::from_str::<Order>(text).ok());
    prop_assert_eq!(read.as_ref(), Some(order), "round trip of {:?}", text);
    Ok(())
}

/// Checks that the offered actions are exactly those that are possible.
pub fn actions_match_transitions(order: &Order, now: Timestamp) -> Checked {
    let actions = order.actions(now);
    let cancel = |at| order.clone().begin_cancel(CloseReason::Cancelled, at);
    prop_assert_eq!(actions.cancel.possible, cancel(now).is_ok(), "cancel while {:?}", order.status);
    match (actions.cancel.from, cancel(now)) {
        (Some(from), Ok(_)) => prop_assert!(from <= now, "possible since {}", from),
        (Some(from), Err(refusal)) => {
            prop_assert_eq!(refusal, NotPossible::TooEarly { from });
            prop_assert!(cancel(from).is_ok(), "possible from {}", from);
        }
        (None, answer) => prop_assert!(answer.is_err() && cancel(now.plus(super::fixtures::DAY)).is_err()),
    }
    let late = order.clone().reported_late(now).is_ok();
    let reportable = order.clone().begin_cancel(CloseReason::Reported, now).is_ok() || late;
    prop_assert_eq!(actions.report.possible, reportable, "report while {:?}", order.status);
    prop_assert_eq!(actions.finish.possible, order.clone().finish(now).is_ok(), "finish while {:?}", order.status);
    Ok(())
}
