//! The rules of code extraction, with one table each: the typed form, numbers that are never a code, and the choice
//! between several numbers.

use namaskah_domain::code::{ACCEPTED_FROM, Candidate, MAX_CANDIDATES, Reason, extract};
use proptest::prelude::*;

fn check(table: &[(&str, Option<&str>)]) {
    for (text, wanted) in table {
        let found = extract(text);
        assert_eq!(found.code.as_deref(), *wanted, "{text:?}: {:#?}", found.candidates);
    }
}

#[test]
fn the_code_has_the_typed_form() {
    check(&[
        ("G-482913 is your Google verification code.", Some("482913")),
        ("FB-48291 is your Facebook code", Some("48291")),
        ("FOOD-1156 is your code", Some("1156")),
        ("Your code: 482-913", Some("482913")),
        ("Your code: 482 913", Some("482913")),
        ("Your code: 12.34.56", Some("123456")),
        ("Your code is 12-34-56", Some("123456")),
        ("Your code is 4 8 2 9 1 3", Some("482913")),
        ("Your code is 4, 8, 2, 9.", Some("4829")),
        ("Your code is 4-8-2-9", Some("4829")),
        ("Your code is A7K-9QX", Some("A7K9QX")),
        ("Your code is A7K 9QX", Some("A7K9QX")),
        ("Your code is XKQ-482", Some("XKQ482")),
        ("Your code is a7k9qx", Some("a7k9qx")),
        ("Your code: QWKZ", Some("QWKZ")),
        ("Ваш код: ４８２９１３", Some("482913")),
        ("رمزك ٤٨٢٩١٣", Some("482913")),
        ("ओटीपी ४८२९१३", Some("482913")),
        ("รหัส ๔๘๒๙๑๓", Some("482913")),
        ("Your code is \u{200e}482\u{200b}913\u{feff}", Some("482913")),
        ("認証ｺｰﾄﾞ:482913", Some("482913")),
    ]);
}

#[test]
fn lengths_run_from_three_to_ten() {
    check(&[
        ("Your PIN is 48", None),
        ("Your PIN is 482", Some("482")),
        ("Your PIN is 4829137056", Some("4829137056")),
        ("Your PIN is 48291370561", None),
        ("Your PIN is 4829 1370 5613", None),
    ]);
}

#[test]
fn other_numbers_are_not_codes() {
    check(&[
        ("", None),
        ("Hello!", None),
        ("You paid ₵482 to Ama", None),
        ("You paid GHS4829.50", None),
        ("NGN 48,291 sent", None),
        ("You got 48 291 руб", None),
        ("Saldo R$ 4.829,13", None),
        ("合計4,829円", None),
        ("48,291원 결제", None),
        ("Call +233 24 412 3456", None),
        ("Call 0302 123 456", None),
        ("(030) 1234-5678", None),
        ("12/10/2024 14:33", None),
        ("2024-10-12", None),
        ("12 October 2024", None),
        ("2024年10月12日", None),
        ("Card ****4829", None),
        ("A/c XX4829", None),
        ("card ending in 4829", None),
        ("尾号4829的卡", None),
        ("https://v.example/482913", None),
        ("v.example.com/482913", None),
        ("mail me at kofi4829@example.com", None),
        ("reply STOP to 32665", None),
        ("Dial *482913#", None),
        ("Order 482913", None),
        ("20% or 4829 points", None),
        ("Wait 300 seconds", None),
        ("Token 1234 5678 9012 3456 7890", None),
        ("Use promo code SAVE20 for 20% off", None),
    ]);
}

#[test]
fn context_decides_among_several_numbers() {
    check(&[
        ("OTP for txn of INR 5,000 at AMAZON is 482913", Some("482913")),
        ("Order 771204: your code is 482913, call 0302123456", Some("482913")),
        ("Code 1111 or code 2222", Some("1111")),
        ("Your code is 482913. Again: 482913", Some("482913")),
        ("Your code for 0244123456 is 4829", Some("4829")),
        ("Ref 771204. OTP 482913", Some("482913")),
        ("482913 is your code for order 771204", Some("482913")),
        ("Never share your PIN. Balance 48291", None),
        ("Do not share this code: 482913", Some("482913")),
        ("Your code is 482913, open https://v.example/771204", Some("482913")),
        ("@example.com #482913", Some("482913")),
        ("验证码482913,5分钟内有效", Some("482913")),
        ("Your code is 482913.Do not share it", Some("482913")),
        ("Your code is 2024", Some("2024")),
    ]);
}

#[test]
fn uneven_groups_are_one_code_after_a_word_for_code() {
    check(&[
        ("Code: 482 91", Some("48291")),
        ("Login code is 118 20 44", Some("1182044")),
        ("Code: 4829 12 minutes", Some("4829")),
        ("Code: 4829 500 CFA", Some("4829")),
        ("Code: 482913 77 tries", Some("482913")),
        ("Gates 482 91 open today", None),
    ]);
}

