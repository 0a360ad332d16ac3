//! How many random steps a property takes, and from which seed.

use proptest::test_runner::{Config, RngSeed};
use std::env;

/// The mean length of a run: lengths are drawn from 1 to twice this.
const MEAN_LENGTH: u32 = 100;
/// The longest run.
pub const LONGEST: usize = 199;
/// What `make test` takes.
const STEPS: u32 = 10_000;
/// Always the same runs in `make test`, so that a red build is red again; a soak draws new ones.
const SEED: u64 = 20_261_121;

/// About 10,000 steps, always the same. `SOAK_STEPS` takes so many random ones instead; proptest's own variables
/// (`PROPTEST_CASES`, `PROPTEST_RNG_SEED`) go before both.
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

/// Whether so many runs are taken that every case of a table must have come up.
pub fn is_thorough(config: &Config) -> bool {
    config.cases >= STEPS / MEAN_LENGTH
}
