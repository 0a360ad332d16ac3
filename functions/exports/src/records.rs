//! What an export shows. Records are not exported as they are stored: hashes of secrets, our costs at suppliers, the
//! names of staff and messages for earlier customers of a number stay with us.

use crate::{archive::cell, invoices::BillingRecord};
use domain::{
    Actor, ApiKeyId, AuditId, CountryCode, Credits, ExportId, Language, Network, OrderId, PasskeyId, Plan, ServiceName,
    SessionId, Timestamp, UserId,
    access::{ApiKey, Grants, KeyLimits, KeyName, Mode},
    account::{Backup, Device, EmailChange, Export, Factor, GoogleLink, Passkey, Session, SignIn},
    audit::{Action, AuditLine, Source},
    invoice::BillingDetails,
    ledger::{Account, Cause, Entry, EntryKind, Line, Wallet},
    metering::Metering,
    notification::Notifications,
    order::{CloseReason, Message, Order, Status, TimelineItem},
    policy::RuleId,
    pricing::Capability,
};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Profile;

#[derive(Serialize)]
pub(crate) struct ProfileRecord {
    user_id: UserId,
    email: String,
    plan: Plan,
    language: Language,
    terms_version: Option<String>,
    referral_code: Option<String>,
    /// Another customer's identifier would say who that is.
    was_invited: bool,
    created_at: Timestamp,
    /// A change of the address that is not finished.
    new_email: Option<String>,
    /// The account at Google that may sign in.
    google: Option<GoogleRecord>,
    reminders: Notifications,
    /// The budget of usage-based billing.
    usage_billing: Option<Metering>,
    /// What is printed on invoices.
    billing: Option<BillingRecord>,
    export_id: ExportId,
    exported_at: Timestamp,
}

impl ProfileRecord {
    pub(crate) fn of(
        profile: Profile,
        change: Option<EmailChange>,
        reminders: Notifications,
        billing: Option<BillingDetails>,
        export: &Export,
        now: Timestamp,
    ) -> Self {
        Self {
            user_id: profile.user_id,
            email: profile.email.to_string(),
            plan: profile.plan,
            language: profile.language,
            terms_version: profile.terms.map(String::from),
            referral_code: profile.referral_code.map(String::from),
            was_invited: profile.referred_by.is_some(),
            created_at: profile.created_at,
            new_email: change.filter(|change| change.is_open(now)).map(|change| change.new.to_string()),
            google: profile.google.map(GoogleRecord::from),
            reminders,
            usage_billing: profile.metering,
            billing: billing.map(BillingRecord::from),
            export_id: export.export_id.clone(),
            exported_at: now,
        }
    }
}

#[derive(Serialize)]
struct GoogleRecord {
    id: String,
    email: String,
    linked_at: Timestamp,
}

impl From<GoogleLink> for GoogleRecord {
    fn from(link: GoogleLink) -> Self {
        Self { id: link.subject.to_string(), email: link.email.to_string(), linked_at: link.linked_at }
    }
}

#[derive(Serialize)]
pub(crate) struct SessionRecord {
    id: SessionId,
    sign_in: SignIn,
    second_factor: Option<Factor>,
    device: Device,
    network: Network,
    started_at: Timestamp,
    used_at: Timestamp,
    ends_at: Timestamp,
}

