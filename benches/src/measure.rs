//! Measures scenarios over fresh processes: the median of each figure, and the best of those that
//! have budgets.

use crate::{
    Fault,
    fixtures::{self, Recorded},
    lambda::{Call, Function, Process},
    units::Units,
    wire::{Usage, Wire},
};
use serde_json::Value;
use std::{path::Path, sync::Arc, time::Duration};

/// The number of repeats.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Fresh processes per scenario.
    pub processes: usize,
    /// Calls per process, including the first one.
    pub calls: u64,
}

/// The measurements of a scenario.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The scenario.
    pub name: &'static str,
    /// Time from the start to the first `next`.
    pub init: Duration,
    /// The same in the fastest process. Other load on the machine only adds time, so budgets apply
    /// to this figure.
    pub best_init: Duration,
    /// The same for [`Self::own`].
    pub best_own: Duration,
    /// The part of [`Self::init`] in which the main thread had a processor.
    pub init_on_cpu: Duration,
    /// The first call.
    pub first: Duration,
    /// Median of the calls.
    pub p50: Duration,
    /// 99th percentile of the calls.
    pub p99: Duration,
    /// Median of the calls without the time of the fake services.
    pub own: Duration,
    /// Peak memory.
    pub kilobytes: u32,
    /// AWS calls of the last call, the maximum over the processes.
    pub aws: usize,
    /// SQS requests among them.
    pub queue: usize,
    /// Supplier calls, by the same rule.
    pub supplier: u32,
    /// Capacity units, by the same rule.
    pub units: Units,
    /// Items of the largest transaction, by the same rule.
    pub transaction: usize,
    /// Log bytes per call, including the first one.
    pub log_bytes: u64,
}

struct Sample {
    init: Duration,
    init_on_cpu: Duration,
    first: Duration,
    totals: Vec<Duration>,
    owns: Vec<Duration>,
    kilobytes: u32,
    log_bytes: u64,
    last: Usage,
}

/// The median; the upper one of two.
pub fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

fn percentile(values: &[Duration], percent: usize) -> Duration {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(rank).copied().unwrap_or_default()
}

/// Measures scenarios of [`Recorded::scenario`], each with the function that serves it. It runs in
/// rounds of one process per scenario, so that a slow phase of the machine affects all scenarios
/// alike.
pub fn measure(
    binaries: &Path,
    recorded: &Recorded,
    scenarios: &[(&'static str, &str)],
    effort: Effort,
) -> Result<Vec<Figures>, Fault> {
    let mut samples: Vec<Vec<Sample>> = scenarios.iter().map(|_| Vec::new()).collect();
    for _ in 0..effort.processes {
        for ((name, handler), samples) in scenarios.iter().zip(&mut samples) {
            let function = fixtures::function(binaries, handler);
            let (wire, event) = recorded.scenario(name)?;
            // The hashes of a sign-in take long enough to be measured by few calls.
            let calls = if *name == "login" { effort.calls.min(41) } else { effort.calls };
            samples.push(sample(&function, &wire, calls, |number| match *name {
                "create" => fixtures::create_event(number),
                _ => Ok(event.clone()),
            })?);
        }
    }
    Ok(scenarios.iter().zip(samples).map(|((name, _), samples)| figures(name, &samples)).collect())
}

fn figures(name: &'static str, samples: &[Sample]) -> Figures {
    let of = |figure: fn(&Sample) -> Duration| median(samples.iter().map(figure).collect()).unwrap_or_default();
    let best = |figure: fn(&Sample) -> Duration| samples.iter().map(figure).min().unwrap_or_default();
    let lasts = || samples.iter().map(|sample| &sample.last);
    Figures {
        name,
        best_init: best(|s| s.init),
        best_own: best(|s| percentile(&s.owns, 50)),
        init: of(|s| s.init),
        init_on_cpu: of(|s| s.init_on_cpu),
        first: of(|s| s.first),
        p50: of(|s| percentile(&s.totals, 50)),
        p99: of(|s| percentile(&s.totals, 99)),
        own: of(|s| percentile(&s.owns, 50)),
        kilobytes: median(samples.iter().map(|s| s.kilobytes).collect()).unwrap_or_default(),
        aws: lasts().map(|usage| usage.aws.len()).max().unwrap_or_default(),
        queue: lasts()
            .map(|s| s.aws.iter().filter(|call| call.starts_with("AmazonSQS")).count())
            .max()
            .unwrap_or_default(),
        supplier: lasts().map(|usage| usage.supplier).max().unwrap_or_default(),
        units: lasts().map(|usage| usage.units).max().unwrap_or_default(),
        transaction: lasts().map(|usage| usage.transaction).max().unwrap_or_default(),
        log_bytes: median(samples.iter().map(|s| s.log_bytes).collect()).unwrap_or_default(),
    }
}

fn sample(
    function: &Function,
    wire: &Arc<Wire>,
    calls: u64,
    event: impl Fn(u64) -> Result<Value, Fault>,
) -> Result<Sample, Fault> {
    let mut process = Process::start(function, wire)?;
    let first = checked(process.call(&event(0)?)?)?;
    let (mut totals, mut owns, mut last) = (Vec::new(), Vec::new(), Usage::default());
    for number in 1..calls {
        let call = checked(process.call(&event(number)?)?)?;
        totals.push(call.total);
        owns.push(call.own);
        last = call.usage;
    }
    Ok(Sample {
        init: process.init,
        init_on_cpu: process.init_on_cpu,
        first: first.total,
        totals,
        owns,
        kilobytes: process.peak_kilobytes()?,
        log_bytes: process.log_bytes_a_call(),
        last,
    })
}

/// Returns the call if its answer is a success: a failed call would look fast.
fn checked(call: Call) -> Result<Call, Fault> {
    let answer: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    match answer["statusCode"].as_u64() {
        Some(200 | 201) | None => Ok(call),
        Some(_) => Err(format!("a call was answered {answer}; it asked for {:?}", call.usage.aws).into()),
    }
}

/// Start time, peak memory, first call and median call of a function, over this many purchases.
pub fn start_and_memory(function: &Function, calls: u64) -> Result<(Duration, u32, Duration, Duration), Fault> {
    let wire = Wire::start(fixtures::tables()?)?;
    let sample = sample(function, &wire, calls, fixtures::create_event)?;
    Ok((sample.init, sample.kilobytes, sample.first, percentile(&sample.totals, 50)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let all: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&all, 50), Duration::from_millis(50));
        assert_eq!(percentile(&all, 99), Duration::from_millis(99));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
        assert_eq!(median(vec![3, 1, 2]), Some(2));
    }
}
