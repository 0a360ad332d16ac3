//! Creates the demo customer of the local cloud: an account on the enterprise plan with ₵500 and an
//! API key.
//!
//! Reads the functions' environment (`TABLE_*`) and prints one JSON line. With `NAMASKAH_DEMO_KEY`
//! set to a key that it printed before, it writes the same customer and key again, and credits
//! money only to a new wallet.

use domain::{
    Actor, ApiKeyId, Credits, Plan, Timestamp, UserId,
    access::{ApiKeyText, Permission},
    ledger::{Cause, EntryKind, Movement},
};
use runtime::Context;
use std::io::Write;
use store::{ApiKey, IdempotencyKey, KeyHash, NotCommitted, Profile, Transaction};

const EMAIL: &str = "demo@namaskah.example";
/// ₵500.
const CREDIT: Credits = Credits::from_units(5_000_000);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    let context = Context::from_env().await?;
    let now = context.now();
    let key = match std::env::var("NAMASKAH_DEMO_KEY") {
        Ok(text) if !text.is_empty() => text.parse::<ApiKeyText>()?,
        _ => new_key(&context, now),
    };
    let user_id = key.owner().clone();
    write_account(&context, &key, now).await?;
    credit(&context, &user_id, now).await?;
    let line = serde_json::json!({ "email": EMAIL, "user_id": user_id, "api_key": key.expose() });
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}

/// Credits the wallet unless it has entries, so that a second seed changes nothing.
async fn credit(context: &Context, user: &UserId, now: Timestamp) -> Result<(), runtime::Error> {
    if context.store().ledger().wallet(user).await?.seq > 0 {
        return Ok(());
    }
    let cause = Cause::Operator { reason: "demo credit".to_owned() };
    let credit = Movement::new(EntryKind::Adjustment, CREDIT, cause, Actor::system("seed"));
    let key = IdempotencyKey {
        user: user.clone(),
        operation: "seed".to_owned(),
        key: "demo credit".to_owned(),
        fingerprint: CREDIT.to_string(),
    };
    match context.store().commit(Transaction::alone(user.clone(), credit, &key), now).await {
        Ok(_) | Err(NotCommitted::Replayed(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn new_key(context: &Context, now: Timestamp) -> ApiKeyText {
    let mut random = [0; 32];
    let (first, second) = random.split_at_mut(16);
    first.copy_from_slice(&context.random().to_be_bytes());
    second.copy_from_slice(&context.random().to_be_bytes());
    ApiKeyText::new(UserId::new(now, context.random()), random)
}

async fn write_account(context: &Context, key: &ApiKeyText, now: Timestamp) -> Result<(), runtime::Error> {
    let profile = Profile {
        user_id: key.owner().clone(),
        email: EMAIL.to_owned(),
        plan: Plan::Enterprise,
        active: true,
        created_at: now,
    };
    let scopes = Permission::ALL.iter().copied();
    let row = ApiKey {
        key_id: ApiKeyId::new(now, context.random()),
        name: "demo".to_owned(),
        scopes: scopes.collect(),
        expires_at: None,
        created_at: now,
    };
    context.store().accounts().put_profile(&profile).await?;
    context.store().accounts().put_api_key(key.owner(), &KeyHash::of(key.expose()), &row).await?;
    Ok(())
}
