//! The expected effects of messages on an order, checked without the code under test.

use super::{books::Checked, fixtures::Sms};
use namaskah_domain::{
    Code, MessageText,
    ledger::EntryKind,
    order::{IncomingMessage, MOST_MESSAGES, Order, Status, Step, TimelineEvent},
};
use proptest::{prop_assert, prop_assert_eq};
use std::collections::{BTreeMap, BTreeSet};

/// The number of messages, old or new, for which there is always room.
const ALWAYS_KEPT: usize = 10;

/// The messages as the order's supplier reports them.
pub fn incoming(order: &Order, messages: &[Sms]) -> Vec<IncomingMessage> {
    let sold_at = order.number.as_ref().map_or(order.created_at, |number| number.sold_at);
    messages.iter().map(|sms| sms.incoming(sold_at)).collect()
}

/// The timeline events of the new messages.
pub fn lines(before: &Order, after: &Order) -> Vec<TimelineEvent> {
    let new = after.messages.iter().skip(before.messages.len());
    new.map(|m| if m.ignored { TimelineEvent::OldMessageIgnored } else { TimelineEvent::MessageReceived }).collect()
}

/// Checks the step that these messages caused.
pub fn check(before: &Order, messages: &[Sms], step: Option<&Step>) -> Checked {
    let known: BTreeSet<_> = before.messages.iter().map(|message| message.fingerprint.as_str()).collect();
    let mut fresh: BTreeMap<String, Sms> = messages.iter().map(|sms| (sms.fingerprint(), *sms)).collect();
    fresh.retain(|fingerprint, _| !known.contains(fingerprint.as_str()));
    let takes = matches!(before.status, Status::Waiting | Status::Cancelling | Status::Completed);
    if !takes || fresh.is_empty() {
        prop_assert!(step.is_none(), "nothing to write while {:?}", before.status);
        return Ok(());
    }
    let completes = before.status.is_open() && fresh.values().any(|sms| sms.counts());
    let room = before.messages.len() + fresh.len() <= ALWAYS_KEPT;
    let Some(step) = step else {
        prop_assert!(!completes, "old messages never displace one that counts");
        prop_assert!(!room, "there is room for {} new messages", fresh.len());
        return Ok(());
    };
    let after = &step.subject;
    prop_assert_eq!(&after.messages[..before.messages.len()], &before.messages[..], "stored messages do not change");
    let new = &after.messages[before.messages.len()..];
    prop_assert!(!new.is_empty() && after.messages.len() <= MOST_MESSAGES, "{} messages", after.messages.len());
    prop_assert!(!room || new.len() == fresh.len(), "each of {} is stored once, not {}", fresh.len(), new.len());
    for message in new {
        let sms = fresh.remove(&message.fingerprint);
        prop_assert!(sms.is_some(), "{} is new and stored once", message.fingerprint);
        let sms = sms.unwrap_or(Sms { n: 0, after_sale_ms: 0 });
        prop_assert_eq!(&message.text, &Some(MessageText::new(sms.text())));
        prop_assert_eq!(&message.code, &sms.code().map(Code::new));
        prop_assert_eq!(message.ignored, !sms.counts(), "{:?}", sms);
    }
    let (status, money) = if completes { (Status::Completed, Some(EntryKind::Capture)) } else { (before.status, None) };
    prop_assert_eq!(after.status, status, "only a message that counts completes the order");
    prop_assert_eq!(step.movement.as_ref().map(|movement| movement.kind), money);
    Ok(())
}
