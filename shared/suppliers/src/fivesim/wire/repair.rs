//! Repairs the bytes of an answer, so that one odd message does not make all of it unreadable.
//!
//! Services send what they like, and 5SIM passes it on: half of an emoji (a lone surrogate such as `\ud83d`), bytes
//! that are no UTF-8, control characters. The JSON parser accepts none of them. The usual answer is only looked
//! through, not copied.

use std::borrow::Cow;

/// The mark that some writers put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// U+FFFD in JSON.
const REPLACEMENT: &str = "\\ufffd";

/// The answer without a byte order mark, as UTF-8, with strings that a JSON parser accepts. What can't be read of it
/// becomes the replacement character.
pub(super) fn repaired(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    match String::from_utf8_lossy(body) {
        Cow::Borrowed(text) => with_good_strings(text),
        Cow::Owned(text) => Cow::Owned(with_good_strings(&text).into_owned()),
    }
}

/// The text with each piece of a string replaced that JSON does not allow.
fn with_good_strings(text: &str) -> Cow<'_, str> {
    let mut good = String::new();
    let (mut copied, mut at) = (0, 0);
    let mut in_string = false;
    while let Some(&byte) = text.as_bytes().get(at) {
        let piece = match byte {
            b'"' => {
                in_string = !in_string;
                Piece::good(1)
            }
            b'\\' if in_string => escape(&text.as_bytes()[at..]),
            0..0x20 if in_string => Piece { length: 1, instead: Some(control(byte)) },
            _ => Piece::good(1),
        };
        if let Some(instead) = piece.instead {
            good.push_str(&text[copied..at]);
            good.push_str(&instead);
            copied = at + piece.length;
        }
        at += piece.length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    good.push_str(&text[copied..]);
    Cow::Owned(good)
}

/// A piece of a string: its length in bytes, and what to write instead of it.
struct Piece {
    length: usize,
    instead: Option<Cow<'static, str>>,
}

impl Piece {
    const fn good(length: usize) -> Self {
        Self { length, instead: None }
    }

    const fn bad(length: usize, instead: &'static str) -> Self {
        Self { length, instead: Some(Cow::Borrowed(instead)) }
    }
}

/// The escape at the beginning of `rest`.
fn escape(rest: &[u8]) -> Piece {
    match rest.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Piece::good(2),
        Some(b'u') => match unit(rest) {
            Some(0xd800..=0xdbff) if matches!(rest.get(6..).and_then(unit), Some(0xdc00..=0xdfff)) => Piece::good(12),
            Some(0xd800..=0xdfff) => Piece::bad(6, REPLACEMENT),
            Some(_) => Piece::good(6),
            None => Piece::bad(1, "\\\\"),
        },
        // A backslash that stands for itself.
        _ => Piece::bad(1, "\\\\"),
    }
}

/// The number of an escape `\uXXXX` at the beginning of `rest`.
fn unit(rest: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(rest.strip_prefix(b"\\u")?.get(..4)?).ok()?;
    // The parser would accept a sign.
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

fn control(byte: u8) -> Cow<'static, str> {
    Cow::Owned(format!("\\u{byte:04x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The string that a repaired answer holds.
    fn read(body: &[u8]) -> Option<String> {
        serde_json::from_str::<(String,)>(&repaired(body)).ok().map(|(text,)| text)
    }

    #[test]
    fn a_good_answer_is_not_copied() {
        for text in ["", "{}", "no free phones", r#"["\ud83d\udd11 \u00e9 \" \\ \n \/", "é🔑"]"#, "{\n\t\"a\": 1}"] {
            assert!(matches!(repaired(text.as_bytes()), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn broken_pieces_of_a_string_are_replaced() {
        for (body, text) in [
            (&br#"["code 123456 \ud83d"]"#[..], "code 123456 \u{fffd}"),
            (br#"["code 123456 \uDE00!"]"#, "code 123456 \u{fffd}!"),
            (br#"["\ud83d\ud83d\ude00"]"#, "\u{fffd}😀"),
            (br#"["\ud83dA"]"#, "\u{fffd}A"),
            (br#"["\ud83d\u0041"]"#, "\u{fffd}A"),
            (br#"["\\ud83d"]"#, "\\ud83d"),
            (br#"["\\\ud83d"]"#, "\\\u{fffd}"),
            (br#"["a\x41"]"#, "a\\x41"),
            (br#"["it\'s"]"#, "it\\'s"),
            (br#"["\u12"]"#, "\\u12"),
            (br#"["\u+123"]"#, "\\u+123"),
            (b"[\"a\nb\tc\0\"]", "a\nb\tc\0"),
            (b"[\"123456 \xff\xf0\x9f\"]", "123456 \u{fffd}\u{fffd}"),
            (b"[\"\xc3\"]", "\u{fffd}"),
            (b"\xef\xbb\xbf[\"a\"]", "a"),
        ] {
            assert_eq!(read(body).as_deref(), Some(text), "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn what_is_no_json_stays_no_json() {
        for body in [&b"[\"a"[..], b"[\"a\\", b"[\"a\\\"]", b"[\"a\\u", b"\\ud83d", b"\xff"] {
            assert_eq!(read(body), None, "{body:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_json_is_left_as_it_is(texts in proptest::collection::vec(".{0,20}", 0..4)) {
            let json = serde_json::to_string(&texts).unwrap();
            proptest::prop_assert_eq!(repaired(json.as_bytes()), json.as_str());
        }

        #[test]
        fn any_bytes_are_repaired_once(body in proptest::collection::vec(proptest::num::u8::ANY, 0..60)) {
            let once = repaired(&body).into_owned();
            let twice = repaired(once.as_bytes()).into_owned();
            // Of two marks, each repair takes one.
            proptest::prop_assert_eq!(twice, once.strip_prefix('\u{feff}').unwrap_or(&once));
        }

        #[test]
        fn any_string_with_any_escapes_is_read(text in r#"(\\.|\\u[dD][89a-fA-F][0-9a-f]{2}|[^"\\])*"#) {
            let json = format!("[\"{text}\"]");
            proptest::prop_assert!(read(json.as_bytes()).is_some(), "{}", json);
        }
    }
}
