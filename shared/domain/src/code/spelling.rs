//! Compares a code from elsewhere with a text.

use super::normalise::Text;

/// The most separators between two characters.
const MAX_SEPARATORS: usize = 4;

/// Whether a text contains a code: as it is, or written for reading, as in `482-913`, `7 k m 2 p x`
/// and `٤٨٢٩١٣`.
pub fn occurs(code: &str, text: &str) -> bool {
    if !code.is_empty() && text.contains(code) {
        return true;
    }
    let (code, text) = (Text::new(code).shown, Text::new(text));
    let is_code = !code.is_empty() && code.iter().all(char::is_ascii_alphanumeric);
    is_code && (0..text.len()).any(|from| !text.before(from).is_alphanumeric() && is_written(&code, &text, from))
}

/// Whether a code is written at a position, and ends there, too.
fn is_written(code: &[char], text: &Text, from: usize) -> bool {
    let mut at = from;
    let mut gaps = 0;
    let mut doubtful = false;
    for (index, letter) in code.iter().enumerate() {
        let start = at;
        while index > 0 && at - start < MAX_SEPARATORS && is_separator(text.at(at)) {
            doubtful |= is_point(text.at(at));
            at += 1;
        }
        gaps += usize::from(at > start);
        if text.at(at) != *letter {
            return false;
        }
        at += 1;
    }
    // "48.29" is an amount; only "4.8.2.9" is spelled.
    let spelled = gaps + 1 == code.len();
    (spelled || !doubtful) && !text.at(at).is_alphanumeric()
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '_') || is_point(c)
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | '·' | '•' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_without_their_separators() {
        for (code, text) in [
            ("7km2px", "TAN\n 7 k m 2 p x\nPlease check all values"),
            ("7km2px", "7\u{200b}k\u{200b}m\u{200b}2\u{200b}p\u{200b}x"),
            ("7km2px", "(7-k-m-2-p-x)"),
            ("7km2px", "7.k.m.2.p.x"),
            ("482913", "Code 482-913."),
            ("482913", "Code ٤٨٢٩١٣"),
            ("482913", "Code 4\u{3000}8\u{3000}2\u{3000}9\u{3000}1\u{3000}3"),
            ("482-913", "Code 482-913"),
            ("482", "Code x482913"),
        ] {
            assert!(occurs(code, text), "{code} in {text:?}");
        }
        for (code, text) in [
            ("", "Code"),
            ("482913", "Code 482914"),
            ("7KM2PX", "7 k m 2 p x"),
            ("482913", "48 apples, 2913 pears"),
            ("4829", "GHS 48.29"),
            ("4829", "14 8 2 9"),
            ("4829", "4 8 2 91"),
            ("4829", "4\n8\n2\n9"),
            ("- -", "a - b"),
        ] {
            assert!(!occurs(code, text), "{code} in {text:?}");
        }
    }
}
