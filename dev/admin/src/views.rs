//! What commands show of each thing. Numbers, texts and codes of orders are left out.

use accounts::keys::MadeKey;
use domain::{
    Timestamp,
    access::{ApiKey, Mode},
    account::Passkey,
    audit::AuditLine,
    ledger::{Entry, Wallet},
    order::Order,
    selling::{Switch, SwitchedOff},
    suppression::{Occasion, Suppression},
};
use runtime::{Letter, Redriven};
use serde_json::{Value, json};
use staff::{Night, OrderReport, Proven, SupplierReport, WaysIn};
use store::{Finding, Located, Migration, MigrationRecord, NightPart, Profile};

pub fn customer(profile: &Profile) -> Value {
    json!({
        "id": profile.user_id,
        "email": profile.email,
        "plan": profile.plan,
        "trust": profile.trust,
        "active": profile.active,
        "role": profile.role,
        "created_at": profile.created_at,
    })
}

/// A customer with the ways to sign in. Secrets and hashes are left out.
pub fn person(profile: &Profile, ways: &WaysIn) -> Value {
    let mut view = customer(profile);
    let passkey = |passkey: &Passkey| {
        json!({
            "id": passkey.passkey_id,
            "name": passkey.name,
            "created_at": passkey.created_at,
            "used_at": passkey.used_at,
        })
    };
    let factor = &ways.second_factor;
    view["password"] = json!(ways.has_password);
    view["first_password_until"] = json!(ways.replace_until);
    view["second_factor_since"] = json!(factor.since());
    view["backup_codes_left"] = json!(factor.backup_codes_left());
    view["passkeys"] = ways.passkeys.all().iter().map(passkey).collect();
    view["google"] =
        json!(ways.google.as_ref().map(|link| json!({ "email": link.email, "linked_at": link.linked_at })));
    view
}

pub fn key(key: &ApiKey) -> Value {
    json!({
        "id": key.key_id,
        "name": key.name,
        "last_four": key.last_four,
        "mode": key.mode,
        "scopes": key.scopes,
        "limits": key.limits,
        "stopped_at": key.stopped_at,
        "replaced_by": key.replaced_by,
        "expires_at": key.expires_at,
        "created_at": key.created_at,
    })
}

pub fn made_key(made: &MadeKey) -> Value {
    let mut view = key(&made.key);
    view["customer"] = json!(made.text.owner());
    view["key"] = json!(made.text.expose());
    view
}

pub fn wallet(profile: &Profile, wallet: &Wallet, now: Timestamp) -> Value {
    let terms = domain::buying::Terms { mode: Mode::Live, plan: profile.plan, trust: profile.trust, rating: None };
    json!({
        "id": profile.user_id,
        "available": wallet.available,
        "held": wallet.held,
        "owed": wallet.owed,
        "entries": wallet.seq,
        "open_orders_limit": wallet.open_orders_limit(terms, now),
        "buying_paused_until": wallet.buying_paused_until(terms, now),
    })
}

pub fn order(report: &OrderReport) -> Value {
    let OrderReport { order, entries, supplier } = report;
    let entry = |entry: &Entry| json!({ "seq": entry.seq, "kind": entry.kind, "amount": entry.amount, "rule": entry.rule, "at": entry.at });
    json!({
        "id": order.id,
        "customer": order.user_id,
        "live": order.mode() == Mode::Live,
        "status": order.status,
        "closed_because": order.closed_because,
        "service": order.request.service,
        "country": order.request.country,
        "price": order.price,
        "included": order.included,
        "held": order.hold.left,
        "cost": order.cost(),
        "provider": order.attempt.supplier,
        "supplier_order": order.number.as_ref().map(|number| &number.supplier_order),
        "operator": order.number.as_ref().and_then(|number| number.operator.as_ref()),
        "created_at": order.created_at,
        "expires_at": order.expires_at,
        "entries": entries.iter().map(entry).collect::<Vec<_>>(),
        "timeline": order.timeline,
        "supplier_says": supplier.as_ref().map(|said| match said {
            Ok(view) => json!({ "status": format!("{:?}", view.status), "messages": view.messages }),
            Err(reason) => json!({ "error": reason }),
        }),
    })
}

/// An order in a list.
pub fn listed_order(order: &Order) -> Value {
    json!({
        "id": order.id,
        "status": order.status,
        "closed_because": order.closed_because,
        "service": order.request.service,
        "country": order.request.country,
        "price": order.price,
        "created_at": order.created_at,
    })
}

/// An entry of a wallet.
pub fn entry(entry: &Entry) -> Value {
    json!({
        "seq": entry.seq,
        "kind": entry.kind,
        "amount": entry.amount,
        "included": entry.included.amount,
        "available_after": entry.available_after,
        "held_after": entry.held_after,
        "owed_after": entry.owed_after,
        "cause": entry.cause,
        "rule": entry.rule,
        "by": entry.actor,
        "at": entry.at,
    })
}

