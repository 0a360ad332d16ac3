//! The simulated market: every country with every service. Prices and stock come from a hash, so
//! that each start is the same.

use std::collections::{BTreeMap, BTreeSet};

/// Countries: slug, ISO code in lower case, calling code, English name, operators.
pub const COUNTRIES: &[(&str, &str, &str, &str, &[&str])] = &[
    ("ghana", "gh", "+233", "Ghana", &["mtn", "vodafone", "airteltigo"]),
    ("nigeria", "ng", "+234", "Nigeria", &["mtn", "glo", "airtel", "9mobile"]),
    ("kenya", "ke", "+254", "Kenya", &["safaricom", "airtel", "telkom"]),
    ("southafrica", "za", "+27", "South Africa", &["vodacom", "mtn", "cellc"]),
    ("india", "in", "+91", "India", &["airtel", "jio", "vodafone"]),
    ("brazil", "br", "+55", "Brazil", &["claro", "vivo", "tim"]),
    ("russia", "ru", "+7", "Russia", &["beeline", "megafon", "mts", "tele2"]),
    ("usa", "us", "+1", "USA", &["virtual8", "virtual12"]),
    ("england", "gb", "+44", "England", &["vodafone", "three", "o2", "ee"]),
    ("germany", "de", "+49", "Germany", &["vodafone", "o2"]),
    ("france", "fr", "+33", "France", &["orange", "sfr", "free"]),
    ("poland", "pl", "+48", "Poland", &["orange", "play", "plus"]),
    ("ukraine", "ua", "+380", "Ukraine", &["kyivstar", "lifecell"]),
    ("indonesia", "id", "+62", "Indonesia", &["telkomsel", "indosat", "axis"]),
    ("philippines", "ph", "+63", "Philippines", &["globe", "smart"]),
    ("vietnam", "vn", "+84", "Vietnam", &["viettel", "mobifone"]),
    ("thailand", "th", "+66", "Thailand", &["ais", "dtac"]),
    ("mexico", "mx", "+52", "Mexico", &["telcel", "movistar"]),
    ("egypt", "eg", "+20", "Egypt", &["orange", "vodafone", "etisalat"]),
    ("morocco", "ma", "+212", "Morocco", &["inwi", "orange"]),
];

/// Services by 5SIM's slugs.
pub const PRODUCTS: &[&str] = &[
    "airbnb",
    "alibaba",
    "amazon",
    "apple",
    "binance",
    "blizzard",
    "bolt",
    "deliveroo",
    "discord",
    "dropbox",
    "ebay",
    "facebook",
    "fiverr",
    "foodpanda",
    "glovo",
    "google",
    "grabtaxi",
    "grindr",
    "instagram",
    "kakaotalk",
    "line",
    "linkedin",
    "microsoft",
    "naver",
    "netflix",
    "nike",
    "olx",
    "openai",
    "paypal",
    "signal",
    "skype",
    "snapchat",
    "spotify",
    "steam",
    "telegram",
    "tiktok",
    "tinder",
    "twitch",
    "twitter",
    "uber",
    "viber",
    "vkontakte",
    "wechat",
    "whatsapp",
    "yahoo",
    "yandex",
    "zalo",
];

/// One operator's offer of a product; the price is in hundredths of the account's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub cents: i64,
    pub count: u32,
}

/// Prices and stock that tests changed, also of operators that they added.
#[derive(Debug, Default)]
pub struct Market {
    changed: BTreeMap<(String, String, String), Offer>,
}

impl Market {
    /// The offer of an operator; `None` if the product is not sold.
    pub fn offer(&self, country: &str, operator: &str, product: &str) -> Option<Offer> {
        let key = (country.to_owned(), operator.to_owned(), product.to_owned());
        if let Some(offer) = self.changed.get(&key) {
            return Some(*offer);
        }
        let known = PRODUCTS.contains(&product) && operators(country)?.contains(&operator);
        let hash = fold(&[country, operator, product]);
        known.then(|| Offer {
            cents: 600 + i64::try_from(hash % 2_400).unwrap_or(0),
            count: 20 + u32::try_from(hash / 7 % 900).unwrap_or(0),
        })
    }

    /// The offers of all operators, cheapest first.
    pub fn offers(&self, country: &str, product: &str) -> Vec<(String, Offer)> {
        let added = self.changed.keys().filter(|(place, _, sold)| place == country && sold == product);
        let named: BTreeSet<_> = operators(country)
            .unwrap_or_default()
            .iter()
            .map(|operator| (*operator).to_owned())
            .chain(added.map(|(_, operator, _)| operator.clone()))
            .collect();
        let mut offers: Vec<_> = named
            .into_iter()
            .filter_map(|operator| self.offer(country, &operator, product).map(|offer| (operator, offer)))
            .collect();
        offers.sort_by_key(|(_, offer)| offer.cents);
        offers
    }

    pub fn set(&mut self, country: &str, operator: &str, product: &str, offer: Offer) {
        self.changed.insert((country.to_owned(), operator.to_owned(), product.to_owned()), offer);
    }
}

/// The operators of a country; `None` if the country is not sold.
pub fn operators(country: &str) -> Option<&'static [&'static str]> {
    COUNTRIES.iter().find(|row| row.0 == country).map(|row| row.4)
}

/// A plausible number of the country, a different one for each serial.
pub fn phone(country: &str, serial: u64) -> String {
    let prefix = COUNTRIES.iter().find(|row| row.0 == country).map_or("+999", |row| row.2);
    format!("{prefix}{}{:07}", 20 + serial % 70, (serial * 7_919 + 1_234_567) % 10_000_000)
}

/// FNV-1a over the parts.
pub fn fold(parts: &[&str]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.bytes().chain([b'/']))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
