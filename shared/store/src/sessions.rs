//! Sessions of signed-in people.

use crate::{
    Accounts, Cursor, Page, Place, Profile, Store, StoreError, Stored,
    beside::{Found, ReadSet},
    error::took_effect,
    item,
    keys::{self, SESSION_PREFIX},
    transact::{as_delete, as_write, permanent_error, transact},
};
use aws_sdk_dynamodb::{operation::put_item::PutItemError, types::ReturnValuesOnConditionCheckFailure};
use domain::{
    SessionId, Timestamp, UserId,
    access::PublicKeys,
    account::{OneTimeText, Passkeys, Session},
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
}

/// What a sign-in uses up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent<'a> {
    /// Tokens, which end.
    pub tokens: &'a [&'a OneTimeText],
    /// The next version of the account's passkeys, one of which was used.
    pub passkeys: Option<&'a Passkeys>,
}

/// What was read for a session.
#[derive(Debug)]
pub struct SessionRead {
    /// The person and the session; `None` if either does not exist.
    pub signed_in: Option<SignedIn>,
    /// The public keys, if the read included them.
    pub keys: Option<PublicKeys>,
    /// The other records.
    pub found: Found,
}

impl Stored for Session {
    type Id = SessionId;

    fn place(owner: &UserId, id: &SessionId) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::session(owner, id) }
    }
}

impl Store {
    /// Reads a person and a session, and the records of `beside`, with one strong read; with the public keys if
    /// `with_keys`.
    pub async fn account_of_session(
        &self,
        user: &UserId,
        session: &SessionId,
        with_keys: bool,
        mut beside: ReadSet,
    ) -> Result<SessionRead, StoreError> {
        let (profile, session) = (beside.add::<Profile>(user, &()), beside.add::<Session>(user, session));
        let keys = with_keys.then(|| beside.add::<PublicKeys>(user, &()));
        let found = self.read_together(beside).await?;
        let keys = keys.map(|keys| found.take(&keys)).transpose()?.map(Option::unwrap_or_default);
        let signed_in = found.take(&profile)?.zip(found.take(&session)?);
        let signed_in = signed_in.map(|(profile, session)| SignedIn { profile, session });
        Ok(SessionRead { signed_in, keys, found })
    }
}

impl Store {
    /// Writes a new session in one transaction with what it uses up. Returns `false` if another request used it up.
    pub async fn start_session(&self, session: &Session, spent: Spent<'_>) -> Result<bool, StoreError> {
        let accounts = self.accounts();
        if spent.tokens.is_empty() && spent.passkeys.is_none() {
            accounts.put_session(session).await?;
            return Ok(true);
        }
        let key = keys::session(&session.user_id, &session.session_id);
        let mut writes =
            vec![as_write(accounts.0.absent_put(&key, session, Some(session.ends_at.plus(KEPT).epoch_seconds()))?)];
        for token in spent.tokens {
            writes.push(as_delete(accounts.one_time_end(token)?));
        }
        if let Some(passkeys) = spent.passkeys {
            writes.push(as_write(accounts.passkeys_put(&session.user_id, passkeys)?));
        }
        let Some(reasons) = transact(&self.client, writes).await? else { return Ok(true) };
        match reasons.iter().find_map(permanent_error) {
            Some(error) => Err(error),
            None => Ok(false),
        }
    }
}

impl Accounts<'_> {
    /// Writes a new session.
    pub async fn put_session(self, session: &Session) -> Result<(), StoreError> {
        let key = keys::session(&session.user_id, &session.session_id);
        self.0.put_expiring(&key, session, session.ends_at.plus(KEPT).epoch_seconds()).await
    }

    /// Writes a refreshed session, if it is still as it was read; otherwise returns `false`. A lost answer is
    /// recognised by the new token.
    pub async fn refresh_session(self, read: &Session, refreshed: &Session) -> Result<bool, StoreError> {
        let key = keys::session(&refreshed.user_id, &refreshed.session_id);
        let row = item::write(&key, refreshed, Some(refreshed.ends_at.plus(KEPT).epoch_seconds()))?;
        let put = self.0.client().put_item().table_name(self.0.name()).set_item(Some(row));
        // The end, too: the session may have been ended since it was read.
        let put = put.condition_expression("#refresh = :used AND ends_at = :ends");
        let put = put.expression_attribute_names("#refresh", "refresh");
        let put = put.expression_attribute_values(":used", item::text(read.refresh.as_str()));
        let put = put.expression_attribute_values(":ends", item::text(read.ends_at.to_string()));
        let put = put.return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(failed)) => {
                    let stored: Option<Session> = failed.item().cloned().map(item::read).transpose()?;
                    Ok(stored.is_some_and(|stored| stored == *refreshed))
                }
                _ => Err(error.into()),
            },
        }
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

    /// A page of all sessions of a person, with ended ones, newest first.
    pub async fn sessions_page(
        self,
        user: &UserId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Session>, StoreError> {
        self.0.query(keys::user(user)).prefix(SESSION_PREFIX).after(after).newest_first().page(limit).await
    }

    /// The newest sessions of a person, newest first, with ended ones.
    pub async fn sessions(self, user: &UserId, most: i32) -> Result<Vec<Session>, StoreError> {
        let rows = self.0.query(keys::user(user)).prefix(SESSION_PREFIX).newest_first().strong().rows(most).await?;
        rows.into_iter().map(item::read).collect()
    }
}
