//! The metrics that code in the test's process emits.

use std::{cell::RefCell, collections::BTreeMap, fmt::Debug, sync::Once};
use tracing::{Event, Subscriber, field::Field};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

/// The fields of one metric.
pub type Fields = BTreeMap<String, String>;

thread_local! {
    /// The metrics of this thread, which is one test's own.
    static METRICS: RefCell<Vec<Fields>> = const { RefCell::new(Vec::new()) };
}

/// Collects all metrics. There is one subscriber per process, because with one per thread, a call site that
/// another thread reaches first would be disabled for all.
struct Keep;

impl<S: Subscriber> Layer<S> for Keep {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut |field: &Field, value: &dyn Debug| {
            fields.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
        });
        if event.metadata().target() == "metric" {
            METRICS.with_borrow_mut(|metrics| metrics.push(fields));
        }
    }
}

/// Collects the metrics of each thread from now on.
pub fn start() {
    static START: Once = Once::new();
    START.call_once(|| tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Keep)).unwrap());
    METRICS.take();
}

/// The metrics of this thread since the last call.
pub fn take() -> Vec<Fields> {
    METRICS.take()
}