#[test]
fn a_word_for_code_and_its_purpose_are_one_name() {
    check(&[("Cod autorizare 48291, Visa *7719", Some("48291")), ("Clé de sécurité 48291, Visa *7719", Some("48291"))]);
}

#[test]
fn a_number_that_is_asked_for_needs_no_word_for_code() {
    check(&[
        ("QIWI: для подтверждения перевода 500 руб введите 55102", Some("55102")),
        ("Acme login 482913 expires in 5 minutes", Some("482913")),
        ("Enter 4829 Main Street, tel 0302123456", None),
        ("Enter 48291 and win a discount", None),
        ("Share 4829 photos with your friends", None),
        ("Never share it. Call 48291", None),
    ]);
}

#[test]
fn other_kinds_of_codes_are_ignored() {
    check(&[
        ("The door code is 4829, see you", None),
        ("Kundencode 48291. Ihre Rechnung ist da", None),
        ("Код домофона 4829, этаж 5", None),
        ("客户代码48291,请缴费", None),
    ]);
}

#[test]
fn app_marks_are_left_out() {
    check(&[
        ("<#> Your code is 4829\nFA+9qCX9VSu", Some("4829")),
        ("<#> Your code is 4829 qlRnn4A1sbt", Some("4829")),
        ("<#> Hello\nFA+9qCX9VSu", None),
    ]);
}

#[test]
fn candidates_have_a_range_and_reasons() {
    let text = "Код: \u{200e}482-913. Заказ 771204";
    let found = extract(text);
    let [code, order] = &found.candidates[..] else { panic!("{:#?}", found.candidates) };
    assert_eq!(&text[code.start..code.end], "482-913");
    assert_eq!(code.code, "482913");
    assert!(code.score >= ACCEPTED_FROM && code.reasons.contains(&Reason::AfterCodeWord));
    assert!(code.reasons.contains(&Reason::Grouped));
    assert_eq!(&text[order.start..order.end], "771204");
    assert!(order.score < ACCEPTED_FROM && order.reasons.contains(&Reason::OtherLabel));
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["code"], "482913");
    assert_eq!(json["candidates"][0]["reasons"][0], "digits");
    assert_eq!(serde_json::to_value(extract("hi")).unwrap()["code"], serde_json::Value::Null);
}

#[test]
fn long_texts_are_read_in_bounded_time() {
    for unit in [
        "1234 ",
        "otp 1234 ",
        "4.8.2.9 ",
        "@a.b",
        "**1234",
        "code: ",
        "1-",
        "+12345678 ",
        "a.",
        "share code 12 ",
        "(",
        "コード",
    ] {
        let text = unit.repeat(20_000 / unit.len());
        let started = std::time::Instant::now();
        let found = extract(&text);
        assert!(found.candidates.len() <= MAX_CANDIDATES);
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "{unit:?} took {:?}", started.elapsed());
    }
}

/// The invariants of every candidate.
fn is_sound(text: &str, candidate: &Candidate) -> bool {
    let length = candidate.code.chars().count();
    text.get(candidate.start..candidate.end).is_some_and(|span| !span.is_empty())
        && (3..=10).contains(&length)
        && candidate.code.bytes().all(|b| b.is_ascii_alphanumeric())
        && !candidate.reasons.is_empty()
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Your code is ".to_owned()),
        Just("رمز التحقق ".to_owned()),
        Just("验证码：".to_owned()),
        Just("do not share ".to_owned()),
        Just("GHS ".to_owned()),
        Just("@a.com #".to_owned()),
        "[0-9]{1,12}",
        "[0-9٠-٩०-९][- .,:/]",
        "[A-Z0-9]{1,8}",
        "[*#+()【】\\-]{1,3}",
        "\\PC{0,6}",
        "[\u{200e}\u{ff9e}\u{feff}\n\r\t ]",
    ]
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let found = extract(&text);
        prop_assert!(found.candidates.iter().all(|candidate| is_sound(&text, candidate)));
    }

    #[test]
    fn any_mix_of_pieces_is_read(pieces in prop::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        let found = extract(&text);
        prop_assert!(found.candidates.iter().all(|candidate| is_sound(&text, candidate)), "{:#?}", found.candidates);
        let best = found.candidates.iter().map(|candidate| candidate.score).max().unwrap_or(i32::MIN);
        let chosen = found.candidates.iter().find(|candidate| candidate.score == best && best >= ACCEPTED_FROM);
        prop_assert_eq!(found.code.as_ref(), chosen.map(|candidate| &candidate.code));
    }

    #[test]
    fn a_named_code_is_found(code in "[0-9]{4,8}", service in "[A-Z][a-z]{2,8}") {
        let found = extract(&format!("Your {service} verification code is: {code}. Do not share it."));
        prop_assert_eq!(found.code, Some(code));
    }
}
