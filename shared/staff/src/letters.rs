//! Messages that no worker processed.

use crate::{Staff, StaffError};
use domain::audit::Action;
use runtime::{Letter, Redriven};

impl Staff<'_> {
    /// The messages that were received too often.
    pub async fn dead_letters(&self) -> Result<Vec<Letter>, StaffError> {
        Ok(self.context.queues().await.dead_letters().await?)
    }

    /// What can't be processed at all.
    pub async fn parked(&self) -> Result<Vec<Letter>, StaffError> {
        Ok(self.context.queues().await.parked().await?)
    }

    /// Sends the dead letters to their queues again.
    pub async fn redrive(&self) -> Result<Redriven, StaffError> {
        let done = self.context.queues().await.redrive().await?;
        self.record(self.line(Action::LettersRedrive, "dead").changing((), (done.sent, done.left))).await?;
        Ok(done)
    }
}
