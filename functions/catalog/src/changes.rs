//! The rows that a refresh writes: the supplier's current offers compared with the stored rows.
//! Pure.
//!
//! A real supplier has tens of thousands of (service, country) pairs whose stock changes all the
//! time. A change of price or operators is always written. A change of stock is written only when a
//! buyer would notice it, so most rows cost a read and no write.

use domain::{CountryCode, Currency, OperatorName, ServiceName, SupplierId, SupplierMoney, Timestamp};
use std::collections::BTreeMap;
use store::{OfferChange, OfferRow, OperatorOffer};
use suppliers::SupplierOffer;

/// Below this stock every change is written; at or above it, only a change of a quarter or more.
const EXACT_STOCK: u32 = 20;

/// The most operators of a row. A row is one item, which DynamoDB limits to 400 kB and each purchase reads: an
/// operator takes up to 140 bytes. Real rows have some dozens.
const MOST_OPERATORS: usize = 500;

/// One supplier's offers for a service, by country.
pub(crate) type ByCountry = BTreeMap<CountryCode, OfferRow>;

/// One supplier's offers.
#[derive(Debug)]
pub(crate) struct Grouped {
    /// The offers that are sold.
    pub(crate) by_service: BTreeMap<ServiceName, ByCountry>,
    /// How many offers do not fit into their rows.
    pub(crate) left_out: usize,
}

/// Groups one supplier's offers by service and country, with the cheapest operator first. Of more operators than a
/// row may have, the cheapest with stock stay.
pub(crate) fn by_service(
    supplier: &SupplierId,
    currency: &Currency,
    offers: Vec<SupplierOffer>,
    as_of: Timestamp,
) -> Grouped {
    let mut by_service = BTreeMap::<ServiceName, ByCountry>::new();
    for offer in offers {
        let row =
            by_service.entry(offer.service).or_default().entry(offer.country.clone()).or_insert_with(|| OfferRow {
                country: offer.country,
                supplier: supplier.clone(),
                currency: currency.clone(),
                operators: Vec::new(),
                as_of,
            });
        let (operator, cost, stock, is_dead) = (offer.operator, offer.cost, offer.stock, offer.is_dead);
        row.operators.push(OperatorOffer { operator, cost, stock, is_dead });
    }
    let mut left_out = 0;
    for row in by_service.values_mut().flat_map(BTreeMap::values_mut) {
        left_out += keep_best(&mut row.operators);
        row.operators.sort_by(|a, b| by_cost(a).cmp(&by_cost(b)));
    }
    Grouped { by_service, left_out }
}

/// Keeps the cheapest operators with stock, and returns how many are left out.
fn keep_best(operators: &mut Vec<OperatorOffer>) -> usize {
    let left_out = operators.len().saturating_sub(MOST_OPERATORS);
    if left_out > 0 {
        // An offer without a cost is not sold, either.
        let is_unsold = |offer: &OperatorOffer| offer.stock == 0 || offer.cost.micros() <= 0;
        operators.sort_by(|a, b| (is_unsold(a), by_cost(a)).cmp(&(is_unsold(b), by_cost(b))));
        operators.truncate(MOST_OPERATORS);
    }
    left_out
}

fn by_cost(offer: &OperatorOffer) -> (SupplierMoney, &OperatorName) {
    (offer.cost, &offer.operator)
}

/// The writes that bring a service's stored rows up to date with this supplier's offers. Rows of
/// other suppliers stay.
pub(crate) fn changes(
    supplier: &SupplierId,
    service: &ServiceName,
    stored: &[OfferRow],
    mut fresh: ByCountry,
) -> Vec<OfferChange> {
    let put = |offer| OfferChange::Put { service: service.clone(), offer };
    let mut changes = Vec::new();
    for row in stored.iter().filter(|row| row.supplier == *supplier) {
        match fresh.remove(&row.country) {
            Some(offer) if same_to_a_buyer(row, &offer) => {}
            Some(offer) => changes.push(put(offer)),
            None => changes.push(OfferChange::Remove {
                service: service.clone(),
                country: row.country.clone(),
                supplier: row.supplier.clone(),
            }),
        }
    }
    changes.extend(fresh.into_values().map(put));
    changes
}

/// Whether a buyer would see no difference: the same currency, operators and costs, and nearly the
/// same stock.
fn same_to_a_buyer(stored: &OfferRow, fresh: &OfferRow) -> bool {
    let pairs = stored.operators.iter().zip(&fresh.operators);
    let same = |(a, b): (&OperatorOffer, &OperatorOffer)| {
        (&a.operator, a.cost, a.is_dead) == (&b.operator, b.cost, b.is_dead) && same_stock(a.stock, b.stock)
    };
    let as_many = stored.operators.len() == fresh.operators.len();
    stored.currency == fresh.currency && as_many && pairs.into_iter().all(same)
}

