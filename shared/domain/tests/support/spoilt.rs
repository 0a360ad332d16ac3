//! Malformed movements, each with one defect.

use super::reference::{Reference, hold, movement, settle};
use namaskah_domain::{
    Credits, EntrySeq,
    ledger::{EntryKind, Movement, Settlement},
    policy::RefundRule,
};
use proptest::sample::Index;

/// The defect of a malformed movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoilt {
    OfNothing,
    OfLessThanNothing,
    PartsMissing,
    PartsTooMany,
    PartOfLessThanNothing,
    HoldWithoutOrder,
    HoldThatSettles,
    HoldByAnotherRoute,
    CaptureWithoutHold,
    CaptureWithoutOrder,
    CaptureOfHoldZero,
    CaptureOfTheFuture,
    ReleaseWithoutRule,
    TopUpThatSettles,
    HoldThatSaysPromo,
    ReleaseOfMorePromo,
    ReleaseOfNegativePromo,
}

pub const SPOILT: [Spoilt; 17] = [
    Spoilt::OfNothing,
    Spoilt::OfLessThanNothing,
    Spoilt::PartsMissing,
    Spoilt::PartsTooMany,
    Spoilt::PartOfLessThanNothing,
    Spoilt::HoldWithoutOrder,
    Spoilt::HoldThatSettles,
    Spoilt::HoldByAnotherRoute,
    Spoilt::CaptureWithoutHold,
    Spoilt::CaptureWithoutOrder,
    Spoilt::CaptureOfHoldZero,
    Spoilt::CaptureOfTheFuture,
    Spoilt::ReleaseWithoutRule,
    Spoilt::TopUpThatSettles,
    Spoilt::HoldThatSaysPromo,
    Spoilt::ReleaseOfMorePromo,
    Spoilt::ReleaseOfNegativePromo,
];

/// A movement that is valid except for this defect; `None` if it needs a hold but none is open.
pub fn spoil(spoilt: Spoilt, reference: &Reference, at: Index) -> Option<Movement> {
    let open = (!reference.open.is_empty()).then(|| *at.get(&reference.open));
    let mut paid = movement(EntryKind::TopUp, 100, true);
    let mut held = hold(reference.orders, 1);
    let mut captured = open.map(|hold| settle(EntryKind::Capture, hold, None));
    let mut released = open.map(|hold| settle(EntryKind::Release, hold, Some(RefundRule::NoCode)));
    match spoilt {
        Spoilt::OfNothing => Some(movement(EntryKind::TopUp, 0, false)),
        Spoilt::OfLessThanNothing => Some(movement(EntryKind::TopUp, -1, false)),
        Spoilt::PartsMissing => paid.lines.pop().map(|_| paid),
        Spoilt::PartsTooMany => {
            paid.lines.extend(paid.lines.clone());
            Some(paid)
        }
        Spoilt::PartOfLessThanNothing => {
            paid.lines[0].amount = Credits::from_units(101);
            paid.lines[1].amount = Credits::from_units(-1);
            Some(paid)
        }
        Spoilt::HoldWithoutOrder => {
            held.cause = paid.cause;
            Some(held)
        }
        Spoilt::HoldThatSettles => {
            held.settles = Some(Settlement { hold: 1, closes: true });
            Some(held)
        }
        Spoilt::HoldByAnotherRoute => {
            held.route = paid.route;
            Some(held)
        }
        Spoilt::CaptureWithoutHold => captured.as_mut()?.settles.take().and(captured),
        Spoilt::CaptureWithoutOrder => captured.map(|captured| Movement { cause: paid.cause, ..captured }),
        Spoilt::CaptureOfHoldZero => captured.map(|captured| settles(captured, 0)),
        Spoilt::CaptureOfTheFuture => captured.map(|captured| settles(captured, reference.movements + 1)),
        Spoilt::ReleaseWithoutRule => released.as_mut()?.rule.take().and(released),
        Spoilt::TopUpThatSettles => {
            paid.settles = Some(Settlement { hold: 1, closes: true });
            Some(paid)
        }
        Spoilt::HoldThatSaysPromo => {
            held.promo = Credits::from_units(1);
            Some(held)
        }
        Spoilt::ReleaseOfMorePromo => released.map(|released| {
            let more = released.amount.units() + 1;
            Movement { promo: Credits::from_units(more), ..released }
        }),
        Spoilt::ReleaseOfNegativePromo => {
            released.map(|released| Movement { promo: Credits::from_units(-1), ..released })
        }
    }
}

fn settles(movement: Movement, hold: EntrySeq) -> Movement {
    Movement { settles: Some(Settlement { hold, closes: true }), ..movement }
}
