//! Logs and metrics: JSON lines on standard output, which Lambda forwards to CloudWatch.
//!
//! Logs contain identifiers, kinds and times, never a secret, a code, a phone number or a message.
//! Metrics are events with the target `metric` (`name`, `value`, `unit`, optionally `class` or `supplier`).
//! They become lines of the CloudWatch embedded metric format, so any crate can count without knowing
//! CloudWatch. An event with `took` and `kind` also records `Took` in the same line. The only dimensions are
//! `Class`, `Supplier` and `Kind`, because each value costs money every month.

use serde_json::{Value, json};
use std::io::Write;
use tracing::{Event, Subscriber, field::Visit};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets, filter_fn},
    layer::Context as LayerContext,
    prelude::*,
};

/// The CloudWatch namespace.
const NAMESPACE: &str = "Namaskah";
/// The target of events that are metrics.
const METRIC: &str = "metric";

/// Prefixes of the log targets of our crates, which are the names of their libraries. A binary's target is its own
/// name.
const OURS: [&str; 14] = [
    "namaskah_",
    "orders",
    "suppliers",
    "staff",
    "mail",
    "accounts",
    "tokens",
    "billing",
    "buckets",
    "gateways",
    "reconciliation",
    "invoice_files",
    "supplier_call",
    "gateway_call",
];

/// Starts logging (`LOG_LEVEL`, default `info`).
pub fn start() {
    let level = std::env::var("LOG_LEVEL").unwrap_or_default();
    let logs = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_filter(levels(level.parse().unwrap_or(LevelFilter::INFO)))
        .with_filter(filter_fn(|metadata| metadata.target() != METRIC));
    let metrics = EmfLayer.with_filter(filter_fn(|metadata| metadata.target() == METRIC));
    // A second start (in tests) keeps the first subscriber.
    let _ = tracing_subscriber::registry().with(logs).with(metrics).try_init();
}

/// Shows our own events from this level on, and only warnings of others. The SDK's debug events contain
/// whole requests, with keys and codes.
fn levels(ours: LevelFilter) -> Targets {
    let binary = crate::binary_name();
    let targets = OURS.into_iter().map(str::to_owned).chain((!binary.is_empty()).then_some(binary));
    Targets::new().with_default(ours.min(LevelFilter::WARN)).with_targets(targets.map(|target| (target, ours)))
}

/// Counts without a class.
pub fn count(name: &'static str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Count");
}

/// Counts by class (`2xx`, `throttled` …). There must be few classes, all known beforehand.
pub fn count_class(name: &'static str, class: &str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Count", class);
}

/// Logs and counts that a limit rejects a request: the limit, and whose it is. The line is in the span of the request,
/// so the request's id finds it.
pub fn limit_rejects(limit: &'static str, of: &'static str) {
    tracing::info!(limit, of, "a limit rejects a request");
    count_class("LimitRejections", &format!("{limit}_of_{of}"), 1);
}

/// The kind of a request. Each kind has its own latency alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing.
    Read,
    /// Signs in or changes the account, often with a password, whose check is slow by design.
    SignIn,
    /// Changes something, possibly at a supplier.
    Purchase,
}

/// Counts an answered request by status class and, unless it waited by design, records its duration in
/// milliseconds in the same line.
pub fn request(class: &str, took: Option<(Kind, u64)>) {
    let kind = took.map(|(kind, _)| match kind {
        Kind::Read => "read",
        Kind::SignIn => "sign_in",
        Kind::Purchase => "purchase",
    });
    let took = took.map(|(_, millis)| millis);
    tracing::info!(target: "metric", name = "Requests", value = 1_u64, unit = "Count", class, took, kind);
}

/// Records a share in percent.
pub fn percent(name: &'static str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Percent");
}

/// Records a duration in seconds.
pub fn seconds(name: &'static str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Seconds");
}

/// Records a current value of one supplier.
pub fn gauge_supplier(name: &'static str, supplier: &str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "None", supplier);
}

