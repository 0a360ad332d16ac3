//! Numbers, amounts and dates as a language writes them. Digits are always those of Latin script.

use crate::{RenderError, texts::Texts};
use domain::{
    Credits, Language, Timestamp,
    invoice::Rate,
    payment::{Amount, Minor},
};

/// The sign between groups of digits, and the one before decimals.
const fn separators(language: Language) -> (char, char) {
    match language {
        Language::French => ('\u{a0}', ','),
        Language::Portuguese => ('.', ','),
        Language::English | Language::Swahili | Language::Hindi | Language::Arabic => (',', '.'),
    }
}

/// A plain decimal number such as `1234.50`, as the language writes it.
fn number(plain: &str, language: Language) -> String {
    let (group, point) = separators(language);
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && begins_group(whole.len() - at, language) {
            text.push(group);
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(point);
        text.push_str(decimals);
    }
    text
}

/// Whether a group of digits begins when so many digits are left. In India only the last group has three.
const fn begins_group(left: usize, language: Language) -> bool {
    match language {
        Language::Hindi => left == 3 || (left > 3 && left % 2 == 1),
        _ => left.is_multiple_of(3),
    }
}

/// An amount without its currency.
pub(crate) fn minor(amount: Minor, language: Language) -> String {
    number(&amount.to_string(), language)
}

/// An amount with its currency, which is never on another line.
pub(crate) fn money(amount: Amount, language: Language) -> String {
    let number = minor(amount.minor, language);
    match language {
        Language::French | Language::Portuguese => format!("{number}\u{a0}{}", amount.currency),
        _ => format!("{}\u{a0}{number}", amount.currency),
    }
}

/// An amount of credits, without needless zeros.
pub(crate) fn credits(credits: Credits, language: Language) -> String {
    let plain = credits.to_string();
    number(plain.trim_end_matches('0').trim_end_matches('.'), language)
}

/// A rate in per cent.
pub(crate) fn rate(rate: Rate, language: Language) -> Result<String, RenderError> {
    Texts::of(language).with("tax", "rate", &[("number", &*number(&rate.to_string(), language))])
}

/// A date in UTC, all on one line. It has no marks of direction, so that its first letter decides where it is quoted.
pub(crate) fn date(at: Timestamp, texts: &Texts) -> Result<String, RenderError> {
    const MONTHS: [&str; 12] = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"];
    let (year, month, day) = at.date();
    let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("m1");
    let arguments = [("day", &*day.to_string()), ("month", &*texts.get("date", name)?), ("year", &*year.to_string())];
    let date = texts.with("date", "long", &arguments)?;
    Ok(date.replace(' ', "\u{a0}").replace(['\u{2068}', '\u{2069}'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payment::PayCurrency;

    #[test]
    fn each_language_writes_numbers_its_way() {
        let amount = Amount { minor: Minor::new(123_456_789), currency: PayCurrency::Ghs };
        for (language, text) in [
            (Language::English, "GHS\u{a0}1,234,567.89"),
            (Language::French, "1\u{a0}234\u{a0}567,89\u{a0}GHS"),
            (Language::Swahili, "GHS\u{a0}1,234,567.89"),
            (Language::Hindi, "GHS\u{a0}12,34,567.89"),
            (Language::Portuguese, "1.234.567,89\u{a0}GHS"),
            (Language::Arabic, "GHS\u{a0}1,234,567.89"),
        ] {
            assert_eq!(money(amount, language), text);
        }
        for (minor_units, english, hindi) in [
            (5, "0.05", "0.05"),
            (99_999, "999.99", "999.99"),
            (100_000, "1,000.00", "1,000.00"),
            (99_999_999_999, "999,999,999.99", "99,99,99,999.99"),
        ] {
            assert_eq!(minor(Minor::new(minor_units), Language::English), english);
            assert_eq!(minor(Minor::new(minor_units), Language::Hindi), hindi);
        }
        for (text, shown) in
            [("155", "155"), ("12.5", "12.5"), ("0.0001", "0.0001"), ("1500.25", "1,500.25"), ("0", "0")]
        {
            assert_eq!(credits(text.parse().unwrap(), Language::English), shown);
        }
        assert_eq!(rate("25.5".parse().unwrap(), Language::French).unwrap(), "25,5\u{a0}%");
        assert_eq!(rate("7.5".parse().unwrap(), Language::Arabic).unwrap(), "\u{2068}7.5\u{2069}%");
    }

    #[test]
    fn each_language_writes_dates_its_way() {
        for (language, text) in [
            (Language::English, "29 February 2028"),
            (Language::French, "29 février 2028"),
            (Language::Swahili, "29 Februari 2028"),
            (Language::Hindi, "29 फ़रवरी 2028"),
            (Language::Portuguese, "29 de fevereiro de 2028"),
            (Language::Arabic, "29 فبراير 2028"),
        ] {
            let at = "2028-02-29T23:59:59Z".parse().unwrap();
            assert_eq!(date(at, Texts::of(language)).unwrap().replace('\u{a0}', " "), text);
        }
    }
}