pub fn located(found: &Located) -> Value {
    json!({ "id": found.order, "customer": found.owner, "created_at": found.order.made_at() })
}

/// A message has identifiers only; what is not JSON is left out.
pub fn letter(letter: &Letter) -> Value {
    let body: Option<Value> = serde_json::from_str(&letter.body).ok();
    let sent_at = letter.sent_ms.map(Timestamp::from_millis);
    json!({ "id": letter.id, "queue": letter.from, "sent_at": sent_at, "message": body })
}

pub fn redriven(done: Redriven) -> Value {
    json!({ "id": "dead", "sent": done.sent, "left": done.left })
}

pub fn migration(migration: &Migration, record: Option<MigrationRecord>) -> Value {
    json!({
        "id": migration.number,
        "name": migration.name,
        "ran_at": record.map(|record| record.at),
        "found": record.map(|record| record.migrated.found),
        "changed": record.map(|record| record.migrated.changed),
    })
}

pub fn finding(finding: &Finding) -> Value {
    json!({
        "id": finding.id,
        "kind": finding.kind,
        "at": finding.at,
        "order": finding.order_id,
        "provider": finding.supplier,
        "supplier_order": finding.supplier_order,
        "payment": finding.payment,
        "listed": finding.listed,
        "customer": finding.customer,
        "detail": finding.detail,
        "state": finding.work.state(),
        "owner": finding.work.owner,
        "notes": finding.work.notes,
        "correction": finding.work.correction,
        "resolved": finding.work.resolved,
    })
}

pub fn supplier(report: &SupplierReport) -> Value {
    let SupplierReport { id, account, rate, off, health } = report;
    json!({
        "id": id,
        "currency": account.as_ref().map(|account| &account.currency),
        "currency_as_of": account.as_ref().map(|account| account.as_of),
        "credits_per_unit": rate.as_ref().map(|rate| rate.credits_per_unit),
        "rate_as_of": rate.as_ref().map(|rate| rate.as_of),
        "off": off,
        "state": health.as_ref().map(|health| health.state),
        "error": health.as_ref().and_then(|health| health.error.clone()),
        "balance": health.as_ref().and_then(|health| health.balance).map(|balance| balance.to_string()),
        "rating": health.as_ref().and_then(|health| health.rating).map(|rating| rating.to_string()),
        "seen_at": health.as_ref().map(|health| health.at),
    })
}

pub fn switch(switch: &Switch, off: &SwitchedOff) -> Value {
    json!({ "id": switch, "at": off.at, "by": off.by, "reason": off.reason })
}

pub fn audit_line(line: &AuditLine) -> Value {
    json!({
        "id": line.id,
        "at": line.at,
        "account": line.account,
        "actor": line.actor,
        "action": line.action,
        "target": line.target,
        "before": line.before,
        "after": line.after,
        "reason": line.reason,
        "source": line.source,
    })
}

/// What happened to letters to an address, and what is not sent to it now.
pub fn suppression(suppression: &Suppression, now: Timestamp) -> Value {
    json!({
        "bounced_at": suppression.bounced_at,
        "complained_at": suppression.complained_at,
        "proved_at": suppression.proved_at,
        "lifted_at": suppression.lifted_at,
        "what_is_asked_for": suppression.refuses(Occasion::Asked, now),
        "everything_else": suppression.refuses(Occasion::Told, now),
    })
}

pub fn night(day: Timestamp, night: &Night) -> Value {
    let (compared, differences) = night.sums();
    let state = match (night.parts.is_empty(), night.has_ended()) {
        (true, _) => "not_begun",
        (false, false) => "running",
        (false, true) => "ended",
    };
    let name = |part: &NightPart| part.task.name();
    let has_differences = |part: &&NightPart| part.result.is_some_and(|result| result.differences > 0);
    json!({
        "id": day.day(),
        "state": state,
        "parts": night.parts.len(),
        "open": night.open().map(name).collect::<Vec<_>>(),
        "compared": compared,
        "differences": differences,
        "found_by": night.parts.iter().filter(has_differences).map(name).collect::<Vec<_>>(),
    })
}

pub fn proof(proven: &Proven) -> Value {
    let wrong: Vec<_> = proven
        .wrong
        .iter()
        .map(|wrong| json!({ "customer": wrong.customer, "mode": wrong.mode, "contradiction": wrong.contradiction.to_string() }))
        .collect();
    json!({
        "id": "proof",
        "wallets": proven.wallets,
        "play_wallets": proven.play_wallets,
        "entries": proven.entries,
        "wrong": wrong,
    })
}
