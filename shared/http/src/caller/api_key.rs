//! Authentication by API key.

use super::credential::NotAdmitted;
use crate::{
    codes::{AccountDisabled, Unauthenticated},
    problem::Problem,
};
use domain::{
    Timestamp,
    access::{ApiKeyText, Mode, Principal, SecretHash, Via},
};
use runtime::Context;
use store::{Account, Found, ReadSet};

/// Reads the principal of a key: the key, its account, and the records of `beside`, with one strong read.
pub(super) async fn principal(
    context: &Context,
    key: &ApiKeyText,
    beside: ReadSet,
) -> Result<(Principal, Found), NotAdmitted> {
    let hash = SecretHash::of(key.expose());
    let account = context.store().account_of_key(key.owner(), &hash, beside).await?;
    let unknown = || NotAdmitted::Refused(Unauthenticated::Unknown.into());
    let (account, found) = account.ok_or_else(unknown)?;
    let principal = admitted(account, key.mode(), context.now()).map_err(NotAdmitted::Refused)?;
    Ok((principal, found))
}

fn admitted(account: Account, mode: Mode, now: Timestamp) -> Result<Principal, Problem> {
    let Account { profile, key } = account;
    if key.expires_at.is_some_and(|end| end <= now) {
        return Err(Unauthenticated::Expired.into());
    }
    if !profile.active {
        return Err(AccountDisabled.into());
    }
    // There is no simulation yet, so a test key would spend real money.
    if mode == Mode::Test {
        return Err(Unauthenticated::TestKey.into());
    }
    let via = Via::Key(key.key_id);
    Ok(Principal {
        user: profile.user_id,
        plan: profile.plan,
        trust: profile.trust,
        mode,
        grants: key.scopes.of_key(),
        via,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ApiKeyId, Plan, UserId, access::Permission};
    use store::{ApiKey, Profile};

    #[test]
    fn a_key_is_accepted_until_it_expires_or_its_account_is_disabled() {
        let at = Timestamp::from_millis;
        let user = UserId::new(at(1), 1);
        let account = |active, expires_at| Account {
            profile: Profile {
                active,
                ..Profile::new(user.clone(), "a@example.com".parse().unwrap(), Plan::Pro, at(1))
            },
            key: ApiKey {
                key_id: ApiKeyId::new(at(1), 1),
                name: "test".to_owned(),
                scopes: [Permission::OrdersRead].into_iter().collect(),
                expires_at,
                created_at: at(1),
            },
        };
        let admitted =
            |active, end, mode| admitted(account(active, end), mode, at(100)).map_err(|problem| problem.code());
        let principal = admitted(true, Some(at(101)), Mode::Live).unwrap();
        assert_eq!((&principal.user, principal.plan, principal.mode), (&user, Plan::Pro, Mode::Live));
        assert!(principal.may(Permission::OrdersRead) && !principal.may(Permission::OrdersWrite));
        assert!(admitted(true, None, Mode::Live).is_ok());
        for (active, end, mode, code) in [
            (true, Some(at(100)), Mode::Live, Unauthenticated::CODE),
            (false, None, Mode::Live, AccountDisabled::CODE),
            (true, None, Mode::Test, Unauthenticated::CODE),
        ] {
            assert_eq!(admitted(active, end, mode), Err(code), "{active} {end:?} {mode:?}");
        }
    }
}
