//! Delivery statistics: how often and how fast an offer delivers, measured on our own orders, with
//! the uncertainty of small samples.

use crate::Credits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Upper bounds, in seconds, of the histogram of times to code; the last class is open.
pub const TIME_CLASSES: [u32; 16] = [2, 3, 5, 7, 10, 14, 20, 28, 40, 60, 90, 130, 200, 300, 600, 1200];

/// Delivery counters of an offer. Many writers may add to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCounts {
    /// Orders that received a message.
    pub delivered: u64,
    /// Orders without a message: ended at the deadline, by the supplier, or by a cancel after the
    /// offer's median time to code.
    pub missed: u64,
    /// Deliveries by time to code, in the classes of [`TIME_CLASSES`].
    pub times: [u64; TIME_CLASSES.len()],
}

/// The outcome of an order for the statistics of its offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first message arrived.
    Delivered {
        /// Seconds from the purchase to the message.
        seconds: u64,
    },
    /// No message arrived.
    Missed,
}

/// A success rate with its confidence interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SuccessRate {
    /// Delivered orders divided by counted orders, 0 to 1; null if none was counted.
    pub rate: Option<f64>,
    /// Number of counted orders.
    pub n: u64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
    /// Median time to code, in seconds.
    pub median_s: Option<u32>,
    /// 90th percentile of the time to code, in seconds.
    pub p90_s: Option<u32>,
}

/// The histogram class of a time to code.
pub fn time_class(seconds: u64) -> usize {
    TIME_CLASSES.iter().position(|&bound| seconds <= u64::from(bound)).unwrap_or(TIME_CLASSES.len() - 1)
}

impl DeliveryCounts {
    /// Adds other counters to these.
    pub fn merge(&mut self, other: &Self) {
        self.delivered += other.delivered;
        self.missed += other.missed;
        for (mine, theirs) in self.times.iter_mut().zip(other.times) {
            *mine += theirs;
        }
    }

    /// A percentile of the time to code, as the upper bound of its class.
    pub fn quantile_seconds(&self, percent: u64) -> Option<u32> {
        let total: u64 = self.times.iter().sum();
        let wanted = (total * percent).div_ceil(100);
        let mut seen = 0;
        TIME_CLASSES.iter().zip(self.times).find_map(|(&bound, count)| {
            seen += count;
            (total > 0 && seen >= wanted.max(1)).then_some(bound)
        })
    }

    /// The expected cost of one delivered code at this price: price ÷ (delivered + 2) × (counted +
    /// 4), rounded up; `None` on overflow.
    ///
    /// The estimated rate is the centre of the 95 % interval (Agresti and Coull 1998), so a small
    /// sample moves it little: no order gives 1/2, one code of one order 3/5, ninety of a hundred
    /// 92/104. The lower end of the interval would rank an offer that delivered its only order
    /// below one that was never tried.
    pub fn expected_cost(&self, price: Credits) -> Option<Credits> {
        let counted = self.delivered.checked_add(self.missed)?.checked_add(4)?;
        let delivered = self.delivered.checked_add(2)?;
        price.scale_up(i64::try_from(counted).ok()?, i64::try_from(delivered).ok()?)
    }

    /// The success rate with its interval and times.
    pub fn success(&self) -> SuccessRate {
        let n = self.delivered + self.missed;
        let (low, high) = wilson_95(self.delivered, n);
        SuccessRate {
            rate: (n > 0).then(|| round3(as_f64(self.delivered) / as_f64(n))),
            n,
            low: round3(low),
            high: round3(high),
            median_s: self.quantile_seconds(50),
            p90_s: self.quantile_seconds(90),
        }
    }
}

/// The 95 % Wilson score interval of a rate; `(0, 1)` for no sample.
pub fn wilson_95(successes: u64, n: u64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (as_f64(n), as_f64(successes.min(n)) / as_f64(n));
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

#[expect(clippy::cast_precision_loss, reason = "counts of orders stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

fn round3(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wilson_interval_agrees_with_published_values() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (successes, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, h) = wilson_95(successes, n);
            assert!((l - low).abs() < 1e-4 && (h - high).abs() < 1e-4, "{successes}/{n}: {l} {h}");
        }
        assert_eq!(wilson_95(0, 0), (0.0, 1.0));
    }

    #[test]
    fn a_code_costs_more_where_fewer_come() {
        let cost = |delivered, missed| {
            let counts = DeliveryCounts { delivered, missed, ..DeliveryCounts::default() };
            counts.expected_cost("0.5000".parse().unwrap()).map(|cost| cost.to_string())
        };
        for (delivered, missed, expected) in
            [(0, 0, "1.0000"), (1, 0, "0.8334"), (90, 10, "0.5653"), (0, 1, "1.2500"), (0, 96, "25.0000")]
        {
            assert_eq!(cost(delivered, missed).as_deref(), Some(expected), "{delivered}/{missed}");
        }
        assert_eq!(cost(u64::MAX, 1), None);
    }

    #[test]
    fn quantiles_name_the_class_that_covers_them() {
        let mut counts = DeliveryCounts::default();
        for seconds in [1, 4, 4, 9, 9, 9, 9, 25, 25, 700] {
            counts.times[time_class(seconds)] += 1;
            counts.delivered += 1;
        }
        assert_eq!(counts.quantile_seconds(50), Some(10));
        assert_eq!(counts.quantile_seconds(90), Some(28));
        assert_eq!(DeliveryCounts::default().success().rate, None);
        assert_eq!(time_class(100_000), TIME_CLASSES.len() - 1);
    }
}
