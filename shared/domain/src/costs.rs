//! The reports of costs and usage: what a customer's orders cost, by day, service, country, label or key, with refunds,
//! failed tries, and what included verifications paid.
//!
//! An order counts in the period in which it was created, whatever happened later. So the report of a period changes
//! only until its last order has ended, and the reports of two periods add up.

use crate::{
    ApiKeyId, CountryCode, Credits, ServiceName, Timestamp,
    access::OrderKey,
    ledger::{Line, LineUsage},
    order::Status,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The orders of the longest report. Each is read; 5,000 are about 8 MB, and take about a second.
pub const MOST_ORDERS: usize = 5_000;

/// What a report groups by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CostsBy)]
pub enum By {
    /// The UTC day, like `2026-11-21`.
    Day,
    /// The service.
    Service,
    /// The country.
    Country,
    /// The label. An order counts for each of its labels.
    Tag,
    /// The API key, with its successors under its first one.
    Key,
}

/// What a report needs of an order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CostedOrder {
    /// Current status.
    pub status: Status,
    /// Price in full.
    pub price: Credits,
    /// The part of it that an included verification pays.
    #[serde(default)]
    pub included: Credits,
    /// Line items of the price.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// The API key that bought it; `None` for a session.
    #[serde(default)]
    pub key: Option<OrderKey>,
    /// What was bought.
    pub request: CostedRequest,
    /// Time of the request.
    pub created_at: Timestamp,
}

/// What was bought.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CostedRequest {
    /// The service.
    pub service: ServiceName,
    /// The country.
    pub country: CountryCode,
    /// The customer's labels.
    pub tags: BTreeMap<String, String>,
}

/// The costs of some orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Costs {
    /// Orders: `delivered`, `refunded_orders`, `failed_orders` and `open_orders` together.
    pub orders: u32,
    /// Orders that got a message.
    pub delivered: u32,
    /// Orders with a number that got no message; the price was refunded.
    pub refunded_orders: u32,
    /// Failed tries: orders for which no number could be bought; the price was refunded.
    pub failed_orders: u32,
    /// Orders that have not ended; the price is held.
    pub open_orders: u32,
    /// What the orders cost: the prices of those that were delivered.
    pub spent: Credits,
    /// Prices that were refunded, of failed tries, too.
    pub refunded: Credits,
    /// Prices that are held.
    pub held: Credits,
    /// Orders that an included verification pays, in full or in part. Refunded ones do not count.
    pub included_orders: u32,
    /// What included verifications pay of them. It is no part of the other sums.
    pub included: Credits,
    /// The part of `spent` and `held` that usage-based billing labels overage.
    pub overage: Credits,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The costs of each group, by its name; those of orders without one under `None`.
    pub groups: BTreeMap<Option<String>, Costs>,
    /// The costs of all orders. By label, the groups may add up to more.
    pub total: Costs,
}

impl Report {
    /// The report of these orders.
    pub fn of(orders: &[CostedOrder], by: By) -> Self {
        let mut report = Self::default();
        for order in orders {
            report.total.add(order);
            for group in order.groups(by) {
                report.groups.entry(group).or_default().add(order);
            }
        }
        report
    }
}

impl CostedOrder {
    /// The price without what an included verification pays.
    fn customers_price(&self) -> Credits {
        self.price.counted_down(self.included)
    }

    /// The part of the price that is overage.
    fn overage(&self) -> Credits {
        let lines = self.lines.iter().filter(|line| line.usage == Some(LineUsage::Overage));
        lines.fold(Credits::ZERO, |sum, line| sum.counted_up(line.amount))
    }

    /// The groups that it counts in: one, or one for each of its labels.
    fn groups(&self, by: By) -> Vec<Option<String>> {
        match by {
            By::Day => vec![Some(self.created_at.day())],
            By::Service => vec![Some(self.request.service.to_string())],
            By::Country => vec![Some(self.request.country.to_string())],
            By::Key => vec![self.key.as_ref().map(|key| ApiKeyId::as_str(&key.family).to_owned())],
            By::Tag if self.request.tags.is_empty() => vec![None],
            By::Tag => self.request.tags.iter().map(|(name, value)| Some(format!("{name}:{value}"))).collect(),
        }
    }
}

