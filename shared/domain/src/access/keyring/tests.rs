use super::*;
use crate::access::{Grants, KeyLimits, KeyStatus, Mode};
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_795_255_200_000 + seconds * 1000)
}

fn id(n: u128) -> ApiKeyId {
    ApiKeyId::new(at(0), n)
}

fn key(n: u128) -> ApiKey {
    ApiKey::new(id(n), "test".parse().unwrap(), Grants::default(), at(0))
}

fn stopping(n: u128, after: u32) -> ApiKey {
    ApiKey { limits: KeyLimits { stop_after_failures: Some(after), ..KeyLimits::default() }, ..key(n) }
}

fn ring(keys: impl IntoIterator<Item = ApiKey>) -> Keyring {
    Keyring { keys: keys.into_iter().collect(), ..Keyring::default() }
}

fn hours(n: u64) -> Duration {
    Duration::from_hours(n)
}

fn rotated(ring: &mut Keyring, old: u128, new: u128, overlap: u64, now: Timestamp) -> Result<ApiKey, KeyringRefuses> {
    ring.rotate(&id(old), (id(new), "ABCD".to_owned()), hours(overlap), now)
}

fn open(ring: &Keyring, now: Timestamp) -> Vec<ApiKeyId> {
    let mut open: Vec<_> = ring.keys.iter().filter(|key| key.is_open(now)).map(|key| key.key_id.clone()).collect();
    open.sort();
    open
}

fn end(n: u128, seconds: i64, delivered: bool) -> OrderEnd {
    OrderEnd { order: OrderId::new(at(0), n), at: at(seconds), delivered }
}

#[test]
fn the_plan_counts_keys_that_can_be_used_once_for_a_family() {
    let mut ring = ring([key(1), ApiKey { expires_at: Some(at(5)), ..key(2) }]);
    let refused = Err(KeyringRefuses::TooMany { limit: 1 });
    assert_eq!(ring.clone().add(key(3), Some(2), at(4)), Err(KeyringRefuses::TooMany { limit: 2 }));
    assert_eq!(ring.clone().add(key(3), Some(2), at(5)), Ok(()), "one has ended");
    rotated(&mut ring, 1, 4, 24, at(5)).unwrap();
    assert_eq!(ring.clone().add(key(3), Some(2), at(6)), Ok(()), "the pair counts once");
    ring.end(&id(4), at(7)).unwrap();
    assert_eq!(ring.clone().add(key(3), Some(1), at(8)), refused, "the old key can still be used");
    assert_eq!(ring.add(key(3), None, at(8)), Ok(()), "staff have no limit");
}

#[test]
fn test_keys_take_no_place_of_live_keys() {
    let test = |n| ApiKey { mode: Mode::Test, ..key(n) };
    let mut ring = ring([key(1)]);
    assert_eq!(ring.add(test(2), Some(1), at(1)), Ok(()));
    for another in [key(3), test(3)] {
        assert_eq!(ring.clone().add(another, Some(1), at(1)), Err(KeyringRefuses::TooMany { limit: 1 }));
    }
    assert_eq!(rotated(&mut ring, 2, 3, 1, at(1)).map(|key| key.mode), Ok(Mode::Test));
}

#[test]
fn new_keys_are_limited_by_day() {
    let mut ring = ring([]);
    for n in 0..200_u128 {
        ring.add(ApiKey { created_at: at(i64::try_from(n).unwrap()), ..key(n) }, Some(500), at(200)).unwrap();
    }
    let refused = KeyringRefuses::TooManyNew { until: at(24 * 3600) };
    assert_eq!(ring.add(key(300), Some(500), at(200)), Err(refused.clone()));
    assert_eq!(rotated(&mut ring, 0, 300, 0, at(200)), Err(refused));
    assert_eq!(ring.add(key(300), Some(500), at(24 * 3600)), Ok(()));
}

