//! The order of offers in a list, and its pages. Pure.

use domain::{
    CountryCode, Credits, Currency, OperatorName, Plan, ServiceName, SupplierId, SupplierMoney,
    pricing::{Capability, PriceRules, ServiceClass},
    statistics::DeliveryCounts,
};
use std::collections::BTreeMap;
use store::{Cursor, OfferKey, OfferRow, OperatorOffer, Page};

/// Numbers of one operator in one country, with their delivery counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MeasuredOffer {
    pub(crate) country: CountryCode,
    pub(crate) supplier: SupplierId,
    pub(crate) operator: OperatorName,
    pub(crate) cost: SupplierMoney,
    pub(crate) currency: Currency,
    pub(crate) stock: u32,
    pub(crate) is_dead: bool,
    pub(crate) deliveries: DeliveryCounts,
}

/// An offer with its price for one caller.
#[derive(Clone, Debug)]
pub(crate) struct Priced<'a> {
    pub(crate) offer: &'a MeasuredOffer,
    pub(crate) price: Credits,
    /// Sort key: in stock first, dead stock after live, then by expected cost, then by name.
    rank: String,
}

/// Joins each operator's numbers with its delivery counts.
pub(crate) fn measured(
    service: &ServiceName,
    offers: Vec<OfferRow>,
    mut deliveries: BTreeMap<OfferKey, DeliveryCounts>,
) -> Vec<MeasuredOffer> {
    let mut measured = Vec::new();
    for row in offers {
        for offer in row.operators {
            let key = OfferKey {
                service: service.clone(),
                country: row.country.clone(),
                supplier: row.supplier.clone(),
                operator: Some(offer.operator.clone()),
            };
            let deliveries = deliveries.remove(&key).unwrap_or_default();
            let OfferKey { country, supplier, .. } = key;
            let OperatorOffer { operator, cost, stock, is_dead } = offer;
            let currency = row.currency.clone();
            measured.push(MeasuredOffer { country, supplier, operator, cost, currency, stock, is_dead, deliveries });
        }
    }
    measured
}

/// The offers that have a price, best first.
pub(crate) fn ranked<'a>(
    offers: &'a [MeasuredOffer],
    rules: &PriceRules,
    plan: Plan,
    class: ServiceClass,
    capability: Capability,
) -> Vec<Priced<'a>> {
    let priced = |offer: &'a MeasuredOffer| {
        let price = rules.quote(plan, class, capability, &offer.currency, offer.cost).ok()?.price;
        Some(Priced { offer, price, rank: rank(offer, price) })
    };
    let mut ranked: Vec<_> = offers.iter().filter_map(priced).collect();
    ranked.sort_unstable_by(|a, b| a.rank.cmp(&b.rank));
    ranked
}

fn rank(offer: &MeasuredOffer, price: Credits) -> String {
    let (sold_out, is_dead) = (u8::from(offer.stock == 0), u8::from(offer.is_dead));
    let expected = offer.deliveries.expected_cost(price).map_or(i64::MAX, Credits::units);
    format!("{sold_out}#{is_dead}#{expected:019}#{}#{}#{}", offer.country, offer.supplier, offer.operator)
}

