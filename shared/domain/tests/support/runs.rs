//! The number of random steps of a property test, and the seed.

use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};
use std::{cell::RefCell, collections::BTreeMap, env, fmt::Debug};

/// The mean length of a run. Lengths are between 1 and twice this.
const MEAN_LENGTH: u32 = 100;
/// The longest run.
pub const LONGEST: usize = 199;
/// The number of steps of `make test`.
const STEPS: u32 = 10_000;
/// The fixed seed of `make test`, so that failures are reproducible. A soak test uses random seeds.
const SEED: u64 = 20_261_121;

/// About 10,000 steps, always the same, or `SOAK_STEPS` random ones. Proptest's own variables (`PROPTEST_CASES`,
/// `PROPTEST_RNG_SEED`) take precedence.
pub fn config() -> Config {
    let soak = env::var("SOAK_STEPS").ok().map(|text| text.parse::<u32>().expect("SOAK_STEPS is a whole number"));
    let set = |name| env::var_os(name).is_some();
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if !set("PROPTEST_CASES") {
        config.cases = soak.unwrap_or(STEPS).div_ceil(MEAN_LENGTH);
        if soak.is_none() && !set("PROPTEST_RNG_SEED") {
            config.rng_seed = RngSeed::Fixed(SEED);
        }
    }
    config
}

/// Whether there are enough runs for every case to occur.
pub fn is_thorough(config: &Config) -> bool {
    config.cases >= STEPS / MEAN_LENGTH
}

/// Checks a property with random acts. A run returns how often each of its cases occurred. With enough runs, all of
/// these cases must have.
pub fn each_case_occurs<A: Debug>(
    act: impl Strategy<Value = A>,
    all: &[&str],
    run: impl Fn(Vec<A>) -> Result<BTreeMap<String, u32>, TestCaseError>,
) {
    let config = config();
    let thorough = is_thorough(&config);
    let counts = RefCell::new(BTreeMap::<String, u32>::new());
    let outcome = TestRunner::new(config).run(&prop::collection::vec(act, 1..=LONGEST), |acts| {
        for (what, n) in run(acts)? {
            *counts.borrow_mut().entry(what).or_default() += n;
        }
        Ok(())
    });
    let counts = counts.into_inner();
    outcome.expect("every invariant holds");
    for what in all.iter().filter(|_| thorough) {
        assert!(counts.contains_key(*what), "{what} never occurred: {counts:?}");
    }
}
