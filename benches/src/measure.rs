//! Scenarios, measured over fresh processes: the median of each figure, and the best of those that budgets are about.

use crate::{
    Fault,
    fixtures::{self, Recorded},
    lambda::{Call, Function, Process},
    units::Units,
    wire::{Spent, Wire},
};
use serde_json::Value;
use std::{path::Path, sync::Arc, time::Duration};

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Fresh processes for each scenario.
    pub processes: usize,
    /// Calls of each process, the first one included.
    pub calls: u64,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The scenario.
    pub name: &'static str,
    /// From the start to the first `next`.
    pub init: Duration,
    /// The same in the fastest process: what the machine did besides only adds to it, so budgets are held to this.
    pub best_init: Duration,
    /// Likewise of [`Self::own`].
    pub best_own: Duration,
    /// The part of it in which its main thread had a processor.
    pub init_on_cpu: Duration,
    /// The first call.
    pub first: Duration,
    /// Half of the calls are faster.
    pub p50: Duration,
    /// All but one in a hundred calls are faster.
    pub p99: Duration,
    /// The median call without the wire's time.
    pub own: Duration,
    /// Peak memory.
    pub kilobytes: u32,
    /// The most AWS calls that a call made after the first.
    pub aws: usize,
    /// SQS requests among them.
    pub queue: usize,
    /// Supplier calls, likewise.
    pub supplier: u32,
    /// Capacity units, likewise.
    pub units: Units,
    /// Items of the largest transaction, likewise.
    pub transaction: usize,
    /// Log bytes a call, the first one included.
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
    last: Spent,
}

/// The middle one; the upper of two.
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

/// Measures scenarios of [`Recorded::scenario`], each with the function that serves it. In rounds, one process of each scenario
/// after the other: a machine that is slow for some seconds is slow for all of them alike.
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
            samples.push(sample(&function, &wire, effort.calls, |number| match *name {
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
        aws: lasts().map(|spent| spent.aws.len()).max().unwrap_or_default(),
        queue: lasts()
            .map(|s| s.aws.iter().filter(|call| call.starts_with("AmazonSQS")).count())
            .max()
            .unwrap_or_default(),
        supplier: lasts().map(|spent| spent.supplier).max().unwrap_or_default(),
        units: lasts().map(|spent| spent.units).max().unwrap_or_default(),
        transaction: lasts().map(|spent| spent.transaction).max().unwrap_or_default(),
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
    let (mut totals, mut owns, mut last) = (Vec::new(), Vec::new(), Spent::default());
    for number in 1..calls {
        let call = checked(process.call(&event(number)?)?)?;
        totals.push(call.total);
        owns.push(call.own);
        last = call.spent;
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

/// The call, if its answer is a good one: a measured failure would look fast.
fn checked(call: Call) -> Result<Call, Fault> {
    let answer: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    match answer["statusCode"].as_u64() {
        Some(200 | 201) | None => Ok(call),
        Some(_) => Err(format!("a call was answered {answer}; it asked for {:?}", call.spent.aws).into()),
    }
}

/// Start and memory of any function, for comparisons: after so many calls of this event.
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