fn same_stock(stored: u32, fresh: u32) -> bool {
    if stored.min(fresh) < EXACT_STOCK { stored == fresh } else { stored.abs_diff(fresh) < stored / 4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(country: &str, operator: &str, cost: i64, stock: u32) -> SupplierOffer {
        SupplierOffer {
            country: country.parse().unwrap(),
            service: "whatsapp".parse().unwrap(),
            operator: operator.parse().unwrap(),
            cost: SupplierMoney::from_micros(cost),
            stock,
            is_dead: false,
        }
    }

    fn rows(supplier: &str, offers: Vec<SupplierOffer>) -> ByCountry {
        grouped(supplier, offers).by_service.remove(&"whatsapp".parse().unwrap()).unwrap_or_default()
    }

    fn grouped(supplier: &str, offers: Vec<SupplierOffer>) -> Grouped {
        by_service(&SupplierId::new(supplier), &Currency::new("RUB"), offers, Timestamp::default())
    }

    fn told(stored: ByCountry, fresh: ByCountry) -> Vec<String> {
        let service = "whatsapp".parse().unwrap();
        let stored: Vec<_> = stored.into_values().collect();
        let changes = changes(&SupplierId::new("5sim"), &service, &stored, fresh);
        let told = |change| match change {
            OfferChange::Put { offer, .. } => format!("put {}", offer.country),
            OfferChange::Remove { country, .. } => format!("remove {country}"),
        };
        changes.into_iter().map(told).collect()
    }

    #[test]
    fn offers_are_grouped_by_country_cheapest_first() {
        let rows = rows("5sim", vec![offer("GH", "mtn", 9, 5), offer("GH", "glo", 7, 5), offer("NG", "mtn", 8, 5)]);
        let ghana = &rows[&"GH".parse().unwrap()];
        let operators: Vec<_> = ghana.operators.iter().map(|offer| offer.operator.as_str()).collect();
        assert_eq!(operators, ["glo", "mtn"]);
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn a_row_fits_into_one_item() {
        // The first one has no cost, and the next ones no stock.
        let cost = |n: u32| i64::from(n) * 1_000_000;
        let many = (0..8_000_u32).map(|n| offer("GH", &format!("{n:040}"), cost(n), u32::from(n >= 50 || n == 0)));
        let grouped = grouped("5sim", many.chain([offer("NG", "mtn", 9, 0)]).collect());
        assert_eq!(grouped.left_out, 8_000 - MOST_OPERATORS);
        let rows = &grouped.by_service[&"whatsapp".parse().unwrap()];
        let kept: Vec<_> = rows[&"GH".parse().unwrap()].operators.iter().map(|offer| offer.cost.micros()).collect();
        let expected: Vec<_> = (50..).take(MOST_OPERATORS).map(cost).collect();
        assert_eq!(kept, expected, "the cheapest with stock");
        assert!(serde_json::to_string(&rows[&"GH".parse().unwrap()]).unwrap().len() < 100_000);
        assert_eq!(rows[&"NG".parse().unwrap()].operators.len(), 1, "a sold-out operator is listed where it fits");
    }

    #[test]
    fn only_visible_changes_are_written() {
        for (stored, fresh, same) in [
            (5, 5, true),
            (5, 6, false),
            (0, 1, false),
            (25, 19, false),
            (100, 110, true),
            (100, 130, false),
            (900, 1000, true),
        ] {
            assert_eq!(same_stock(stored, fresh), same, "{stored} → {fresh}");
        }
    }

    #[test]
    fn rows_are_put_where_they_differ_and_removed_where_they_are_gone() {
        let stored =
            || rows("5sim", vec![offer("GH", "mtn", 9, 5), offer("NG", "mtn", 9, 500), offer("KE", "tk", 9, 5)]);
        assert!(told(stored(), stored()).is_empty());
        let fresh = vec![offer("GH", "mtn", 10, 5), offer("NG", "mtn", 9, 510), offer("ZA", "mtn", 9, 5)];
        assert_eq!(told(stored(), rows("5sim", fresh)), ["put GH", "remove KE", "put ZA"]);
        let one_more = vec![
            offer("GH", "mtn", 9, 5),
            offer("GH", "glo", 99, 0),
            offer("NG", "mtn", 9, 500),
            offer("KE", "tk", 9, 5),
        ];
        assert_eq!(told(stored(), rows("5sim", one_more)), ["put GH"]);
        let mut dollars = stored();
        for row in dollars.values_mut() {
            row.currency = Currency::new("USD");
        }
        assert_eq!(told(stored(), dollars), ["put GH", "put KE", "put NG"]);
    }

    #[test]
    fn offers_of_other_suppliers_stay_unchanged() {
        let others = rows("other", vec![offer("GH", "mtn", 9, 5)]);
        assert!(told(others.clone(), ByCountry::new()).is_empty());
        assert_eq!(told(others, rows("5sim", vec![offer("GH", "mtn", 9, 5)])), ["put GH"]);
    }
}
