//! Exact parsing of decimal numbers in JSON, without floats.
//!
//! Suppliers send prices, ratings and rates as JSON numbers (`12.5`, `1e-3`, `0.0000001`). The
//! functions here parse their text as integers scaled by a power of ten. The caller knows what a
//! number means.

use domain::SupplierMoney;

/// Why a number can't be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecimalError {
    /// Not a JSON number.
    Malformed,
    /// It does not fit 64 bits.
    TooLarge,
}

/// Parses an amount in the account's currency. More than six decimals are rounded up, so that a
/// cost is never understated.
pub(crate) fn money(text: &str) -> Result<SupplierMoney, DecimalError> {
    scaled_up(text, 6).map(SupplierMoney::from_micros)
}

/// Parses `text` in units of `10^-places`, rounding further decimals up (towards positive
/// infinity).
pub(crate) fn scaled_up(text: &str, places: u32) -> Result<i64, DecimalError> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || fraction.is_some_and(|f| !all_digits(f)) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(DecimalError::Malformed);
    }
    let fraction = fraction.unwrap_or("");
    // The number of significant digits after moving the point by the exponent and by `places`.
    let kept = i64::try_from(whole.len()).map_err(|_| DecimalError::TooLarge)? + exponent + i64::from(places);
    let mut value: i64 = 0;
    let mut rest = false;
    let mut seen: i64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()).map(|b| i64::from(b - b'0')) {
        if seen < kept {
            value = value.checked_mul(10).and_then(|v| v.checked_add(digit)).ok_or(DecimalError::TooLarge)?;
        } else {
            rest |= digit != 0;
        }
        seen += 1;
    }
    if value != 0 {
        // Trailing zeros; more than 19 of them never fit.
        for _ in seen..kept {
            value = value.checked_mul(10).ok_or(DecimalError::TooLarge)?;
        }
    }
    if negative { Ok(-value) } else { value.checked_add(i64::from(rest)).ok_or(DecimalError::TooLarge) }
}

fn read_exponent(text: &str) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DecimalError::Malformed);
    }
    // An exponent of more than six digits is beyond every representable value.
    let size = if digits.len() > 6 { 1_000_000 } else { digits.parse().map_err(|_| DecimalError::Malformed)? };
    Ok(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        for (text, millionths) in [
            ("0", 0),
            ("-0", 0),
            ("1", 1_000_000),
            ("12.5", 12_500_000),
            ("0.000001", 1),
            ("1e0", 1_000_000),
            ("1E+2", 100_000_000),
            ("1.25e-2", 12_500),
            ("125e-4", 12_500),
            ("12.345678", 12_345_678),
            ("-3.5", -3_500_000),
            ("0.1", 100_000),
            ("1.10000000000000000000000", 1_100_000),
            ("0e999999999999", 0),
            ("9223372036854.775807", i64::MAX),
        ] {
            assert_eq!(scaled_up(text, 6), Ok(millionths), "{text}");
        }
    }

    #[test]
    fn finer_amounts_are_rounded_up() {
        for (text, millionths) in
            [("0.0000001", 1), ("1.0000001", 1_000_001), ("1e-9", 1), ("-0.0000001", 0), ("-1.0000009", -1_000_000)]
        {
            assert_eq!(scaled_up(text, 6), Ok(millionths), "{text}");
        }
        assert_eq!(scaled_up("1e-999999999999", 6), Ok(1));
    }

    #[test]
    fn malformed_numbers_are_rejected() {
        for text in [
            "", "-", ".", "1.", ".5", "+1", "01", "1e", "1e+", "e5", "NaN", "0x1", "1,5", " 1", "1 ", "--1", "1.2.3",
            "١",
        ] {
            assert_eq!(scaled_up(text, 6), Err(DecimalError::Malformed), "{text:?}");
        }
        for text in ["9223372036854.775808", "1e13", "99999999999999999999", "1e999999999999"] {
            assert_eq!(scaled_up(text, 6), Err(DecimalError::TooLarge), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_value_is_read_back(value in 0..i64::MAX) {
            let text = format!("{}.{:06}", value / 1_000_000, value % 1_000_000);
            proptest::prop_assert_eq!(scaled_up(&text, 6), Ok(value));
        }

        #[test]
        fn no_text_panics(text in "[-+0-9.eE]{0,30}") {
            let _ = scaled_up(&text, 6);
        }
    }
}
