//! Chance that repeats: the same seed gives the same week.

/// A generator of random numbers (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to 999,999.
    fn millionth(&mut self) -> u64 {
        self.next() % 1_000_000
    }

    /// True in `percent` of all cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.millionth() < percent * 10_000
    }

    /// True this many times a day, if it is asked each minute.
    pub fn times_a_day(&mut self, times: u64) -> bool {
        self.millionth() < times * 1_000_000 / 1_440
    }

    /// A number of minutes.
    pub fn minutes(&mut self, range: std::ops::RangeInclusive<i64>) -> i64 {
        let width = range.end() - range.start() + 1;
        range.start() + i64::try_from(self.next() % width.unsigned_abs()).unwrap()
    }
}
