//! Random bytes for secrets.

/// Random bytes from the system.
///
/// # Panics
/// If the system provides no randomness: a secret that can be guessed is worse than a failed request.
#[expect(clippy::expect_used, reason = "without randomness no secret is safe; the request fails and is retried")]
pub(crate) fn bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the system provides randomness");
    bytes
}
