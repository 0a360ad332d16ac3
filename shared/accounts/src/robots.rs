//! The check that a registration or sign-in was not sent in bulk by a robot. It is off by default; `ROBOT_CHECK` turns
//! it on.

use async_trait::async_trait;
use domain::account::{Difficulty, PROOF_REMEMBERED, ProofOfWork};
use runtime::{Client, ConfigError, Context, random_bytes};
use store::StoreError;
use thiserror::Error;

/// A check for robots. What a client sends as its proof is for the check alone to understand.
#[async_trait]
pub trait RobotCheck: Send + Sync {
    /// Accepts or refuses a request for this purpose with this proof; `None` if nothing was sent.
    async fn check(&self, context: &Context, purpose: &'static str, proof: Option<&str>) -> Result<(), NotAccepted>;
}

/// Why a request was not accepted.
#[derive(Debug, Error)]
pub enum NotAccepted {
    /// A proof of work of this difficulty is needed: there was none, or it is not valid, too old or was used.
    #[error("a proof of {} bits is needed", .0.bits())]
    WorkNeeded(Difficulty),
    /// The check is not configured correctly.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A check by proof of work. It needs no other service, and tells no other company who signs in.
struct WorkCheck(Difficulty);

/// The check of this stage, if it has one.
struct StageCheck(Option<Box<dyn RobotCheck>>);

/// Lets a request for this purpose pass, or refuses it.
pub async fn admit(context: &Context, purpose: &'static str, proof: Option<&str>) -> Result<(), NotAccepted> {
    match &context.get::<StageCheck>().await?.0 {
        Some(check) => check.check(context, purpose, proof).await,
        None => Ok(()),
    }
}

#[async_trait]
impl RobotCheck for WorkCheck {
    async fn check(&self, context: &Context, purpose: &'static str, proof: Option<&str>) -> Result<(), NotAccepted> {
        let Self(difficulty) = *self;
        let needed = || NotAccepted::WorkNeeded(difficulty);
        let proof: ProofOfWork = proof.and_then(|text| text.parse().ok()).ok_or_else(needed)?;
        let now = context.now();
        if !proof.is_valid(purpose, difficulty, now) {
            return Err(needed());
        }
        // Of two requests with one proof, one takes it.
        let (name, by) = (format!("work#{}", proof.name().as_str()), hex::encode(random_bytes::<16>()));
        let is_new = context.store().limits().take_name(&name, &by, now.plus(PROOF_REMEMBERED)).await?;
        if is_new { Ok(()) } else { Err(needed()) }
    }
}

impl Client for StageCheck {
    type Error = ConfigError;

    async fn connect(context: &Context) -> Result<Self, ConfigError> {
        Self::new(&context.environment().setting("ROBOT_CHECK"))
    }
}

impl StageCheck {
    fn new(setting: &str) -> Result<Self, ConfigError> {
        // A misspelt setting refuses everybody, because a check that is silently off protects nobody.
        let malformed = || ConfigError::Malformed { name: "ROBOT_CHECK", expected: "off, or work: and 1 to 32 bits" };
        match setting {
            "" | "off" => Ok(Self(None)),
            _ => {
                let bits = setting.strip_prefix("work:").and_then(|bits| bits.parse().ok()).ok_or_else(malformed)?;
                Ok(Self(Some(Box::new(WorkCheck(bits)))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_off_unless_the_setting_names_one() {
        for (setting, is_on) in
            [("", Some(false)), ("off", Some(false)), ("work:18", Some(true)), ("work:32", Some(true))]
        {
            assert_eq!(StageCheck::new(setting).ok().map(|check| check.0.is_some()), is_on, "{setting}");
        }
        for setting in ["on", "work", "work:", "work:0", "work:33", "work:x", "Work:18", "turnstile"] {
            assert!(StageCheck::new(setting).is_err(), "{setting}");
        }
    }
}
