//! Rates of taxes, and the taxes that a country asks for.

use crate::payment::Minor;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};
use thiserror::Error;

/// The hundredths of a per cent in the whole.
pub(super) const WHOLE: u16 = 10_000;

/// A rate of tax in hundredths of a per cent, at most 100 %. As text it is the per cent: `7.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "Cow<'_, str>")]
pub struct Rate(u16);

/// The text is not a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a rate is written like \"7.5\": per cent, at most 100, with at most two decimals")]
pub struct NotARate;

impl Rate {
    /// The rate of so many hundredths of a per cent; `None` above 100 %.
    pub const fn new(hundredths: u16) -> Option<Self> {
        if hundredths > WHOLE { None } else { Some(Self(hundredths)) }
    }

    /// The rate in hundredths of a per cent.
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Minor::new(self.0.into()).to_string();
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Rate {
    type Err = NotARate;

    fn from_str(text: &str) -> Result<Self, NotARate> {
        let hundredths: Minor = text.parse().map_err(|_| NotARate)?;
        u16::try_from(hundredths.get()).ok().and_then(Self::new).ok_or(NotARate)
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> Self {
        rate.to_string()
    }
}

impl TryFrom<Cow<'_, str>> for Rate {
    type Error = NotARate;

    fn try_from(text: Cow<'_, str>) -> Result<Self, NotARate> {
        text.parse()
    }
}

/// The name of a tax. Value added tax has a name in every language; others are printed as the law calls them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxName(Cow<'static, str>);

impl TaxName {
    /// Value added tax.
    pub const VAT: Self = Self(Cow::Borrowed("VAT"));

    /// The name that is known when the program is built.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The longest name of a tax that is given.
const LONGEST_NAME: usize = 30;

/// The text is not the name of a tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the name of a tax has 1 to 30 letters, digits, spaces and dashes")]
pub struct NotATaxName;

impl FromStr for TaxName {
    type Err = NotATaxName;

    fn from_str(text: &str) -> Result<Self, NotATaxName> {
        let is_of_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-');
        let is_name = (1..=LONGEST_NAME).contains(&text.len()) && text.trim() == text && text.chars().all(is_of_name);
        is_name.then(|| Self(Cow::Owned(text.to_owned()))).ok_or(NotATaxName)
    }
}

/// One of the taxes on a sale. Each is counted from the price without taxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxComponent {
    /// Its name.
    pub name: TaxName,
    /// Its rate.
    pub rate: Rate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact_texts() {
        for (text, hundredths) in [("15", 1500), ("7.5", 750), ("25.5", 2550), ("0", 0), ("0.01", 1), ("100", 10_000)] {
            assert_eq!(text.parse(), Ok(Rate(hundredths)), "{text}");
            assert_eq!(Rate(hundredths).to_string(), text);
            assert_eq!(serde_json::to_value(Rate(hundredths)).unwrap(), text);
        }
        for (name, is_name) in
            [("VAT", true), ("Sales tax 2", true), ("", false), (" VAT", false), ("V\u{202e}T", false)]
        {
            assert_eq!(name.parse::<TaxName>().is_ok(), is_name, "{name:?}");
        }
        for text in ["", "100.01", "7,5", "7.555", "-1", "15 %", "1e1", "65537"] {
            assert_eq!(text.parse::<Rate>(), Err(NotARate), "{text}");
        }
    }
}
