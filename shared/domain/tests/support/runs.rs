//! The number of random steps of a property test, and the seed.

use proptest::test_runner::{Config, RngSeed};
use std::env;

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
