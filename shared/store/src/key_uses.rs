//! The last use of API keys. It is noted in the table of limits, so that no endpoint may write keys for it.

use crate::{Limits, StoreError, item, keys, table::Consistency};
use domain::{ApiKeyId, Timestamp};
use std::{collections::HashMap, time::Duration};

/// How long a use is remembered.
const REMEMBERED: Duration = Duration::from_hours(400 * 24);

impl Limits<'_> {
    /// Notes that a key was used.
    pub async fn note_use(self, key: &ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
        self.0
            .update(&keys::key_use(key))
            .update_expression("SET used_at = :now, expires_at_epoch = :expires")
            .expression_attribute_values(":now", item::text(now.to_string()))
            .expression_attribute_values(":expires", item::number(now.plus(REMEMBERED).epoch_seconds()))
            .send()
            .await?;
        Ok(())
    }

    /// The last uses of these keys that were noted.
    pub async fn last_uses(self, keys: &[ApiKeyId]) -> Result<HashMap<ApiKeyId, Timestamp>, StoreError> {
        let by_place: HashMap<_, _> = keys.iter().map(|key| (keys::key_use(key).pk, key)).collect();
        let places: Vec<_> = by_place.values().map(|key| keys::key_use(key)).collect();
        let rows = self.0.get_many(&places, Consistency::Eventual).await?;
        let read = |row: &item::Item| {
            let key = by_place.get(item::text_of(row, "pk")?)?;
            Some(((*key).clone(), item::text_of(row, "used_at")?.parse().ok()?))
        };
        Ok(rows.iter().filter_map(read).collect())
    }
}
