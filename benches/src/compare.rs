//! Compares with the same purchase as a plain function in other languages. The processes alternate.

use crate::{
    Fault, budget, fixtures,
    lambda::Function,
    measure::{median, start_and_memory},
};
use std::{path::Path, time::Duration};

const PAIRS: usize = 9;
const CALLS: u64 = 30;

/// The medians of one language.
pub struct LanguageResult {
    /// Its name.
    pub name: &'static str,
    /// Time from the start to the first `next`.
    pub init: Duration,
    /// Peak memory.
    pub kilobytes: u32,
    /// The first call.
    pub first: Duration,
    /// Median of the later calls.
    pub p50: Duration,
    /// Ratio of start times to Rust: the median of the pairs.
    pub slower: f64,
    /// Ratio of memory to Rust: the median of the pairs.
    pub larger: f64,
}

/// Measures Rust and each other language. The order within a pair alternates.
pub fn compare(binaries: &Path, sources: &Path, tools: &Path) -> Result<Vec<LanguageResult>, Fault> {
    let ours = fixtures::function(binaries, "verifications.create");
    let mut results = Vec::new();
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (python, node) = (tools.join("python/bin/python"), tools.join("node/function.mjs"));
    if !python.exists() || !node.exists() {
        return Err("Python and Node are not set up: run benches/setup.sh".into());
    }
    for (name, command) in [
        ("Python", vec![text(&python), "-m".to_owned(), "awslambdaric".to_owned(), "function.handler".to_owned()]),
        ("Node", vec!["node".to_owned(), text(&node)]),
    ] {
        let mut theirs = Function { command, handler: "function.handler".to_owned(), env: ours.env.clone() };
        theirs.env.push(("PYTHONPATH".to_owned(), text(&sources.join("python"))));
        theirs.env.push(("NODE_NO_WARNINGS".to_owned(), "1".to_owned()));
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for pair in 0..PAIRS {
            if pair % 2 == 0 {
                a.push(start_and_memory(&ours, CALLS)?);
                b.push(start_and_memory(&theirs, CALLS)?);
            } else {
                b.push(start_and_memory(&theirs, CALLS)?);
                a.push(start_and_memory(&ours, CALLS)?);
            }
        }
        let ratio = |of: fn(&(Duration, u32, Duration, Duration)) -> f64| {
            let mut ratios: Vec<f64> = a.iter().zip(&b).map(|(a, b)| of(b) / of(a)).collect();
            ratios.sort_by(f64::total_cmp);
            ratios[PAIRS / 2]
        };
        let result = |name, all: &[(Duration, u32, Duration, Duration)], slower, larger| LanguageResult {
            name,
            init: median(all.iter().map(|s| s.0).collect()).unwrap_or_default(),
            kilobytes: median(all.iter().map(|s| s.1).collect()).unwrap_or_default(),
            first: median(all.iter().map(|s| s.2).collect()).unwrap_or_default(),
            p50: median(all.iter().map(|s| s.3).collect()).unwrap_or_default(),
            slower,
            larger,
        };
        if results.is_empty() {
            results.push(result("Rust", &a, 1.0, 1.0));
        }
        results.push(result(name, &b, ratio(|s| s.0.as_secs_f64()), ratio(|s| f64::from(s.1))));
    }
    Ok(results)
}

/// The exceeded budgets of the comparison with Python, as sentences.
pub fn broken(results: &[LanguageResult]) -> Vec<String> {
    let python = results.iter().filter(|result| result.name == "Python");
    python
        .flat_map(|result| {
            let slow = (result.slower < budget::FASTER)
                .then(|| format!("init is {:.1} times faster than Python's, budget {}", result.slower, budget::FASTER));
            let large = (result.larger < budget::SMALLER).then(|| {
                format!("memory is {:.1} times less than Python's, budget {}", result.larger, budget::SMALLER)
            });
            slow.into_iter().chain(large)
        })
        .collect()
}
