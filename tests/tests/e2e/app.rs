//! An authenticator app.

use domain::Timestamp;
use totp_rs::{Builder, Secret, Totp};

pub struct App(Totp);

impl App {
    /// An app with this secret, in base 32.
    pub fn with(secret: &str) -> Self {
        Self(Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap())
    }

    /// The code of the time step so many steps after this time.
    pub fn code(&self, now: Timestamp, steps: i64) -> String {
        self.0.generate(u64::try_from(now.epoch_seconds() + 30 * steps).unwrap()).to_string()
    }
}
