//! The versions of the API. Only one change between them is simulated.

use super::refusal::Refusal;

/// The version of this simulator, of accounts that name no other, and of webhooks.
pub const NEWEST: &str = "2026-10-28.endive";
/// The first version without `payment_method_types` in requests.
const DYNAMIC_METHODS: &str = "2026-09-30";

/// The version that a call asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// Reads the header `Stripe-Version`.
    pub fn read(header: Option<&str>) -> Result<Self, Refusal> {
        let text = header.unwrap_or(NEWEST);
        if is_version(text) && text.get(..10) <= NEWEST.get(..10) {
            return Ok(Self(text.to_owned()));
        }
        Err(Refusal::invalid(format!("Invalid Stripe API version: {text}.")))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Whether a merchant may list payment methods.
    pub fn has_payment_method_types(&self) -> bool {
        self.0.as_str() < DYNAMIC_METHODS
    }
}

/// A date, and a name after a dot in versions since 2024-09-30.
fn is_version(text: &str) -> bool {
    let (date, name) = text.split_once('.').map_or((text, None), |(date, name)| (date, Some(name)));
    let is_date = date.len() == 10
        && date
            .bytes()
            .enumerate()
            .all(|(at, sign)| if matches!(at, 4 | 7) { sign == b'-' } else { sign.is_ascii_digit() });
    is_date && name.is_none_or(|name| !name.is_empty() && name.bytes().all(|sign| sign.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_dates_that_have_a_name_lately() {
        for (header, lists_methods) in [(None, Some(false)), (Some("2026-09-30.endive"), Some(false))]
            .into_iter()
            .chain([(Some("2026-06-24.dahlia"), Some(true)), (Some("2022-11-15"), Some(true))])
            .chain(
                ["2099-01-01", "yesterday", "2026-10-28.", "2026-10-28.endive; x", ""].map(|text| (Some(text), None)),
            )
        {
            let read = Version::read(header).ok();
            assert_eq!(read.map(|version| version.has_payment_method_types()), lists_methods, "{header:?}");
        }
    }
}
