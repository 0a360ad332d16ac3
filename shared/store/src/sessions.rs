//! Sessions of signed-in people.

use crate::{
    Accounts, Place, Profile, Store, StoreError, Stored,
    beside::{Found, ReadSet},
    error::took_effect,
    item,
    keys::{self, SESSION_PREFIX},
};
use domain::{
    SessionId, Timestamp, UserId,
    access::{KeyId, PublicKeys, SecretHash},
    account::Session,
};
use std::time::Duration;

/// How long an ended session is kept, so that a person can ask about it.
const KEPT: Duration = Duration::from_hours(24);

/// A person's account with one of the person's sessions.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub profile: Profile,
    /// The session.
    pub session: Session,
    /// The public keys, if the read included them.
    pub keys: Option<PublicKeys>,
}

impl Stored for Session {
    type Id = SessionId;

    fn place(owner: &UserId, id: &SessionId) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::session(owner, id) }
    }
}

/// The public keys of access tokens are read beside a caller, although they belong to nobody.
impl Stored for PublicKeys {
    type Id = ();

    fn place(_owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::public_keys() }
    }
}

impl Store {
    /// Reads a person and a session, and the records of `beside`, with one strong read; with the public keys if
    /// `with_keys`. `None` if the session or the person does not exist.
    pub async fn account_of_session(
        &self,
        user: &UserId,
        session: &SessionId,
        with_keys: bool,
        mut beside: ReadSet,
    ) -> Result<Option<(SignedIn, Found)>, StoreError> {
        let (profile, session) = (beside.add::<Profile>(user, &()), beside.add::<Session>(user, session));
        let keys = with_keys.then(|| beside.add::<PublicKeys>(user, &()));
        let mut found = self.read_together(beside).await?;
        let keys = keys.map(|keys| found.take(&keys)).transpose()?.flatten();
        let (Some(profile), Some(session)) = (found.take(&profile)?, found.take(&session)?) else { return Ok(None) };
        Ok(Some((SignedIn { profile, session, keys }, found)))
    }
}

impl Accounts<'_> {
    /// Writes a new session.
    pub async fn put_session(self, session: &Session) -> Result<(), StoreError> {
        let key = keys::session(&session.user_id, &session.session_id);
        self.0.put_expiring(&key, session, session.ends_at.plus(KEPT).epoch_seconds()).await
    }

    /// Writes a refreshed session, if `used` is still its token; otherwise returns `false`.
    pub async fn refresh_session(self, session: &Session, used: &SecretHash) -> Result<bool, StoreError> {
        let key = keys::session(&session.user_id, &session.session_id);
        let row = item::write(&key, session, Some(session.ends_at.plus(KEPT).epoch_seconds()))?;
        let put = self.0.client().put_item().table_name(self.0.name()).set_item(Some(row));
        let put = put.condition_expression("#refresh = :used").expression_attribute_names("#refresh", "refresh");
        took_effect(put.expression_attribute_values(":used", item::text(used.as_str())).send().await)
    }

    /// Ends a session now; `false` if there is no such session.
    pub async fn end_session(self, user: &UserId, id: &SessionId, now: Timestamp) -> Result<bool, StoreError> {
        let end = self.0.update(&keys::session(user, id));
        let end = end.update_expression("SET ends_at = :now, expires_at_epoch = :expires");
        let end = end.condition_expression("attribute_exists(pk) AND ends_at > :now");
        let end = end.expression_attribute_values(":now", item::text(now.to_string()));
        let end = end.expression_attribute_values(":expires", item::number(now.plus(KEPT).epoch_seconds()));
        took_effect(end.send().await)
    }

    /// The sessions of a person, newest first, with ended ones.
    pub async fn sessions(self, user: &UserId) -> Result<Vec<Session>, StoreError> {
        let rows = self.0.query(keys::user(user)).prefix(SESSION_PREFIX).newest_first().strong().all().await?;
        rows.into_iter().map(item::read).collect()
    }

    /// The public keys of access tokens; none before the first sign-in.
    pub async fn public_keys(self) -> Result<PublicKeys, StoreError> {
        let keys = self.0.get(&keys::public_keys(), crate::table::Consistency::Strong).await?;
        Ok(keys.unwrap_or_default())
    }

    /// Writes the public keys, if the newest is still `newest`; otherwise returns `false`.
    pub async fn put_public_keys(self, keys: &PublicKeys, newest: Option<&KeyId>) -> Result<bool, StoreError> {
        let mut row = item::write(&keys::public_keys(), keys, None)?;
        if let Some(key) = keys.keys.last() {
            row.insert("newest".to_owned(), item::text(key.kid.as_str()));
        }
        let put = self.0.client().put_item().table_name(self.0.name()).set_item(Some(row));
        let put = match newest {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(kid) => put
                .condition_expression("newest = :newest")
                .expression_attribute_values(":newest", item::text(kid.as_str())),
        };
        took_effect(put.send().await)
    }
}
