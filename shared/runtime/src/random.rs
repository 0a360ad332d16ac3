//! Random bytes, for identifiers and secrets.

/// Random bytes from the system.
///
/// # Panics
/// If the system provides no randomness: then no identifier is unique and no secret is safe. The request fails and is
/// retried.
#[expect(clippy::expect_used, reason = "without randomness a failed request is the only right answer")]
pub fn random_bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the system provides randomness");
    bytes
}
