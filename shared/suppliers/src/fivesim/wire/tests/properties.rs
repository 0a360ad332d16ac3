//! Any bytes, and valid answers that were changed on the way.

use super::*;
use crate::decimal;
use proptest::prelude::*;

/// Valid answers of each kind.
const VALID: [&str; 6] = [
    BOUGHT,
    r#"{"id": 7, "phone": "+79000381454", "operator": "mts", "product": "viber", "price": 3, "status": "RECEIVED",
        "expires": "2026-11-21T10:15:00Z", "created_at": "2026-11-21T10:00:00Z", "country": "russia", "sms": [{"id": 3027531,
        "created_at": "2026-11-21T10:02:01Z", "date": "2026-11-21T10:02:00Z", "sender": "Viber",
        "text": "Ваш код 48-39-20 \ud83d\udd11\nНикому", "code": "483920"}, {"text": "", "code": "551022"}]}"#,
    r#"{"Data": [{"id": 9, "phone": "+233201234567", "price": 21.5, "status": "FINISHED",
        "created_at": "2026-11-21T10:00:00Z", "sms": [{"text": "a"}]}, {"id": 8, "phone": "", "price": 2,
        "status": "TIMEOUT", "created_at": "2026-11-21T09:00:00Z"}], "ProductNames": [], "Statuses": [], "Total": 2}"#,
    r#"{"ghana": {"whatsapp": {"mtn": {"cost": 21.5, "count": 812, "rate": 93.75}, "glo": {"cost": 1, "count": 0}}},
        "kenya": null}"#,
    r#"{"id": 1, "email": "a@b.co", "balance": 100.5, "rating": 95.85, "frozen_balance": 0, "total_active_orders": 3}"#,
    "no free phones",
];

/// A change on the way.
#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index),
    Truncate(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    // Pieces that mean something to a parser are more likely than others.
    let pieces =
        ["\"", "\\", "\\ud83d", "{", "}", "[", "]", ",", ":", "null", "-", "e9", "\u{feff}", "\"id\": 5,", "<"];
    let piece = prop_oneof![
        prop::sample::select(pieces.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop_oneof![
        (at(), 1u8..).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (at(), piece).prop_map(|(at, piece)| Change::Insert(at, piece)),
        at().prop_map(Change::Remove),
        at().prop_map(Change::Truncate),
    ]
}

fn changed(valid: &str, changes: Vec<Change>) -> Vec<u8> {
    let mut body = valid.as_bytes().to_vec();
    for change in changes {
        if body.is_empty() {
            break;
        }
        match change {
            Change::Flip(at, bits) => {
                let at = at.index(body.len());
                body[at] ^= bits;
            }
            Change::Insert(at, piece) => {
                let at = at.index(body.len());
                body.splice(at..at, piece);
            }
            Change::Remove(at) => drop(body.remove(at.index(body.len()))),
            Change::Truncate(at) => body.truncate(at.index(body.len())),
        }
    }
    body
}

/// Parses the answer as each kind, and returns the orders.
fn orders(answer: &Answer<'_>) -> Vec<SupplierOrder> {
    let (gh, whatsapp) = ("GH".parse().unwrap(), "whatsapp".parse().unwrap());
    for (country, service) in [(None, None), (Some(&gh), None), (None, Some(&whatsapp)), (Some(&gh), Some(&whatsapp))] {
        let _ = parse_prices(answer, country, service);
    }
    let _ = (parse_profile(answer), parse_countries(answer));
    let single = [parse_buy(answer), parse_check(answer), parse_action(answer)];
    let page = parse_orders_page(answer, Timestamp::default()).map(|page| page.orders).unwrap_or_default();
    single.into_iter().flatten().chain(page).collect()
}

/// Whether the order's id, number and price are words of the answer.
fn is_from(order: &SupplierOrder, body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    let words = || body.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-')));
    let digits = order.phone.as_str().trim_start_matches('+');
    words().any(|word| word.trim_start_matches(['+', '0']) == order.id.as_str())
        && words().any(|word| word.trim_start_matches('+') == digits)
        && words().any(|word| decimal::money(word) == Ok(order.cost))
}

proptest! {
    #[test]
    fn no_text_panics(status in 100u16..600, body in "[ -~]{0,60}|[{\\[]\"?[a-z0-9\":,{}\\[\\] ]{0,60}") {
        let answer = answer(status, "", &body);
        prop_assert!(orders(&answer).iter().all(|order| is_from(order, answer.body)));
    }

    #[test]
    fn no_bytes_panic(status in 100u16..600, body in prop::collection::vec(any::<u8>(), 0..120)) {
        let answer = Answer { status, ..ok_bytes(&body) };
        prop_assert!(orders(&answer).iter().all(|order| is_from(order, &body)));
    }

    #[test]
    fn a_changed_answer_gives_no_order_that_is_not_in_it(
        status in prop_oneof![4 => Just(200u16), 1 => 100u16..600],
        valid in prop::sample::select(VALID.to_vec()),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let body = changed(valid, changes);
        for order in orders(&Answer { status, ..ok_bytes(&body) }) {
            prop_assert!(is_from(&order, &body), "{order:?}: {}", String::from_utf8_lossy(&body));
        }
    }
}

#[test]
fn the_answers_are_valid_before_they_are_changed() {
    let found: Vec<_> = VALID.iter().map(|body| orders(&ok(body)).len()).collect();
    assert_eq!(found, [3, 3, 1, 0, 0, 0]);
    assert!(
        VALID[..3]
            .iter()
            .flat_map(|body| orders(&ok(body)).into_iter().map(|o| is_from(&o, body.as_bytes())))
            .all(|is| is)
    );
}
