//! Authentication by the access token of a session.
//!
//! The read that every caller costs also has the session and the version of the account's tokens. So a sign-out, a
//! ban or a new password ends a token at the next request, and a session costs no more reads than a key.

use super::credential::NotAdmitted;
use crate::{
    codes::{AccountDisabled, TokenExpired, Unauthenticated},
    origin::Origin,
    problem::Problem,
};
use domain::{
    Timestamp,
    access::{Grants, KeyId, Mode, Permission, Principal, PublicKeys, Via},
    account::Realm,
};
use runtime::{Client, Context};
use std::{
    convert::Infallible,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use store::{Found, ReadSet, SignedIn};
use tokens::{AccessToken, Claims, NotValid};

/// How long the public keys are used before they are read again.
const KEYS_FRESH: Duration = Duration::from_mins(5);
/// How long no token of an unknown key causes another read of the keys.
const ASKED_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// The public keys that this process has read.
#[derive(Debug, Default)]
struct KnownKeys(Mutex<Option<(PublicKeys, Timestamp)>>);

impl Client for KnownKeys {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

impl KnownKeys {
    /// The keys with which to verify a token of this key; `None` if they must be read.
    fn for_token(&self, kid: &KeyId, now: Timestamp) -> Option<PublicKeys> {
        // Nothing panics while it is locked.
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (keys, read_at) = known.as_ref()?;
        let lasts = if keys.valid(kid, now).is_some() { KEYS_FRESH } else { ASKED_AGAIN_AFTER };
        (now.since(*read_at) < lasts).then(|| keys.clone())
    }

    fn learn(&self, keys: PublicKeys, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((keys, now));
    }
}

/// Reads the principal of a token: the session, its account, and the records of `beside`, with one strong read.
pub(super) async fn principal(
    context: &Context,
    token: &AccessToken,
    origin: Origin,
    beside: ReadSet,
) -> Result<(Principal, Found), NotAdmitted> {
    let Ok(known) = context.get::<KnownKeys>().await;
    let now = context.now();
    let verify = |keys: &PublicKeys| token.verify(keys, &context.config().public_url, now).map_err(refused);
    let keys = known.for_token(token.kid(), now);
    // With known keys, a forged token costs no read.
    let claims = keys.as_ref().map(verify).transpose()?;
    let read = context.store().account_of_session(token.owner(), token.session(), keys.is_none(), beside).await?;
    let claims = if let Some(claims) = claims {
        claims
    } else {
        // Even if there is no such session, so that a flood of forged tokens causes few reads.
        let keys = read.keys.unwrap_or_default();
        known.learn(keys.clone(), now);
        verify(&keys)?
    };
    let signed_in = read.signed_in.ok_or_else(|| NotAdmitted::Refused(Unauthenticated::SessionEnded.into()))?;
    let principal = admitted(signed_in, &claims, now).map_err(NotAdmitted::Refused)?;
    if matches!(principal.via, Via::Staff(_)) {
        origin.admit_staff(context).map_err(NotAdmitted::Refused)?;
    }
    Ok((principal, read.found))
}

fn refused(reason: NotValid) -> NotAdmitted {
    NotAdmitted::Refused(match reason {
        NotValid::Expired => TokenExpired.into(),
        NotValid::UnknownKey | NotValid::Forged => Unauthenticated::Unknown.into(),
    })
}

fn admitted(signed_in: SignedIn, claims: &Claims, now: Timestamp) -> Result<Principal, Problem> {
    let SignedIn { profile, session } = signed_in;
    if !profile.active {
        return Err(AccountDisabled.into());
    }
    // The token's own version is that of its session.
    if claims.ver != session.version || !session.is_open(profile.token_version, now) {
        return Err(Unauthenticated::SessionEnded.into());
    }
    let (grants, via): (Grants, _) = match (session.realm, profile.role) {
        (Realm::Customer, _) => (Permission::OF_SESSIONS.into_iter().collect(), Via::Session(session.session_id)),
        // A role that was taken or changed counts at once.
        (Realm::Staff, Some(role)) => (role.grants(), Via::Staff(session.session_id)),
        (Realm::Staff, None) => return Err(Unauthenticated::SessionEnded.into()),
    };
    let store::Profile { user_id: user, plan, trust, metering, .. } = profile;
    Ok(Principal { user, plan, trust, metering, mode: Mode::Live, grants, via })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use domain::{
        Network, Plan, SessionId, UserId,
        access::PublicKey,
        account::{Device, Factors, RefreshText, Session, SignIn},
    };
    use store::Profile;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn a_session_is_accepted_until_it_ends_or_its_account_is_disabled() {
        let (user, id) = (UserId::new(at(1), 1), SessionId::new(at(1), 2));
        let refresh = RefreshText::new(user.clone(), id.clone(), [0; 20], [1; 32]);
        let from = (Device::of(""), Network::of("198.51.100.7".parse().unwrap()));
        let factors = Factors { sign_in: SignIn::Password, second_factor: None };
        let session = Session::start(&refresh, (Realm::Customer, factors), 3, from, at(1));
        let profile = |active, token_version| Profile {
            active,
            token_version,
            ..Profile::new(user.clone(), "a@example.com".parse().unwrap(), Plan::Pro, at(1))
        };
        let check = |active, in_account, in_token, now| {
            let claims = Claims::new("https://sms.example.com", user.clone(), id.clone(), in_token, at(1));
            let signed_in = SignedIn { profile: profile(active, in_account), session: session.clone() };
            admitted(signed_in, &claims, now).map_err(|problem| problem.code())
        };
        let principal = check(true, 3, 3, at(2)).unwrap();
        assert_eq!((&principal.user, &principal.via), (&user, &Via::Session(id.clone())));
        assert!(principal.may(Permission::AccountWrite) && !principal.may(Permission::MetricsRead));
        for (active, in_account, in_token, now, code) in [
            (false, 3, 3, at(2), AccountDisabled::CODE),
            (true, 4, 3, at(2), Unauthenticated::CODE),
            // A new sign-in of the same version does not revive the session of an old one.
            (true, 4, 4, at(2), Unauthenticated::CODE),
            (true, 3, 3, session.ends_at, Unauthenticated::CODE),
        ] {
            let refused: Result<Principal, &Code> = check(active, in_account, in_token, now);
            assert_eq!(refused.unwrap_err(), code, "{active} {in_account} {in_token} {now}");
        }
    }

    #[test]
    fn keys_are_read_again_when_they_are_old_or_lack_the_token_s() {
        let known = KnownKeys::default();
        let (old, new) = (KeyId::new("old"), KeyId::new("new"));
        let key = PublicKey { kid: old.clone(), x: String::new(), since: at(0), until: None };
        assert_eq!(known.for_token(&old, at(0)), None);
        known.learn(PublicKeys { version: 1, keys: vec![key] }, at(0));
        let has = |kid, millis| known.for_token(kid, at(millis)).is_some();
        assert!(has(&old, 299_999) && !has(&old, 300_000));
        assert!(has(&new, 9_999) && !has(&new, 10_000), "a flood of unknown keys causes few reads");
    }
}
