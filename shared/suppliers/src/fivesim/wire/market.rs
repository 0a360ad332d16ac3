//! 5SIM's products and prices, and our account.

use super::{
    Answer, Call,
    fields::{Fields, number_text},
    json, read,
};
use crate::{
    decimal,
    error::{Fault, RejectedReason, SupplierError},
    fivesim::names::{country_of, slug_of},
    offer::{SupplierCountry, SupplierOffer, SupplierProfile},
};
use domain::{CountryCode, Rating, ServiceName};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// Products for rented numbers. The price list has them among the services.
const HOSTING: [&str; 2] = ["3hours", "1day"];

/// Parses the account. Only the balance is needed.
pub fn parse_profile(answer: &Answer<'_>) -> Result<SupplierProfile, SupplierError> {
    let json = json(answer, Call::Read)?;
    let fields: Fields<'_> = read(&json, Call::Read)?;
    let money = |name| fields.number(name).and_then(|number| decimal::money(number).ok());
    Ok(SupplierProfile {
        balance: money("balance").ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))?,
        frozen: money("frozen_balance").unwrap_or_default(),
        rating: fields.get("rating").and_then(|raw| whole(raw, 2)).map(Rating::from_hundredths),
        active_orders: fields.get("total_active_orders").and_then(|raw| whole(raw, 0)),
    })
}

/// Parses the countries that our table knows. Operators are fields beside `iso`, `prefix` and the
/// names, each with an object of its own.
pub fn parse_countries(answer: &Answer<'_>) -> Result<Vec<SupplierCountry>, SupplierError> {
    let json = json(answer, Call::Read)?;
    let wire: Option<Fields<'_>> = read(&json, Call::Read)?;
    let country = |(slug, raw): (String, &RawValue)| {
        let country = country_of(&slug)?;
        let fields = Fields::parse(raw.get())?;
        let prefixes = fields.get("prefix").and_then(|raw| Fields::parse(raw.get()));
        let prefixes = prefixes.map(|prefixes| prefixes.without(&[]).map(|(prefix, _)| prefix).collect());
        let name = fields.text("text_en").unwrap_or(slug);
        let operators = fields.without(&["iso", "prefix"]).filter(|(_, raw)| raw.get().starts_with('{'));
        let operators = operators.filter_map(|(name, _)| name.parse().ok()).collect();
        Some(SupplierCountry { country, name, prefixes: prefixes.unwrap_or_default(), operators })
    };
    Ok(wire.map_or_else(Vec::new, |wire| wire.without(&[]).filter_map(country).collect()))
}

/// Parses the price list for these arguments. It is nested country → service, or service → country
/// if only a service was requested. The requested keys tell which nesting it is. `null` means that
/// nothing is sold. Unreadable entries, unknown countries and rented numbers are skipped, but a list
/// with nothing else than unreadable entries is unreadable.
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
        odd: 0,
    };
    let mut source = serde_json::Deserializer::from_str(&json);
    let unreadable = |_| Call::Read.unsettled(Fault::Unreadable);
    Level { list: &mut list, depth: 0 }.deserialize(&mut source).map_err(unreadable)?;
    source.end().map_err(unreadable)?;
    if list.offers.is_empty() && list.odd > 0 {
        return Err(Call::Read.unsettled(Fault::Unreadable));
    }
    Ok(list.offers)
}

/// Turns the rejection of something that is not sold into an empty list.
fn sold(answer: Result<Cow<'_, str>, SupplierError>) -> Result<Option<Cow<'_, str>>, SupplierError> {
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
    /// How many values are no level of the list.
    odd: usize,
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
            #[serde(borrow)]
            rate1: Option<&'a RawValue>,
            #[serde(borrow)]
            rate3: Option<&'a RawValue>,
            #[serde(borrow)]
            rate24: Option<&'a RawValue>,
            #[serde(borrow)]
            rate72: Option<&'a RawValue>,
            #[serde(borrow)]
            rate168: Option<&'a RawValue>,
            #[serde(borrow)]
            rate720: Option<&'a RawValue>,
        }
        let (country, service) = self.place().filter(|(_, service)| !HOSTING.contains(service))?;
        let line: Wire<'_> = serde_json::from_str(line.get()).ok()?;
        Some(SupplierOffer {
            country: country_of(country)?,
            service: service.parse().ok()?,
            operator: operator.parse().ok()?,
            cost: decimal::money(number_text(line.cost)).ok()?,
            stock: whole(line.count, 0)?,
            is_dead: are_zero([
                line.rate,
                line.rate1,
                line.rate3,
                line.rate24,
                line.rate72,
                line.rate168,
                line.rate720,
            ]),
        })
    }
}

/// Whether there are rates, in percent over so many hours, and all of them are zero.
fn are_zero(rates: [Option<&RawValue>; 7]) -> bool {
    let mut known = rates.into_iter().flatten().filter_map(|raw| whole(raw, 2)).peekable();
    known.peek().is_some() && known.all(|rate| rate == 0)
}

/// One level of the price list: two levels of keys, then entries by operator.
struct Level<'l, 'a> {
    list: &'l mut PriceList<'a>,
    depth: usize,
}

impl Level<'_, '_> {
    /// Counts a value that is no level.
    fn odd(self) {
        self.list.odd += 1;
    }
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

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.odd();
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.odd();
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.odd();
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.odd();
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.odd();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.odd();
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