impl From<Session> for SessionRecord {
    fn from(session: Session) -> Self {
        Self {
            id: session.session_id,
            sign_in: session.factors.sign_in,
            second_factor: session.factors.second_factor,
            device: session.device,
            network: session.network,
            started_at: session.started_at,
            used_at: session.used_at,
            ends_at: session.ends_at,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct PasskeyRecord {
    id: PasskeyId,
    name: KeyName,
    backup: Backup,
    created_at: Timestamp,
    used_at: Option<Timestamp>,
}

impl From<Passkey> for PasskeyRecord {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.passkey_id,
            name: passkey.name,
            backup: passkey.state.backup,
            created_at: passkey.created_at,
            used_at: passkey.used_at,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct KeyRecord {
    id: ApiKeyId,
    name: KeyName,
    last_four: Option<String>,
    mode: Mode,
    scopes: Grants,
    limits: KeyLimits,
    expires_at: Option<Timestamp>,
    created_at: Timestamp,
}

impl From<ApiKey> for KeyRecord {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.key_id,
            name: key.name,
            last_four: key.last_four,
            mode: key.mode,
            scopes: key.scopes,
            limits: key.limits,
            expires_at: key.expires_at,
            created_at: key.created_at,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct OrderRecord {
    id: OrderId,
    /// False for orders of test keys.
    live: bool,
    status: Status,
    reason: Option<CloseReason>,
    service_name: ServiceName,
    country_code: CountryCode,
    capability: Capability,
    phone_number: Option<String>,
    operator: Option<String>,
    price: Credits,
    cost: Credits,
    tags: BTreeMap<String, String>,
    messages: Vec<MessageRecord>,
    timeline: Vec<TimelineItem>,
    created_at: Timestamp,
    completed_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct MessageRecord {
    from: String,
    text: Option<String>,
    code: Option<String>,
    received_at: Timestamp,
}

impl From<Message> for MessageRecord {
    fn from(message: Message) -> Self {
        Self {
            from: message.from.as_str().to_owned(),
            text: message.text.map(|text| text.as_str().to_owned()),
            code: message.code.map(|code| code.as_str().to_owned()),
            received_at: message.received_at,
        }
    }
}

impl OrderRecord {
    pub(crate) const TABLE: [&str; 9] =
        ["id", "created_at", "status", "service_name", "country_code", "phone_number", "price", "cost", "completed_at"];
    pub(crate) const MESSAGES: [&str; 5] = ["order_id", "received_at", "from", "code", "text"];

    pub(crate) fn of(order: Order, now: Timestamp) -> Self {
        let (cost, messages) = (order.cost(), order.visible_messages(now));
        let (phone, operator) = order.number.map(|number| (number.phone, number.operator)).unzip();
        Self {
            live: order.id.mode() == Mode::Live,
            id: order.id,
            status: order.status,
            reason: order.closed_because,
            service_name: order.request.service,
            country_code: order.request.country,
            capability: order.request.capability,
            phone_number: phone.map(|phone| phone.as_str().to_owned()),
            operator: operator.flatten().or(order.request.operator).map(|operator| operator.as_str().to_owned()),
            price: order.price,
            cost,
            tags: order.request.tags,
            messages: messages.into_iter().map(MessageRecord::from).collect(),
            timeline: order.timeline,
            created_at: order.created_at,
            completed_at: order.completed_at,
        }
    }

    pub(crate) fn cells(&self) -> [String; 9] {
        [
            self.id.to_string(),
            self.created_at.to_string(),
            self.status.as_str().to_owned(),
            self.service_name.to_string(),
            self.country_code.to_string(),
            self.phone_number.clone().unwrap_or_default(),
            self.price.to_string(),
            self.cost.to_string(),
            self.completed_at.map(|at| at.to_string()).unwrap_or_default(),
        ]
    }

    pub(crate) fn message_cells(&self) -> impl Iterator<Item = [String; 5]> {
        self.messages.iter().map(|message| {
            let MessageRecord { from, text, code, received_at } = message;
            let of = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
            [self.id.to_string(), received_at.to_string(), cell(from), of(code), of(text)]
        })
    }
}

#[derive(Serialize)]
pub(crate) struct WalletRecord {
    available: Credits,
    held: Credits,
    owed: Credits,
}

impl From<Wallet> for WalletRecord {
    fn from(Wallet { available, held, owed, .. }: Wallet) -> Self {
        Self { available, held, owed }
    }
}

#[derive(Serialize)]
pub(crate) struct EntryRecord {
    seq: u64,
    at: Timestamp,
    kind: EntryKind,
    amount: Credits,
    included: Credits,
    debit: Account,
    credit: Account,
    available_after: Credits,
    held_after: Credits,
    owed_after: Credits,
    lines: Vec<Line>,
    cause: Cause,
    rule: Option<RuleId>,
    actor: Actor,
}

impl EntryRecord {
    pub(crate) const TABLE: [&str; 10] =
        ["seq", "at", "kind", "amount", "included", "debit", "credit", "available_after", "held_after", "order_id"];

    pub(crate) fn of(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            kind: entry.kind,
            amount: entry.amount,
            included: entry.included.amount,
            debit: entry.debit,
            credit: entry.credit,
            available_after: entry.available_after,
            held_after: entry.held_after,
            owed_after: entry.owed_after,
            lines: entry.lines,
            cause: entry.cause,
            rule: entry.rule,
            actor: entry.actor.public(),
        }
    }

    pub(crate) fn cells(&self) -> [String; 10] {
        [
            self.seq.to_string(),
            self.at.to_string(),
            named(&self.kind),
            self.amount.to_string(),
            self.included.to_string(),
            named(&self.debit),
            named(&self.credit),
            self.available_after.to_string(),
            self.held_after.to_string(),
            self.cause.verification_id().map(ToString::to_string).unwrap_or_default(),
        ]
    }
}

#[derive(Serialize)]
pub(crate) struct ActivityRecord {
    id: AuditId,
    at: Timestamp,
    action: Action,
    target: String,
    actor: Actor,
    device: Option<Device>,
    network: Option<Network>,
}

impl ActivityRecord {
    pub(crate) const TABLE: [&str; 6] = ["at", "action", "target", "actor", "device", "network"];

    pub(crate) fn of(line: AuditLine) -> Self {
        Self {
            id: line.id,
            at: line.at,
            action: line.action,
            target: line.target,
            actor: line.actor.public(),
            network: line.source.as_ref().map(Source::network),
            device: line.source.map(|source| source.device),
        }
    }

    pub(crate) fn cells(&self) -> [String; 6] {
        let text = |value: Option<String>| value.unwrap_or_default();
        [
            self.at.to_string(),
            self.action.to_string(),
            cell(&self.target),
            self.actor.to_string(),
            text(self.device.as_ref().map(ToString::to_string)),
            text(self.network.as_ref().map(ToString::to_string)),
        ]
    }
}

/// The name of a value in JSON.
fn named(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
