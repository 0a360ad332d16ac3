//! Authentication by API key.

use super::credential::NotAdmitted;
use crate::{
    codes::{AccountDisabled, NetworkNotAllowed, Unauthenticated},
    origin::Origin,
    problem::Problem,
};
use domain::{
    Timestamp,
    access::{ApiKeyText, Mode, Principal, SecretHash, UsedKey, Via},
};
use runtime::Context;
use store::{Account, Found, ReadSet};

/// Reads the principal of a key: the key, its account, and the records of `beside`, with one strong read.
pub(super) async fn principal(
    context: &Context,
    key: &ApiKeyText,
    origin: Origin,
    beside: ReadSet,
) -> Result<(Principal, Found), NotAdmitted> {
    let hash = SecretHash::of(key.expose());
    let account = context.store().account_of_key(key.owner(), &hash, beside).await?;
    let unknown = || NotAdmitted::Refused(Unauthenticated::Unknown.into());
    let (account, found) = account.ok_or_else(unknown)?;
    let principal = admitted(account, key.mode(), origin, context.now()).map_err(NotAdmitted::Refused)?;
    Ok((principal, found))
}

fn admitted(account: Account, mode: Mode, origin: Origin, now: Timestamp) -> Result<Principal, Problem> {
    let Account { profile, key } = account;
    // The text decides which records are read, so it must be right.
    if key.mode != mode {
        return Err(Unauthenticated::Unknown.into());
    }
    if !key.is_open(now) {
        return Err(Unauthenticated::Expired.into());
    }
    if !profile.active {
        return Err(AccountDisabled.into());
    }
    if !key.limits.admit(origin.address) {
        return Err(NetworkNotAllowed { address: origin.address }.into());
    }
    let via = Via::Key(Box::new(UsedKey::from(&key)));
    Ok(Principal {
        user: profile.user_id,
        plan: profile.plan,
        trust: profile.trust,
        metering: profile.metering,
        mode,
        grants: key.scopes.of_key(),
        via,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        ApiKeyId, Plan, UserId,
        access::{ApiKey, KeyLimits, Permission},
    };
    use store::Profile;

    #[test]
    fn a_key_is_accepted_until_it_expires_or_its_account_is_disabled() {
        let at = Timestamp::from_millis;
        let user = UserId::new(at(1), 1);
        let scopes = [Permission::OrdersRead].into_iter().collect();
        let key = ApiKey::new(ApiKeyId::new(at(1), 1), "test".parse().unwrap(), scopes, at(1));
        let networks = vec!["198.51.100.0/24".parse().unwrap(), "2001:db8::/32".parse().unwrap()];
        let limited = KeyLimits { networks, ..KeyLimits::default() };
        let account = |active, expires_at, limits: &KeyLimits| Account {
            profile: Profile {
                active,
                ..Profile::new(user.clone(), "a@example.com".parse().unwrap(), Plan::Pro, at(1))
            },
            key: ApiKey { expires_at, limits: limits.clone(), ..key.clone() },
        };
        let from = |address: &str| Origin { address: address.parse().unwrap() };
        let admitted =
            |account, mode, address| admitted(account, mode, from(address), at(100)).map_err(|problem| problem.code());
        let (open, here) = (KeyLimits::default(), "198.51.100.7");
        let principal = admitted(account(true, Some(at(101)), &open), Mode::Live, here).unwrap();
        assert_eq!((&principal.user, principal.plan, principal.mode), (&user, Plan::Pro, Mode::Live));
        assert_eq!(principal.via.key().map(|key| &key.id), Some(&key.key_id));
        assert!(principal.may(Permission::OrdersRead) && !principal.may(Permission::OrdersWrite));
        assert!(admitted(account(true, None, &open), Mode::Live, here).is_ok());
        let test = |account: Account| Account { key: ApiKey { mode: Mode::Test, ..account.key }, ..account };
        let principal = admitted(test(account(true, None, &open)), Mode::Test, here).unwrap();
        assert_eq!(principal.mode, Mode::Test);
        assert_eq!(admitted(test(account(true, None, &open)), Mode::Live, here), Err(Unauthenticated::CODE));
        for address in [here, "2001:db8::7", "::ffff:198.51.100.7"] {
            assert!(admitted(account(true, None, &limited), Mode::Live, address).is_ok(), "{address}");
        }
        for (active, end, mode, address, code) in [
            (true, Some(at(100)), Mode::Live, here, Unauthenticated::CODE),
            (true, Some(at(100)), Mode::Live, "203.0.113.7", Unauthenticated::CODE),
            (false, None, Mode::Live, here, AccountDisabled::CODE),
            (true, None, Mode::Live, "203.0.113.7", NetworkNotAllowed::CODE),
            (true, None, Mode::Live, "0.0.0.0", NetworkNotAllowed::CODE),
            (true, None, Mode::Test, here, Unauthenticated::CODE),
        ] {
            assert_eq!(
                admitted(account(active, end, &limited), mode, address),
                Err(code),
                "{active} {end:?} {address}"
            );
        }
    }
}