#[test]
fn both_keys_of_a_rotation_can_be_used_until_the_overlap_ends() {
    let limits = KeyLimits { services: vec!["whatsapp".parse().unwrap()], ..KeyLimits::default() };
    let mut ring = ring([ApiKey { limits: limits.clone(), stopped_at: Some(at(1)), ..key(1) }]);
    let new = rotated(&mut ring, 1, 2, 24, at(2)).unwrap();
    assert_eq!((new.family(), &new.limits, new.stopped_at), (&id(1), &limits, Some(at(1))), "nothing is lifted");
    let last = at(2).plus(hours(24));
    assert_eq!(open(&ring, at(3)), [id(1), id(2)]);
    assert_eq!(open(&ring, last), [id(2)]);
    assert_eq!(rotated(&mut ring, 1, 3, 24, at(3)), Err(KeyringRefuses::Replaced { by: id(2) }));
    rotated(&mut ring, 2, 3, 24, at(4)).unwrap();
    assert_eq!(open(&ring, at(4)), [id(2), id(3)], "a family has two keys at most");
    rotated(&mut ring, 3, 4, 0, at(5)).unwrap();
    assert_eq!(open(&ring, at(5)), [id(4)]);
    assert_eq!(rotated(&mut ring, 3, 5, 0, at(5)), Err(KeyringRefuses::Ended));
    assert_eq!(rotated(&mut ring, 9, 5, 0, at(5)), Err(KeyringRefuses::Missing));
}

#[test]
fn a_rotation_never_prolongs_a_key() {
    let mut ring = ring([ApiKey { expires_at: Some(at(100)), ..key(1) }]);
    let new = rotated(&mut ring, 1, 2, 168, at(2)).unwrap();
    assert_eq!((new.expires_at, ring.find(&id(1)).unwrap().expires_at), (Some(at(100)), Some(at(100))));
}

#[test]
fn a_change_applies_to_the_key_that_is_being_replaced_too() {
    let mut ring = ring([key(1)]);
    rotated(&mut ring, 1, 2, 24, at(1)).unwrap();
    let cap = "3".parse().unwrap();
    let changes = KeyChanges {
        name: Some("shop".parse().unwrap()),
        networks: Some(vec!["198.51.100.0/24".parse().unwrap()]),
        daily_spend_cap: Change::To(cap),
        expires_at: Change::To(at(9)),
        stopped: Some(true),
        ..KeyChanges::default()
    };
    assert_eq!(ring.change(&id(1), &changes, at(2)), Err(KeyringRefuses::Replaced { by: id(2) }));
    ring.change(&id(2), &changes, at(2)).unwrap();
    for key in &ring.keys {
        let found = (key.name.as_str(), key.limits.daily_spend_cap, key.limits.networks.len(), key.status(at(3)));
        assert_eq!(found, ("shop", Some(cap), 1, KeyStatus::Stopped));
    }
    assert_eq!(ring.find(&id(2)).unwrap().expires_at, Some(at(9)));
    assert_ne!(ring.find(&id(1)).unwrap().expires_at, Some(at(9)));
    ring.change(&id(2), &KeyChanges { daily_spend_cap: Change::Clear, ..KeyChanges::default() }, at(3)).unwrap();
    assert_eq!(ring.find(&id(2)).unwrap().limits.daily_spend_cap, None);
}

#[test]
fn an_ended_key_stays_as_it_is() {
    let mut ring = ring([key(1)]);
    ring.end(&id(1), at(3)).unwrap();
    let ended = ring.clone();
    ring.end(&id(1), at(4)).unwrap();
    assert_eq!(ring, ended);
    assert_eq!(ring.change(&id(1), &KeyChanges::default(), at(4)), Err(KeyringRefuses::Ended));
}

