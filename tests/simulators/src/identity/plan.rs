//! What tests plan: faults of the next sign-ins, and sign-ins that need no page. README.md lists them.

use serde::{Deserialize, Serialize};

/// A fault of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The claim `email_verified` is false.
    EmailUnverified,
    /// The token has no address, although it was asked for.
    EmailMissing,
    /// The address is not of an organisation that the provider hosts.
    NotHosted,
    /// The nonce of another request.
    WrongNonce,
    /// The audience is another client.
    WrongAudience,
    /// The issuer is somebody else.
    WrongIssuer,
    /// Expired an hour ago.
    ExpiredToken,
    /// Not valid for another hour.
    NotYetValid,
    /// Another account that has the same e-mail address.
    AnotherSubject,
    /// The claim `at_hash` is that of another access token.
    WrongAtHash,
    /// Signed by a key that is not published.
    UnknownKey,
    /// Signed by a key that is not published, under the name of one that is.
    WrongSignature,
    /// Signed by a new key, which is published from now on.
    RotateKeys,
    /// No signature, and `alg` is `none`.
    AlgNone,
    /// Signed by HS256, with the public key as the secret.
    Hs256WithPublicKey,
    /// `/token` answers 500, and the code stays valid.
    #[serde(rename = "token_500")]
    Token500,
    /// `/token` answers after `seconds`.
    TokenSlow,
    /// `/jwks` answers 500.
    #[serde(rename = "jwks_500")]
    Jwks500,
}

/// The moment at which a fault happens. A sign-in can have one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A call of `/token` arrives.
    Exchange,
    /// An ID token is made.
    IdToken,
    /// A call of `/jwks` arrives.
    Jwks,
}

impl Fault {
    const fn moment(self) -> Moment {
        match self {
            Self::Token500 | Self::TokenSlow => Moment::Exchange,
            Self::Jwks500 => Moment::Jwks,
            _ => Moment::IdToken,
        }
    }
}

/// A fault of the next matching sign-ins.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    pub fault: Fault,
    #[serde(default = "once")]
    pub times: u32,
    /// Only for this person; a call of `/jwks` has none.
    pub email: Option<String>,
    /// Duration, for `token_slow`.
    #[serde(default = "twelve")]
    pub seconds: u64,
}

/// An answer to the next matching requests that name a person by `login_hint`, in place of the page.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Only for this person.
    pub email: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// Without it, until a reset.
    pub times: Option<u32>,
    /// Whether the person refuses.
    #[serde(default)]
    pub denied: bool,
}

const fn once() -> u32 {
    1
}

const fn twelve() -> u64 {
    12
}

/// Takes the first fault that is planned for a moment and a person.
pub fn take_fault(plans: &mut Vec<Planned>, moment: Moment, email: &str) -> Option<Planned> {
    let at = plans.iter().position(|plan| plan.fault.moment() == moment && is_for(plan.email.as_ref(), email))?;
    let plan = plans[at].clone();
    plans[at].times = plan.times.saturating_sub(1);
    if plans[at].times == 0 {
        plans.remove(at);
    }
    Some(plan)
}

/// Takes the newest approval for a person.
pub fn take_approval(approvals: &mut Vec<Approval>, email: &str) -> Option<Approval> {
    let at = approvals.iter().rposition(|approval| is_for(approval.email.as_ref(), email))?;
    let approval = approvals[at].clone();
    approvals[at].times = approval.times.map(|times| times.saturating_sub(1));
    if approvals[at].times == Some(0) {
        approvals.remove(at);
    }
    Some(approval)
}

fn is_for(planned: Option<&String>, email: &str) -> bool {
    planned.is_none_or(|planned| planned.eq_ignore_ascii_case(email))
}
