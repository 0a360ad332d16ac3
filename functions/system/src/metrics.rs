//! `GET /api/v1/metrics` - returns the service's own metrics for Prometheus.

use crate::exposition::{Exposition, Kind, MEDIA_TYPE};
use api::{
    Caller, Problem, access,
    axum::{extract::State, response::IntoResponse},
};
use domain::{ledger::Account, selling::SalesRules};
use futures_util::future::try_join_all;
use http::header::CONTENT_TYPE;
use runtime::{Backlog, Context};
use store::{CatalogVersion, HouseSum, StatusCount, SupplierHealth, SupplierState};

access! {
    /// Read the service's metrics.
    ReadMetrics { needs: MetricsRead }
}

/// The values of all metrics.
#[derive(Debug, Default)]
struct MetricValues {
    version: String,
    stage: String,
    orders: Vec<StatusCount>,
    catalog: CatalogVersion,
    sales: SalesRules,
    suppliers: Vec<SupplierHealth>,
    house: Vec<(&'static str, HouseSum)>,
    queues: Vec<Backlog>,
}

/// Get metrics
///
/// Returns metrics in the Prometheus text format (0.0.4). Scrape them every 30 seconds at most.
#[utoipa::path(
    get, path = "/api/v1/metrics", operation_id = "get_metrics", tag = "system",
    responses((
        status = 200, description = "Metric families with help, type and samples.", body = String, content_type = "text/plain",
        example = "# TYPE verifications_total counter\nverifications_total{service=\"whatsapp\",status=\"completed\"} 42\n",
    )),
)]
pub async fn metrics(
    State(context): State<Context>,
    _caller: Caller<ReadMetrics>,
) -> Result<impl IntoResponse, Problem> {
    let text = rendered(&Box::pin(gathered(&context)).await?);
    Ok(([(CONTENT_TYPE, MEDIA_TYPE)], text))
}

async fn gathered(context: &Context) -> Result<MetricValues, Problem> {
    let (store, today) = (context.store(), context.now());
    let house = try_join_all(Account::HOUSE.map(|account| store.ledger().house_sum(account, today)));
    let queues = async { Ok(context.queues().await.backlogs().await) };
    let (orders, catalog, sales, suppliers, house, queues) = tokio::try_join!(
        store.catalog().order_counts(),
        store.catalog().version(),
        store.catalog().sales_rules(today),
        store.catalog().supplier_health(),
        house,
        queues,
    )?;
    // Metrics without the queues are better than none.
    let queues = queues.inspect_err(|error| tracing::warn!(%error, "metrics of the queues are missing"));
    let house = Account::HOUSE.iter().filter_map(|account| account.house_name()).zip(house).collect();
    Ok(MetricValues {
        version: context.config().version.clone(),
        stage: context.config().stage.clone(),
        orders,
        catalog,
        sales,
        suppliers,
        house,
        queues: queues.unwrap_or_default(),
    })
}

