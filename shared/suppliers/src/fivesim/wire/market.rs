//! 5SIM's products and prices, and our account.

use super::{Answer, Call, json, order::number_text, read};
use crate::{
    decimal,
    error::{Fault, RejectedReason, SupplierError},
    fivesim::names::{country_of, slug_of},
    offer::{SupplierCountry, SupplierOffer, SupplierProfile},
};
use domain::{CountryCode, Rating, ServiceName};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fmt};

/// Products for rented numbers. The price list has them among the services.
const HOSTING: [&str; 2] = ["3hours", "1day"];

type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// Parses the account.
pub fn parse_profile(answer: &Answer<'_>) -> Result<SupplierProfile, SupplierError> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        #[serde(borrow)]
        balance: &'a RawValue,
        #[serde(borrow)]
        frozen_balance: Option<&'a RawValue>,
        #[serde(borrow)]
        rating: Option<&'a RawValue>,
        #[serde(borrow)]
        total_active_orders: Option<&'a RawValue>,
    }
    let wire: Wire<'_> = read(json(answer, Call::Read)?, Call::Read)?;
    let money = |raw| decimal::money(number_text(raw)).map_err(|_| Call::Read.unsettled(Fault::Unreadable));
    Ok(SupplierProfile {
        balance: money(wire.balance)?,
        frozen: wire.frozen_balance.map(money).transpose()?.unwrap_or_default(),
        rating: wire.rating.and_then(|raw| whole(raw, 2)).map(Rating::from_hundredths),
        active_orders: wire.total_active_orders.and_then(|raw| whole(raw, 0)),
    })
}

/// Parses the countries that our table knows. Operators are fields beside `iso`, `prefix` and the
/// names, each with an object of its own.
pub fn parse_countries(answer: &Answer<'_>) -> Result<Vec<SupplierCountry>, SupplierError> {
    let wire: Option<Fields<'_>> = read(json(answer, Call::Read)?, Call::Read)?;
    let country = |(slug, raw): (String, &RawValue)| {
        let country = country_of(&slug)?;
        let mut fields: Fields<'_> = serde_json::from_str(raw.get()).ok()?;
        fields.remove("iso");
        let prefix: Option<Fields<'_>> = fields.remove("prefix").and_then(|raw| serde_json::from_str(raw.get()).ok());
        let prefixes = prefix.unwrap_or_default().into_keys().collect();
        let name = fields.remove("text_en").and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or(slug);
        let operators = fields.into_iter().filter(|(_, raw)| raw.get().starts_with('{'));
        let operators = operators.filter_map(|(name, _)| name.parse().ok()).collect();
        Some(SupplierCountry { country, name, prefixes, operators })
    };
    Ok(wire.unwrap_or_default().into_iter().filter_map(country).collect())
}

/// Parses the price list for these arguments. It is nested country → service, or service → country
/// if only a service was requested. The requested keys tell which nesting it is. `null` means that
/// nothing is sold. Unreadable entries, unknown countries and rented numbers are skipped.
pub fn parse_prices(
    answer: &Answer<'_>,
    country: Option<&CountryCode>,
    service: Option<&ServiceName>,
) -> Result<Vec<SupplierOffer>, SupplierError> {
    let Some(json) = sold(json(answer, Call::Read))? else { return Ok(Vec::new()) };
    let mut list = PriceList {
        country: country.and_then(slug_of),
        service: service.map(ServiceName::as_str),
        keys: [String::new(), String::new()],
        offers: Vec::new(),
    };
    let mut source = serde_json::Deserializer::from_slice(json);
    let unreadable = |_| Call::Read.unsettled(Fault::Unreadable);
    Level { list: &mut list, depth: 0 }.deserialize(&mut source).map_err(unreadable)?;
    source.end().map_err(unreadable)?;
    Ok(list.offers)
}

/// Turns the rejection of something that is not sold into an empty list.
fn sold(answer: Result<&[u8], SupplierError>) -> Result<Option<&[u8]>, SupplierError> {
    match answer {
        Ok(json) => Ok(Some(json)),
        Err(
            SupplierError::NoNumbers
            | SupplierError::Rejected {
                reason: RejectedReason::Country | RejectedReason::Operator | RejectedReason::Service,
                ..
            },
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A streaming parser of the price list. The list is megabytes, and only the offers are kept.
struct PriceList<'a> {
    country: Option<&'static str>,
    service: Option<&'a str>,
    /// The keys above the current entry.
    keys: [String; 2],
    offers: Vec<SupplierOffer>,
}

impl PriceList<'_> {
    /// Which key is the country and which is the service; `None` if neither is the requested one.
    fn place(&self) -> Option<(&str, &str)> {
        let [outer, inner] = &self.keys;
        let fits = |country: &str, service: &str| {
            self.country.is_none_or(|asked| asked == country) && self.service.is_none_or(|asked| asked == service)
        };
        if fits(outer, inner) {
            Some((outer, inner))
        } else if fits(inner, outer) {
            Some((inner, outer))
        } else {
            None
        }
    }

    fn take(&mut self, operator: &str, line: &RawValue) {
        if let Some(offer) = self.offer(operator, line) {
            self.offers.push(offer);
        }
    }

    fn offer(&self, operator: &str, line: &RawValue) -> Option<SupplierOffer> {
        #[derive(Deserialize)]
        struct Wire<'a> {
            #[serde(borrow)]
            cost: &'a RawValue,
            #[serde(borrow)]
            count: &'a RawValue,
            #[serde(borrow)]
            rate: Option<&'a RawValue>,
        }
        let (country, service) = self.place().filter(|(_, service)| !HOSTING.contains(service))?;
        let line: Wire<'_> = serde_json::from_str(line.get()).ok()?;
        Some(SupplierOffer {
            country: country_of(country)?,
            service: service.parse().ok()?,
            operator: operator.parse().ok()?,
            cost: decimal::money(number_text(line.cost)).ok()?,
            stock: whole(line.count, 0)?,
            rate_hundredths: line.rate.and_then(|raw| whole(raw, 2)).and_then(|rate| u16::try_from(rate).ok()),
        })
    }
}

/// One level of the price list: two levels of keys, then entries by operator.
struct Level<'l, 'a> {
    list: &'l mut PriceList<'a>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Level<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of prices, or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if self.depth < 2 {
                self.list.keys[self.depth] = key;
                map.next_value_seed(Level { list: &mut *self.list, depth: self.depth + 1 })?;
            } else {
                let line: &RawValue = map.next_value()?;
                self.list.take(&key, line);
            }
        }
        Ok(())
    }
}

/// A non-negative number in units of `10^-places`; `None` if it is not a number. Values that do not
/// fit are clamped.
fn whole(raw: &RawValue, places: u32) -> Option<u32> {
    let value = decimal::scaled_up(number_text(raw), places).ok()?;
    Some(u32::try_from(value.max(0)).unwrap_or(u32::MAX))
}
