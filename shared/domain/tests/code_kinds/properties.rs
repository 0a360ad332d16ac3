//! Properties of all texts up to the longest stored one.

use namaskah_domain::code::extract;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The longest stored text, in characters.
const LONGEST_TEXT: usize = 3_200;

/// The longest time for one text, in a build without optimisation on a busy machine. It takes milliseconds.
const LONGEST_TIME: Duration = Duration::from_secs(2);

/// A code as it is written in a text: only its letters and digits are typed.
fn typed(span: &str) -> String {
    span.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Words, names and signs that the scanner knows, with ASCII digits.
fn piece() -> impl Strategy<Value = String> {
    let words = vec![
        "Your code is ",
        "TAN\n",
        "Код входа на сайт ",
        "passcode: ",
        "רמז: ",
        "رمز التحقق ",
        "验证码：",
        "ist ",
        "do not share ",
        "order ",
        "id ",
        "minutes",
        "https://",
        "@",
        "@a.by #",
        "kassa-demo.by",
        "касса.бел",
        "例子.中国",
        ".at: ",
        "xn--p1ai",
        "mirabu",
        "7 k m 2 p x",
        "4-8-2-9",
        "o.t.p",
        "\u{0}",
        "\u{202e}",
        "e\u{301}",
        "👩‍👩‍👧",
        "🔑",
        "\u{ff9e}",
        "\u{1f1e6}",
        "ﷺ",
        "İ",
        "\n",
        " ",
        ".",
        ":",
        "/",
        "-",
        "(",
        "'",
        "%",
    ];
    prop_oneof![
        4 => proptest::sample::select(words).prop_map(str::to_owned),
        1 => "[0-9]{1,12}",
        1 => "[a-zA-Z0-9]{1,10}",
        1 => "[a-z0-9][ .\\-_·\u{200b}\u{a0}\u{3000}]",
        1 => "[a-z]{1,5}[.@:/-]",
    ]
}

/// Texts of pieces, cut to the longest stored text. A few pieces, repeated, are the hardest texts.
fn text() -> impl Strategy<Value = String> {
    let mixed = prop::collection::vec(piece(), 0..400).prop_map(|pieces| pieces.concat());
    let repeated = prop::collection::vec(piece(), 1..4).prop_map(|pieces| pieces.concat().repeat(LONGEST_TEXT));
    prop_oneof![3 => mixed, 1 => repeated].prop_map(|text| text.chars().take(LONGEST_TEXT).collect())
}

proptest! {
    // More with `PROPTEST_CASES`.
    #![proptest_config(if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default() } else { ProptestConfig::with_cases(128) })]

    #[test]
    fn long_texts_are_read_in_time(text in text()) {
        let started = Instant::now();
        extract(&text);
        prop_assert!(started.elapsed() < LONGEST_TIME, "{:?}", started.elapsed());
    }

    #[test]
    fn any_long_text_is_read(chars in prop::collection::vec(any::<char>(), 0..LONGEST_TEXT)) {
        let text: String = chars.into_iter().collect();
        let started = Instant::now();
        let found = extract(&text);
        prop_assert!(started.elapsed() < LONGEST_TIME, "{:?}", started.elapsed());
        prop_assert!(found.code.is_none_or(|code| code.bytes().all(|b| b.is_ascii_alphanumeric())));
    }

    #[test]
    fn the_code_is_in_the_text(text in text()) {
        let found = extract(&text);
        for candidate in &found.candidates {
            prop_assert_eq!(&candidate.code, &typed(&text[candidate.start..candidate.end]));
        }
        if let Some(code) = found.code {
            prop_assert!(typed(&text).contains(&code));
        }
    }

    #[test]
    fn a_spelled_code_is_found(
        code in "[a-z][0-9][a-z][a-z0-9][0-9][a-z]",
        cue in "TAN\n|Your code is |Votre code : |Код: |PIN ",
        sign in "[ \\-_.·\u{a0}\u{2003}]|  | - ",
        end in "|\nPlease check|\\. Do not share| никому не сообщайте",
    ) {
        let letters: Vec<String> = code.chars().map(String::from).collect();
        let found = extract(&format!("{cue}{}{end}", letters.join(&sign)));
        prop_assert_eq!(found.code, Some(code));
    }

    #[test]
    fn a_host_name_hides_no_code(
        name in "[a-z]{2,8}(-[a-z0-9]{2,6}|\\.[a-z]{2,6})?",
        domain in "by|at|id|is|it|me|my|no|in|to|so|de|es|com|net|shop|today|date",
        code in "[1-9][0-9]{5}",
    ) {
        let found = extract(&format!("Your login code for {name}.{domain}: {code}"));
        prop_assert_eq!(found.code, Some(code));
    }
}

#[test]
fn time_grows_with_the_text() {
    for unit in [
        "a.by ",
        "a.",
        "a.by",
        "x@y.by ",
        "x@",
        "@a.by #482 ",
        "http://a/",
        "a.by:1 ",
        "code a.by: 1234 ",
        "中.",
        "中a",
        "例.中国 ",
        "7 k ",
        "1 2 ",
        "7-k-",
        "code: mirabu ",
        "code is \"mirabu\" ",
        "4 8 2 - ",
        "7\u{200b}k",
        "o.t.p.",
        "ref.no 1 ",
        "\u{0}",
        "e\u{301}",
        "🔑1",
    ] {
        let text = unit.repeat(LONGEST_TEXT / unit.chars().count());
        let started = Instant::now();
        extract(&text);
        assert!(started.elapsed() < LONGEST_TIME, "{unit:?} took {:?}", started.elapsed());
    }
}
