//! The public keys of access tokens: one item, which whoever signs writes, and everybody reads.

use crate::{Accounts, Place, StoreError, Stored, error::took_effect, item, keys, table::Consistency};
use domain::{UserId, access::PublicKeys};

/// The public keys of access tokens are read beside a caller, although they belong to nobody.
impl Stored for PublicKeys {
    type Id = ();

    fn place(_owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::public_keys() }
    }
}

impl Accounts<'_> {
    /// The public keys of access tokens; none before the first sign-in.
    pub async fn public_keys(self) -> Result<PublicKeys, StoreError> {
        let keys = self.0.get(&keys::public_keys(), Consistency::Strong).await?;
        Ok(keys.unwrap_or_default())
    }

    /// Writes the next version of the public keys; `false` if another one was written since they were read.
    pub async fn put_public_keys(self, keys: &PublicKeys) -> Result<bool, StoreError> {
        let row = item::write(&keys::public_keys(), keys, None)?;
        let put = self.0.client().put_item().table_name(self.0.name()).set_item(Some(row));
        let put = put.condition_expression("attribute_not_exists(pk) OR version = :read");
        let put = put.expression_attribute_values(":read", item::number(keys.version.saturating_sub(1)));
        took_effect(put.send().await)
    }
}
