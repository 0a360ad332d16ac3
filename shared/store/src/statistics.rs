//! Statistics of offers and of ended orders, counted from the order stream.
//!
//! A stream delivers at least once. So each count is one transaction with a marker for (order, status).

use crate::{
    Catalog, StoreError, counting,
    item::{self, Item},
    keys::{self, Key},
};
use domain::{
    CountryCode, OperatorName, OrderId, ServiceName, SupplierId, Timestamp,
    order::Status,
    statistics::{DeliveryCounts, Outcome, TIME_CLASSES, time_class},
};
use std::{collections::BTreeMap, time::Duration};

/// The retention of a month's counts.
const COUNTS_KEPT: Duration = Duration::from_hours(75 * 24);

/// The offer that a count belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfferKey {
    /// The service.
    pub service: ServiceName,
    /// The country.
    pub country: CountryCode,
    /// The supplier.
    pub supplier: SupplierId,
    /// The operator; `None` if the supplier did not report it.
    pub operator: Option<OperatorName>,
}

/// The number of a service's orders that ended with a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCount {
    /// The service.
    pub service: String,
    /// The status.
    pub status: String,
    /// The number of orders.
    pub count: u64,
}

impl Catalog<'_> {
    /// Counts an order's end by status, and the outcome of its offer if there is one. A repeat changes
    /// nothing and returns `false`.
    pub async fn count_end(
        self,
        order: &OrderId,
        service: &ServiceName,
        status: Status,
        outcome: Option<(&OfferKey, Outcome)>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let table = self.0;
        let marker = counting::marker(table, &keys::counted(order, status), now)?;
        let shard = keys::shard(order.as_str(), keys::COUNTER_SHARDS);
        let mut counters = vec![
            table
                .update_write(&keys::count(shard, service, status))
                .update_expression("ADD orders :one")
                .expression_attribute_values(":one", item::number(1))
                .build()?,
        ];
        if let Some((offer, outcome)) = outcome {
            let adds = match outcome {
                Outcome::Delivered { seconds } => format!("ADD delivered :one, t{:02} :one", time_class(seconds)),
                Outcome::Missed => "ADD missed :one".to_owned(),
            };
            let key = Key::new(keys::statistics(&offer.service), statistics_sk(offer, now));
            let update = table
                .update_write(&key)
                .update_expression(format!("{adds} SET expires_at_epoch = :expires"))
                .expression_attribute_values(":one", item::number(1))
                .expression_attribute_values(":expires", item::number(now.plus(COUNTS_KEPT).epoch_seconds()))
                .build()?;
            counters.push(update);
        }
        counting::count_once(table, marker, counters).await
    }

    /// The counts of each offer of a service in this month and the last, in one country or in all.
    pub async fn deliveries(
        self,
        service: &ServiceName,
        country: Option<&CountryCode>,
        now: Timestamp,
    ) -> Result<BTreeMap<OfferKey, DeliveryCounts>, StoreError> {
        let prefix = country.map_or(String::new(), |c| format!("{c}#"));
        let recent = [month(now), month(now.minus(Duration::from_hours(31 * 24)))];
        let mut counts = BTreeMap::<OfferKey, DeliveryCounts>::new();
        for row in self.0.query(keys::statistics(service)).prefix(&prefix).all().await? {
            let Some((offer, of_month)) = item::text_of(&row, "sk").and_then(|sk| parse_sk(service, sk)) else {
                continue;
            };
            if recent.contains(&of_month) {
                counts.entry(offer).or_default().merge(&counts_of(&row));
            }
        }
        Ok(counts)
    }

    /// The number of all ended orders, by service and status.
    pub async fn order_counts(self) -> Result<Vec<StatusCount>, StoreError> {
        let mut sums = BTreeMap::<String, u64>::new();
        for shard in 0..keys::COUNTER_SHARDS {
            for row in self.0.query(keys::counts(shard)).all().await? {
                if let (Some(sk), Some(count)) = (item::text_of(&row, "sk"), item::number_of::<u64>(&row, "orders")) {
                    *sums.entry(sk.to_owned()).or_default() += count;
                }
            }
        }
        let split = |(sk, count): (String, u64)| {
            let (service, status) = sk.split_once('#')?;
            Some(StatusCount { service: service.to_owned(), status: status.to_owned(), count })
        };
        Ok(sums.into_iter().filter_map(split).collect())
    }
}

fn statistics_sk(offer: &OfferKey, now: Timestamp) -> String {
    keys::statistics_sk(&offer.country, &offer.supplier, offer.operator.as_ref(), &month(now))
}

fn parse_sk(service: &ServiceName, sk: &str) -> Option<(OfferKey, String)> {
    let mut parts = sk.split('#');
    let country = parts.next()?.parse().ok()?;
    let supplier = SupplierId::new(parts.next()?);
    let operator = parts.next()?.parse().ok();
    let month = parts.next()?.to_owned();
    Some((OfferKey { service: service.clone(), country, supplier, operator }, month))
}

/// `2026-11`.
fn month(at: Timestamp) -> String {
    at.day()[..7].to_owned()
}

fn counts_of(row: &Item) -> DeliveryCounts {
    let of = |name: &str| item::number_of(row, name).unwrap_or(0);
    let mut times = [0; TIME_CLASSES.len()];
    for (class, count) in times.iter_mut().enumerate() {
        *count = of(&format!("t{class:02}"));
    }
    DeliveryCounts { delivered: of("delivered"), missed: of("missed"), times }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_names_its_offer() {
        for operator in [None, Some("mtn")] {
            let offer = OfferKey {
                service: "whatsapp".parse().unwrap(),
                country: "GH".parse().unwrap(),
                supplier: SupplierId::new("5sim"),
                operator: operator.map(|name| name.parse().unwrap()),
            };
            let sk = statistics_sk(&offer, "2026-11-21T10:00:00Z".parse().unwrap());
            assert_eq!(parse_sk(&offer.service, &sk), Some((offer, "2026-11".to_owned())));
        }
    }
}