struct EmfLayer;

impl<S: Subscriber> Layer<S> for EmfLayer {
    fn on_event(&self, event: &Event<'_>, _context: LayerContext<'_, S>) {
        let mut metric = Metric::default();
        event.record(&mut metric);
        let line = metric.line(crate::Clock.now().millis());
        // Nothing can be done about a closed standard output.
        let _ = writeln!(std::io::stdout().lock(), "{line}");
    }
}

#[derive(Default)]
struct Metric {
    name: String,
    value: u64,
    unit: String,
    class: Option<String>,
    supplier: Option<String>,
    took: Option<u64>,
    kind: Option<String>,
}

impl Visit for Metric {
    fn record_u64(&mut self, field: &tracing::field::Field, value: u64) {
        match field.name() {
            "value" => self.value = value,
            "took" => self.took = Some(value),
            _ => {}
        }
    }

    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        match field.name() {
            "name" => value.clone_into(&mut self.name),
            "unit" => value.clone_into(&mut self.unit),
            "class" => self.class = Some(value.to_owned()),
            "supplier" => self.supplier = Some(value.to_owned()),
            "kind" => self.kind = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_debug(&mut self, _field: &tracing::field::Field, _value: &dyn std::fmt::Debug) {}
}

impl Metric {
    fn line(&self, millis: i64) -> Value {
        let dimensions = [("Class", &self.class), ("Supplier", &self.supplier)];
        let dimension = dimensions.into_iter().find_map(|(name, value)| Some((name, value.as_deref()?)));
        let mut metrics = vec![declared(dimension.map(|(name, _)| name), &self.name, &self.unit)];
        let mut line = json!({});
        line[&self.name] = self.value.into();
        if let Some((name, value)) = dimension {
            line[name] = value.into();
        }
        if let (Some(took), Some(kind)) = (self.took, &self.kind) {
            metrics.push(declared(Some("Kind"), "Took", "Milliseconds"));
            line["Took"] = took.into();
            line["Kind"] = kind.as_str().into();
        }
        line["_aws"] = json!({ "Timestamp": millis, "CloudWatchMetrics": metrics });
        line
    }
}

/// The declaration of a metric in the embedded metric format, with at most one dimension.
fn declared(dimension: Option<&str>, name: &str, unit: &str) -> Value {
    let dimensions: Vec<_> = dimension.into_iter().collect();
    json!({ "Namespace": NAMESPACE, "Dimensions": [dimensions], "Metrics": [{ "Name": name, "Unit": unit }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_all_our_libraries_are_shown() {
        let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut seen = 0;
        for folder in std::fs::read_dir(shared).unwrap() {
            let Ok(manifest) = std::fs::read_to_string(folder.unwrap().path().join("Cargo.toml")) else { continue };
            let name = |after: &str| {
                let (_, rest) = manifest.split_once(after)?;
                rest.split('"').nth(1).map(|name| name.replace('-', "_"))
            };
            let library = name("[lib]\nname = ").or_else(|| name("[package]\nname = ")).unwrap();
            assert!(OURS.iter().any(|prefix| library.starts_with(prefix)), "{library} logs nothing below warnings");
            seen += 1;
        }
        assert!(seen >= 8, "{seen} crates");
    }

    #[test]
    fn debug_events_of_other_crates_are_never_shown() {
        use tracing::Level;
        for (level, target, shown, hidden) in [
            (LevelFilter::TRACE, "namaskah_store::commit", Some(Level::TRACE), None),
            (LevelFilter::INFO, "namaskah_store::commit", Some(Level::INFO), Some(Level::DEBUG)),
            (LevelFilter::INFO, "supplier_call", Some(Level::INFO), Some(Level::DEBUG)),
            (LevelFilter::TRACE, "aws_sdk_dynamodb::operation", Some(Level::WARN), Some(Level::INFO)),
            (LevelFilter::TRACE, "hyper", Some(Level::WARN), Some(Level::INFO)),
            (LevelFilter::ERROR, "aws_config", Some(Level::ERROR), Some(Level::WARN)),
        ] {
            let levels = levels(level);
            assert!(shown.is_none_or(|shown| levels.would_enable(target, &shown)), "{target} at {level}");
            assert!(hidden.is_none_or(|hidden| !levels.would_enable(target, &hidden)), "{target} at {level}");
        }
    }

    #[test]
    fn a_metric_is_an_embedded_metric_format_line() {
        let metric = Metric { name: "Requests".into(), value: 1, unit: "Count".into(), ..Metric::default() };
        let line = Metric { class: Some("2xx".into()), ..metric }.line(7);
        let declared = json!([
            { "Namespace": "Namaskah", "Dimensions": [["Class"]], "Metrics": [{ "Name": "Requests", "Unit": "Count" }] },
        ]);
        let aws = json!({ "Timestamp": 7, "CloudWatchMetrics": declared });
        assert_eq!(line, json!({ "_aws": aws, "Requests": 1, "Class": "2xx" }));
    }

    #[test]
    fn a_metric_without_a_class_has_an_empty_set_of_dimensions() {
        let lines = written(|| count("LedgerConflicts", 1));
        assert_eq!(lines[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"], json!([[]]));
    }

    #[test]
    fn a_value_of_a_supplier_has_its_name_as_its_dimension() {
        let lines = written(|| gauge_supplier("SupplierUp", "5sim", 1));
        assert_eq!((&lines[0]["SupplierUp"], &lines[0]["Supplier"]), (&json!(1), &json!("5sim")));
        assert_eq!(lines[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"], json!([["Supplier"]]));
        assert_eq!(lines[0].get("Class"), None);
    }

    #[test]
    fn a_request_is_counted_and_timed_in_one_line() {
        let lines = written(|| request("4xx", Some((Kind::Purchase, 1200))));
        let [line] = lines.as_slice() else { panic!("one line: {lines:?}") };
        assert_eq!((&line["Requests"], &line["Class"]), (&json!(1), &json!("4xx")));
        assert_eq!((&line["Took"], &line["Kind"]), (&json!(1200), &json!("purchase")));
        let declared = &line["_aws"]["CloudWatchMetrics"];
        assert_eq!((&declared[0]["Dimensions"], &declared[1]["Dimensions"]), (&json!([["Class"]]), &json!([["Kind"]])));
        assert_eq!(declared[1]["Metrics"], json!([{ "Name": "Took", "Unit": "Milliseconds" }]));
    }

    #[test]
    fn a_rejection_names_the_limit_and_whose_it_is() {
        let lines = written(|| limit_rejects("attempts", "network"));
        let counted: Vec<_> = lines.iter().filter(|line| line["LimitRejections"] == 1).collect();
        assert_eq!(counted.len(), 1, "{lines:?}");
        assert_eq!(counted[0]["Class"], "attempts_of_network");
    }

    #[test]
    fn a_long_poll_is_counted_without_its_duration() {
        let lines = written(|| request("2xx", None));
        assert_eq!(lines[0]["Requests"], 1);
        assert_eq!(lines[0].get("Took"), None);
        assert_eq!(lines[0]["_aws"]["CloudWatchMetrics"].as_array().unwrap().len(), 1);
    }

    /// The lines of the metrics that this emits.
    fn written(emit: impl FnOnce()) -> Vec<Value> {
        struct Kept(std::sync::Arc<std::sync::Mutex<Vec<Value>>>);
        impl<S: Subscriber> Layer<S> for Kept {
            fn on_event(&self, event: &Event<'_>, _context: LayerContext<'_, S>) {
                let mut metric = Metric::default();
                event.record(&mut metric);
                self.0.lock().unwrap().push(metric.line(7));
            }
        }
        let lines = std::sync::Arc::default();
        let layer = Kept(std::sync::Arc::clone(&lines));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), emit);
        let kept = lines.lock().unwrap();
        kept.clone()
    }
}