impl Costs {
    fn add(&mut self, order: &CostedOrder) {
        let (count, sum) = match order.status {
            Status::Completed => (&mut self.delivered, &mut self.spent),
            Status::Refunded => (&mut self.refunded_orders, &mut self.refunded),
            Status::Failed => (&mut self.failed_orders, &mut self.refunded),
            Status::Requesting | Status::Waiting | Status::Cancelling => (&mut self.open_orders, &mut self.held),
        };
        *count = count.saturating_add(1);
        *sum = sum.counted_up(order.customers_price());
        if !matches!(order.status, Status::Refunded | Status::Failed) {
            self.included_orders = self.included_orders.saturating_add(order.included.is_positive().into());
            self.included = self.included.counted_up(order.included);
            self.overage = self.overage.counted_up(order.overage());
        }
        self.orders = self.orders.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(status: Status, price: i64, service: &str, country: &str, tags: &[(&str, &str)]) -> CostedOrder {
        let tags = tags.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = CostedRequest { service: service.parse().unwrap(), country: country.parse().unwrap(), tags };
        let at = Timestamp::from_millis(0);
        let (price, included) = (Credits::from_units(price), Credits::ZERO);
        CostedOrder { status, price, included, lines: Vec::new(), key: None, request, created_at: at }
    }

    #[test]
    fn refunds_and_failed_tries_cost_nothing_and_are_shown() {
        let orders = [
            order(Status::Completed, 5000, "whatsapp", "GH", &[("project", "crm"), ("team", "a")]),
            order(Status::Refunded, 7000, "whatsapp", "GH", &[("project", "crm")]),
            order(Status::Failed, 5000, "telegram", "NG", &[]),
            order(Status::Cancelling, 4000, "telegram", "GH", &[("team", "a")]),
        ];
        let report = Report::of(&orders, By::Service);
        let credits = Credits::from_units;
        let whatsapp = Costs {
            orders: 2,
            delivered: 1,
            refunded_orders: 1,
            spent: credits(5000),
            refunded: credits(7000),
            ..Costs::default()
        };
        let telegram = Costs {
            orders: 2,
            failed_orders: 1,
            open_orders: 1,
            refunded: credits(5000),
            held: credits(4000),
            ..Costs::default()
        };
        assert_eq!(report.groups[&Some("whatsapp".to_owned())], whatsapp);
        assert_eq!(report.groups[&Some("telegram".to_owned())], telegram);
        let names = |by| Report::of(&orders, by).groups.into_keys().map(Option::unwrap_or_default).collect::<Vec<_>>();
        assert_eq!(names(By::Country), ["GH", "NG"]);
        assert_eq!(names(By::Tag), ["", "project:crm", "team:a"]);
        assert_eq!(names(By::Key), [""], "bought in a session");
        let by_tag = Report::of(&orders, By::Tag);
        assert_eq!(by_tag.groups[&Some("team:a".to_owned())].orders, 2, "an order counts for each label");
        assert_eq!(by_tag.total, report.total);
    }

    #[test]
    fn included_verifications_and_overage_are_apart() {
        let usage = |status, included: i64| {
            let line = |units, usage| Line { usage: Some(usage), ..Line::new("sms", Credits::from_units(units)) };
            let lines = vec![line(included, LineUsage::Included), line(6_800 - included, LineUsage::Overage)];
            let lines = lines.into_iter().filter(|line| line.amount.is_positive()).collect();
            let included = Credits::from_units(included);
            CostedOrder { included, lines, ..order(status, 6_800, "whatsapp", "GH", &[]) }
        };
        let orders = [
            usage(Status::Completed, 4_500),
            usage(Status::Completed, 6_800),
            usage(Status::Waiting, 0),
            usage(Status::Refunded, 4_500),
            usage(Status::Failed, 4_500),
        ];
        let Costs { spent, held, refunded, included_orders, included, overage, .. } =
            Report::of(&orders, By::Day).total;
        let sums = [spent, held, refunded, included, overage].map(Credits::units);
        assert_eq!((sums, included_orders), ([2_300, 6_800, 4_600, 11_300, 9_100], 2));
        assert_eq!(Report::of(&orders, By::Day).groups.into_keys().next().flatten().as_deref(), Some("1970-01-01"));
    }

    proptest! {
        #[test]
        fn the_groups_of_a_report_add_up(
            drawn in proptest::collection::vec((0_usize..6, 0_i64..100_000, 0_usize..3, any::<bool>()), 0..60),
        ) {
            let statuses = [
                Status::Requesting, Status::Waiting, Status::Cancelling, Status::Completed, Status::Refunded, Status::Failed,
            ];
            let orders: Vec<_> = drawn.iter().map(|(status, price, place, is_tagged)| {
                let (service, country) = [("whatsapp", "GH"), ("telegram", "NG"), ("whatsapp", "NG")][*place];
                let tags: &[(&str, &str)] = if *is_tagged { &[("project", "crm")] } else { &[] };
                order(statuses[*status], *price, service, country, tags)
            }).collect();
            let prices: i64 = orders.iter().map(|order| order.price.units()).sum();
            for by in [By::Day, By::Service, By::Country, By::Tag, By::Key] {
                let report = Report::of(&orders, by);
                let sum = |part: fn(&Costs) -> i64| report.groups.values().map(part).sum::<i64>();
                let parts: [fn(&Costs) -> i64; 8] = [
                    |costs| costs.orders.into(),
                    |costs| costs.delivered.into(),
                    |costs| costs.refunded_orders.into(),
                    |costs| costs.failed_orders.into(),
                    |costs| costs.open_orders.into(),
                    |costs| costs.spent.units(),
                    |costs| costs.refunded.units(),
                    |costs| costs.held.units(),
                ];
                for part in parts {
                    prop_assert_eq!(sum(part), part(&report.total), "no order has two of the same kind of label here");
                }
                let Costs { orders: all, delivered, refunded_orders, failed_orders, open_orders, .. } = report.total;
                prop_assert_eq!(all, delivered + refunded_orders + failed_orders + open_orders);
                let Costs { spent, refunded, held, .. } = report.total;
                prop_assert_eq!(spent.units() + refunded.units() + held.units(), prices, "each price is in one sum");
            }
        }
    }
}
