//! Migrations of stored items, after a deploy.

use crate::{Staff, StaffError};
use domain::audit::Action;
use store::{MIGRATIONS, Migration, MigrationRecord};

impl Staff<'_> {
    /// All migrations, each with the record of its last run.
    pub async fn migrations(&self) -> Result<Vec<(Migration, Option<MigrationRecord>)>, StaffError> {
        let mut found = Vec::new();
        for migration in MIGRATIONS {
            let record = self.context.store().accounts().migration(migration.number).await?;
            found.push((migration, record));
        }
        Ok(found)
    }

    /// Runs the migrations that have not run yet, and `again`, in their order.
    pub async fn migrate(&self, again: Option<u32>) -> Result<Vec<(Migration, MigrationRecord)>, StaffError> {
        if let Some(number) = again
            && MIGRATIONS.iter().all(|migration| migration.number != number)
        {
            return Err(StaffError::Missing(format!("migration {number}")));
        }
        let mut done = Vec::new();
        for (migration, before) in self.migrations().await? {
            if before.is_some() && again != Some(migration.number) {
                continue;
            }
            let record = self.context.store().migrate(&migration, self.context.now()).await?;
            let line = self.line(Action::MigrationRun, migration.number.to_string());
            self.record(line.changing(before, record)).await?;
            done.push((migration, record));
        }
        Ok(done)
    }
}