fn rendered(values: &MetricValues) -> String {
    let mut text = Exposition::default();

    let mut build = text.family("build_info", Kind::Gauge, "Deployed version and stage; always 1.");
    build.sample(&[("version", &values.version), ("stage", &values.stage)], 1);

    let help = "Ended verifications by service and final status.";
    let mut verifications = text.family("verifications_total", Kind::Counter, help);
    for StatusCount { service, status, count } in &values.orders {
        verifications.sample(&[("service", service), ("status", status)], count);
    }

    let help = "Catalog version; increases with every refresh that changes the catalog.";
    text.family("catalog_version", Kind::Gauge, help).sample(&[], values.catalog.version);
    let mut changed = text.family("catalog_changed_timestamp_seconds", Kind::Gauge, "Time of the last catalog change.");
    changed.sample(&[], values.catalog.at.epoch_seconds());

    let mut up = text.family("supplier_up", Kind::Gauge, "Whether the supplier answered its last check.");
    for row in &values.suppliers {
        up.sample(&[("supplier", row.supplier.as_str())], u8::from(row.state == SupplierState::Up));
    }
    let mut seen = text.family("supplier_seen_timestamp_seconds", Kind::Gauge, "Time of the supplier's last check.");
    for row in &values.suppliers {
        seen.sample(&[("supplier", row.supplier.as_str())], row.at.epoch_seconds());
    }
    let help = "Balance of our account at the supplier, in its currency.";
    let mut balance = text.family("supplier_balance", Kind::Gauge, help);
    for row in &values.suppliers {
        if let Some(amount) = row.balance {
            balance.sample(&[("supplier", row.supplier.as_str())], amount);
        }
    }

    let mut rate = text.family("exchange_rate_credits", Kind::Gauge, "Credits for one unit of a currency.");
    for (currency, set) in &values.sales.prices.rates {
        rate.sample(&[("currency", currency.as_str())], set.credits_per_unit);
    }
    let help = "Time at which the rate was set.";
    let mut since = text.family("exchange_rate_set_timestamp_seconds", Kind::Gauge, help);
    for (currency, set) in &values.sales.prices.rates {
        since.sample(&[("currency", currency.as_str())], set.as_of.epoch_seconds());
    }

    let help = "Received and paid by house accounts since midnight UTC, in ten-thousandths of a credit.";
    let mut house = text.family("ledger_house_units_total", Kind::Counter, help);
    for (account, sum) in &values.house {
        house.sample(&[("account", account), ("side", "received")], sum.received.units());
        house.sample(&[("account", account), ("side", "paid")], sum.paid.units());
    }

    let mut queues = text.family("queue_messages", Kind::Gauge, "Approximate number of messages in a queue.");
    for Backlog { queue, ready, delayed, in_flight } in &values.queues {
        for (state, count) in [("ready", ready), ("delayed", delayed), ("in_flight", in_flight)] {
            queues.sample(&[("queue", queue), ("state", state)], count);
        }
    }
    text.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Credits, Currency, Rating, SupplierId, SupplierMoney, Timestamp,
        pricing::{ExchangeRate, PriceRules},
    };

    #[test]
    fn values_become_samples() {
        let at = Timestamp::from_millis(1_795_255_200_000);
        let rate = ExchangeRate { credits_per_unit: Credits::from_units(62), as_of: at };
        let rates = [(Currency::new("RUB"), rate)].into();
        let values = MetricValues {
            version: "0.1.0".to_owned(),
            stage: "local".to_owned(),
            orders: vec![StatusCount { service: "whatsapp".into(), status: "completed".into(), count: 42 }],
            catalog: CatalogVersion { version: 7, at },
            sales: SalesRules { prices: PriceRules { rates, ..PriceRules::default() }, ..SalesRules::default() },
            suppliers: vec![SupplierHealth {
                supplier: SupplierId::new("5sim"),
                state: SupplierState::Down,
                error: Some("out_of_funds".into()),
                balance: Some(SupplierMoney::from_micros(12_500_000)),
                rating: Some(Rating::from_hundredths(9_585)),
                at,
            }],
            house: vec![("revenue", HouseSum { received: Credits::from_units(5_000), paid: Credits::default() })],
            queues: vec![Backlog { queue: "polls".into(), ready: 1, delayed: 2, in_flight: 3 }],
        };
        let text = rendered(&values);
        for line in [
            r#"build_info{version="0.1.0",stage="local"} 1"#,
            r#"verifications_total{service="whatsapp",status="completed"} 42"#,
            "catalog_version 7",
            "catalog_changed_timestamp_seconds 1795255200",
            r#"supplier_up{supplier="5sim"} 0"#,
            r#"supplier_balance{supplier="5sim"} 12.5"#,
            r#"exchange_rate_credits{currency="RUB"} 0.0062"#,
            r#"exchange_rate_set_timestamp_seconds{currency="RUB"} 1795255200"#,
            r#"ledger_house_units_total{account="revenue",side="received"} 5000"#,
            r#"ledger_house_units_total{account="revenue",side="paid"} 0"#,
            r#"queue_messages{queue="polls",state="in_flight"} 3"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        // Every sample follows the TYPE line of its own family.
        let mut family = "";
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                family = rest.split(' ').next().unwrap();
            } else if !line.starts_with('#') {
                assert_eq!(line.split(['{', ' ']).next().unwrap(), family);
            }
        }
    }
}
