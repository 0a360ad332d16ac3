//! Logs and metrics: JSON lines on standard output, which Lambda hands to CloudWatch.
//!
//! Logs hold identifiers, kinds and times, never a secret, a code, a phone number or a message. Metrics are events with the
//! target `metric` (`name`, `value`, `unit`, optionally `class`) and become CloudWatch embedded metric format lines, so that
//! any crate can count without knowing CloudWatch. The only dimension is `Class`: each value costs money every month.

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

/// What our libraries log under; a binary logs under its own name.
const OURS: [&str; 2] = ["namaskah_", "supplier_call"];

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

/// Our own events from this level on. Of others only warnings: the SDK's finer ones hold whole requests, with keys and codes.
fn levels(ours: LevelFilter) -> Targets {
    let binary = crate::binary_name();
    let targets = OURS.into_iter().map(str::to_owned).chain((!binary.is_empty()).then_some(binary));
    Targets::new().with_default(ours.min(LevelFilter::WARN)).with_targets(targets.map(|target| (target, ours)))
}

/// Counts something that has no class.
pub fn count(name: &'static str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Count");
}

/// Counts something by class (`2xx`, `throttled` …): few values, known beforehand.
pub fn count_class(name: &'static str, class: &str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Count", class);
}

/// Records a span of time in seconds.
pub fn seconds(name: &'static str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "Seconds");
}

/// Records how much there is of something at this moment, in whole units.
pub fn gauge(name: &'static str, value: u64) {
    tracing::info!(target: "metric", name, value, unit = "None");
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
}

impl Visit for Metric {
    fn record_u64(&mut self, field: &tracing::field::Field, value: u64) {
        if field.name() == "value" {
            self.value = value;
        }
    }

    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        match field.name() {
            "name" => value.clone_into(&mut self.name),
            "unit" => value.clone_into(&mut self.unit),
            "class" => self.class = Some(value.to_owned()),
            _ => {}
        }
    }

    fn record_debug(&mut self, _field: &tracing::field::Field, _value: &dyn std::fmt::Debug) {}
}

impl Metric {
    fn line(&self, millis: i64) -> serde_json::Value {
        let dimensions = if self.class.is_some() { serde_json::json!([["Class"]]) } else { serde_json::json!([[]]) };
        let mut line = serde_json::json!({
            "_aws": {
                "Timestamp": millis,
                "CloudWatchMetrics": [{
                    "Namespace": NAMESPACE,
                    "Dimensions": dimensions,
                    "Metrics": [{ "Name": self.name, "Unit": self.unit }],
                }],
            },
        });
        line[&self.name] = self.value.into();
        if let Some(class) = &self.class {
            line["Class"] = class.as_str().into();
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_level_shows_nothing_of_what_others_log() {
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
        let metric = Metric { name: "Requests".into(), value: 1, unit: "Count".into(), class: Some("2xx".into()) };
        let line = metric.line(7);
        assert_eq!(line["Requests"], 1);
        assert_eq!(line["Class"], "2xx");
        assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Dimensions"], serde_json::json!([["Class"]]));
        assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Namespace"], "Namaskah");
    }
}
