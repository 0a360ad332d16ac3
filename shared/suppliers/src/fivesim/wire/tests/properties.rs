//! Any answer.

use super::*;

proptest::proptest! {
    #[test]
    fn no_answer_panics(status in 100u16..600, body in "[ -~]{0,60}|[{\\[]\"?[a-z0-9\":,{}\\[\\] ]{0,60}") {
        let answer = answer(status, "", &body);
        let _ = (parse_buy(&answer), parse_check(&answer), parse_profile(&answer), parse_countries(&answer));
        let _ = parse_prices(&answer, None, None);
        let _ = parse_orders_page(&answer, Timestamp::default());
    }
}