/// The page after the cursor. An offer whose price changes between two pages may be missing or
/// appear twice.
pub(crate) fn page<'a>(ranked: Vec<Priced<'a>>, limit: usize, after: Option<&Cursor>) -> Page<Priced<'a>> {
    let start = after.map_or(0, |cursor| ranked.partition_point(|priced| priced.rank.as_str() <= cursor.sk()));
    let more = ranked.len() > start + limit;
    let items: Vec<_> = ranked.into_iter().skip(start).take(limit).collect();
    let next = items.last().filter(|_| more).map(|last| Cursor::after(&last.rank));
    Page { read: items.len(), items, next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Timestamp, pricing::ExchangeRate};

    fn offer(operator: &str, roubles: i64, stock: u32, (delivered, missed): (u64, u64)) -> MeasuredOffer {
        MeasuredOffer {
            country: "GH".parse().unwrap(),
            supplier: SupplierId::new("5sim"),
            operator: operator.parse().unwrap(),
            cost: SupplierMoney::from_micros(roubles * 1_000_000),
            currency: Currency::new("RUB"),
            stock,
            is_dead: false,
            deliveries: DeliveryCounts { delivered, missed, ..DeliveryCounts::default() },
        }
    }

    fn rank_all(offers: &[MeasuredOffer]) -> Vec<Priced<'_>> {
        let rate = ExchangeRate { credits_per_unit: Credits::from_units(62), as_of: Timestamp::default() };
        let rates = BTreeMap::from([(Currency::new("RUB"), rate)]);
        let rules = PriceRules { rates, ..PriceRules::default() };
        ranked(offers, &rules, Plan::Starter, ServiceClass::Common, Capability::Sms)
    }

    fn names<'a>(offers: impl IntoIterator<Item = &'a Priced<'a>>) -> Vec<&'a str> {
        offers.into_iter().map(|priced| priced.offer.operator.as_str()).collect()
    }

    #[test]
    fn the_cheapest_delivered_code_comes_first_and_sold_out_offers_last() {
        let offers = [
            offer("sold-out", 10, 0, (99, 1)),
            offer("fails", 10, 5, (1, 9)),
            offer("unknown", 10, 5, (0, 0)),
            offer("first-success", 10, 5, (1, 0)),
            offer("works", 10, 5, (90, 10)),
            offer("works-but-dear", 300, 5, (90, 10)),
            offer("no-price", 0, 5, (90, 10)),
            MeasuredOffer { is_dead: true, ..offer("dead", 10, 5, (90, 10)) },
        ];
        let expected = ["works", "first-success", "unknown", "fails", "works-but-dear", "dead", "sold-out"];
        assert_eq!(names(&rank_all(&offers)), expected);
    }

    #[test]
    fn pages_together_are_the_list() {
        let offers: Vec<_> = (0..7).map(|n| offer(&format!("op{n}"), 10 + n % 3 * 100, 5, (0, 0))).collect();
        let ranked = rank_all(&offers);
        let whole: Vec<_> = names(&ranked);
        for limit in 1..=8 {
            let (mut seen, mut cursor) = (Vec::new(), None);
            loop {
                let page = page(ranked.clone(), limit, cursor.as_ref());
                seen.extend(page.items.iter().map(|priced| priced.offer.operator.as_str()));
                let Some(next) = page.next else { break };
                // As clients send it back.
                cursor = Some(Cursor::decode(&next.encode()).unwrap());
            }
            assert_eq!(seen, whole, "{limit}");
        }
    }

    #[test]
    fn an_offer_has_the_counts_of_its_own_operator() {
        let service: ServiceName = "whatsapp".parse().unwrap();
        let (country, supplier): (CountryCode, _) = ("GH".parse().unwrap(), SupplierId::new("5sim"));
        let key = |operator: Option<&str>| OfferKey {
            service: service.clone(),
            country: country.clone(),
            supplier: supplier.clone(),
            operator: operator.map(|name| name.parse().unwrap()),
        };
        let counts = |delivered| DeliveryCounts { delivered, ..DeliveryCounts::default() };
        let operators = ["mtn", "glo"].map(|name| OperatorOffer {
            operator: name.parse().unwrap(),
            cost: SupplierMoney::from_micros(1),
            stock: 1,
            is_dead: false,
        });
        let row = OfferRow {
            country: country.clone(),
            supplier: supplier.clone(),
            currency: Currency::new("RUB"),
            operators: operators.to_vec(),
            as_of: Timestamp::default(),
        };
        let deliveries = BTreeMap::from([(key(Some("mtn")), counts(3)), (key(None), counts(9))]);
        let delivered: Vec<_> =
            measured(&service, vec![row], deliveries).into_iter().map(|offer| offer.deliveries.delivered).collect();
        assert_eq!(delivered, [3, 0]);
    }
}
