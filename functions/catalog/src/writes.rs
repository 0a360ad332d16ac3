//! Many writes, a few of them under way at once.

use store::StoreError;
use tokio::task::JoinSet;

/// How many are under way at once.
const AT_ONCE: usize = 16;

/// Writes that were begun.
#[derive(Default)]
pub(crate) struct Writes {
    under_way: JoinSet<Result<(), StoreError>>,
    done: usize,
}

impl Writes {
    /// Begins a write, once there is room for it. The first failure ends the run: what is written stays.
    pub(crate) async fn add(
        &mut self,
        write: impl Future<Output = Result<(), StoreError>> + Send + 'static,
    ) -> Result<(), StoreError> {
        while self.under_way.len() >= AT_ONCE {
            self.wait_for_one().await?;
        }
        self.under_way.spawn(write);
        Ok(())
    }

    /// Waits for all; how many there were.
    pub(crate) async fn finish(mut self) -> Result<usize, StoreError> {
        while !self.under_way.is_empty() {
            self.wait_for_one().await?;
        }
        Ok(self.done)
    }

    async fn wait_for_one(&mut self) -> Result<(), StoreError> {
        match self.under_way.join_next().await {
            Some(Ok(written)) => written?,
            Some(Err(panic)) => return Err(StoreError::Refused(panic.to_string())),
            None => {}
        }
        self.done += 1;
        Ok(())
    }
}
