//! The explanation in an export, in the person's language.

use domain::Language;

/// The text of `README.txt`.
pub(crate) const fn of(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../readme/en.txt"),
        Language::French => include_str!("../readme/fr.txt"),
        Language::Portuguese => include_str!("../readme/pt.txt"),
        Language::Swahili => include_str!("../readme/sw.txt"),
        Language::Arabic => include_str!("../readme/ar.txt"),
        Language::Hindi => include_str!("../readme/hi.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_explains_every_file() {
        for language in Language::ALL {
            let text = of(*language);
            for file in [
                "profile.json",
                "sessions.json",
                "passkeys.json",
                "keys.json",
                "orders.json",
                "orders.csv",
                "messages.csv",
                "wallet.json",
                "entries.json",
                "entries.csv",
                "payments.json",
                "payments.csv",
                "invoices.json",
                "invoices.csv",
                "subscription.json",
                "activity.json",
                "activity.csv",
            ] {
                assert!(text.contains(file), "{language:?}: {file}");
            }
        }
    }
}