#[test]
fn failures_in_a_row_stop_a_key() {
    let mut ring = ring([stopping(1, 3)]);
    let count = |ring: &mut Keyring, n, delivered| {
        ring.count(&id(1), &end(n, i64::try_from(n).unwrap(), delivered), at(100)).map(|key| key.key_id)
    };
    assert_eq!(count(&mut ring, 1, false), None);
    assert_eq!(count(&mut ring, 2, false), None);
    assert_eq!(count(&mut ring, 2, false), None, "a repeated end");
    assert_eq!(count(&mut ring, 3, true), None, "a message");
    assert_eq!(count(&mut ring, 2, false), None, "an end before the message, which comes again");
    assert_eq!(ring.failures_of(&stopping(1, 3)), 0);
    assert_eq!(count(&mut ring, 4, false), None);
    assert_eq!(count(&mut ring, 5, false), None);
    assert_eq!(count(&mut ring, 6, false), Some(id(1)));
    assert_eq!(count(&mut ring, 7, false), None, "it is stopped already");
    assert_eq!(ring.keys[0].status(at(100)), KeyStatus::Stopped);
}

#[test]
fn a_start_forgets_the_failures_before_it() {
    let mut ring = ring([stopping(1, 2)]);
    ring.count(&id(1), &end(1, 1, false), at(10));
    ring.count(&id(1), &end(2, 2, false), at(10)).unwrap();
    rotated(&mut ring, 1, 2, 24, at(10)).unwrap();
    assert_eq!(ring.failures_of(ring.find(&id(2)).unwrap()), 2, "a rotation keeps them");
    ring.change(&id(2), &KeyChanges { stopped: Some(false), ..KeyChanges::default() }, at(20)).unwrap();
    assert!(ring.keys.iter().all(|key| key.status(at(20)) == KeyStatus::Active));
    assert_eq!(ring.count(&id(1), &end(3, 19, false), at(21)), None, "it ended before the start");
    assert_eq!(ring.count(&id(1), &end(4, 20, true), at(21)), None);
    assert_eq!(ring.count(&id(1), &end(5, 22, false), at(23)), None);
    assert_eq!(ring.count(&id(1), &end(6, 23, false), at(23)).unwrap().key_id, id(2), "the newer one is named");
    ring.change(&id(2), &KeyChanges { stop_after_failures: Change::Clear, ..KeyChanges::default() }, at(24)).unwrap();
    assert_eq!(ring.failures, BTreeMap::new(), "nothing counts them");
}

#[test]
fn ends_of_a_key_that_counts_nothing_change_nothing() {
    for keys in [vec![key(1)], vec![stopping(2, 1)], vec![], vec![ApiKey { expires_at: Some(at(1)), ..stopping(1, 1) }]]
    {
        let mut ring = ring(keys);
        let before = ring.clone();
        assert_eq!(ring.count(&id(1), &end(1, 5, false), at(6)), None);
        assert_eq!(ring, before);
    }
    let mut ring = ring([stopping(1, 1)]);
    let before = ring.clone();
    assert_eq!(ring.count(&id(1), &end(1, 5, true), at(6)), None);
    assert_eq!(ring, before, "a message without failures before it");
}

proptest! {
    /// Whatever part of a history is delivered again, in its order, the count is that of the history.
    #[test]
    fn ends_that_are_repeated_in_their_order_count_once(
        history in proptest::collection::vec(any::<bool>(), 1..40), from in any::<proptest::sample::Index>(),
    ) {
        let ends: Vec<_> = (1_u32..).zip(&history)
            .map(|(n, delivered)| end(n.into(), n.into(), *delivered))
            .collect();
        let mut once = ring([stopping(1, 20)]);
        for end in &ends {
            once.count(&id(1), end, at(100));
        }
        let mut twice = once.clone();
        for end in &ends[from.index(ends.len())..] {
            twice.count(&id(1), end, at(101));
        }
        let failed = history.iter().rev().take_while(|delivered| !**delivered).count().min(20);
        prop_assert_eq!(once.failures_of(&stopping(1, 20)), failed);
        prop_assert_eq!(twice.failures_of(&stopping(1, 20)), failed);
    }
}
