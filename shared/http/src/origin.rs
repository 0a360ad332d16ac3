//! The origin of a request: the client's network address, with or without an edge (CloudFront) in front of
//! the gateway (decisions 0030 and 0035). Nothing else reads addresses.
//!
//! The gateway's source address is the client's, unless `x-origin-secret` proves that the request came
//! through the edge. Then the client's address is the one that the edge added to `X-Forwarded-For`. Where the
//! edge is required, every other request is rejected, so its firewall can't be walked around.

use crate::{
    codes::{NetworkNotAllowed, OriginRequired},
    describe::{Describe, Description},
    problem::Problem,
};
use axum::extract::{FromRequestParts, Request};
use http::{HeaderMap, request::Parts};
use lambda_http::request::RequestContext;
use runtime::{Context, Environment, telemetry};
use secrecy::{ExposeSecret, SecretString};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr},
};
use subtle::ConstantTimeEq;

/// The header that proves that a request came through the edge. The edge overwrites a client's value.
const SECRET: &str = "x-origin-secret";
/// Each hop appends the address that it saw. The client controls everything further left.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// Hops that append an address: the edge appends the client's, the gateway the edge's.
const HOPS: usize = 2;

/// The origin of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The client's address; `0.0.0.0` if unknown.
    pub address: IpAddr,
}

/// The edge in front of the gateway, if there is one.
struct Edge {
    /// The valid secrets: one that the edge sends, and one that it may send next. None without an edge.
    secrets: Vec<SecretString>,
    /// Whether a request that did not come through the edge is rejected.
    required: bool,
}

/// What a request proves about its way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// It came through the edge.
    Edge,
    /// It has a secret, which is not valid: a client's guess, or an edge that was forgotten in a rotation.
    Wrong,
    /// Nothing.
    Nothing,
}

/// Notes the origin of a request in its extensions, and rejects one that must come through the edge and did not. It is
/// called once for a request, before everything that reads an [`Origin`].
pub(crate) fn admit(request: &mut Request, context: &Context) -> Result<(), Problem> {
    let edge = Edge::read(context.environment());
    let proof = edge.proof(request.headers());
    if proof == Proof::Wrong {
        telemetry::count("WrongOriginSecrets", 1);
    }
    let source = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref(),
        _ => None,
    };
    let address = client_address(proof, source.and_then(address), request.headers());
    request.extensions_mut().insert(Origin { address });
    if edge.admits(proof) { Ok(()) } else { Err(OriginRequired.into()) }
}

impl Origin {
    /// The origin of this request, as [`admit`] noted it.
    pub(crate) fn of(parts: &Parts) -> Self {
        let noted = parts.extensions.get().copied();
        noted.unwrap_or(Self { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED) })
    }

    /// Whether the client is in a trusted network, whose calls are not limited.
    pub fn is_trusted(&self, context: &Context) -> bool {
        context.config().trusted_networks.iter().any(|network| network.contains(self.address))
    }
}

impl Origin {
    /// Refuses a client outside of the networks of staff, if there is a list of them.
    pub(crate) fn admit_staff(self, context: &Context) -> Result<(), Problem> {
        let networks = &context.config().staff_networks;
        if networks.is_empty() || networks.iter().any(|network| network.contains(self.address)) {
            return Ok(());
        }
        Err(NetworkNotAllowed { address: self.address }.into())
    }
}

/// A client in a network of staff, for endpoints of staff that read no credential.
#[derive(Clone, Copy, Debug)]
pub struct StaffNetwork;

impl FromRequestParts<Context> for StaffNetwork {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        Origin::of(parts).admit_staff(context).map(|()| Self)
    }
}

impl Describe for StaffNetwork {
    fn describe(description: &mut Description) {
        description.may_refuse([NetworkNotAllowed::CODE]);
    }
}

impl Edge {
    /// Reads `ORIGIN_SECRET`, the secrets, separated by commas, and `EDGE_REQUIRED`; both are empty without an edge.
    fn read(environment: &Environment) -> Self {
        Self::new(&environment.setting("ORIGIN_SECRET"), &environment.setting("EDGE_REQUIRED"))
    }

    /// Any text but `off` requires the edge, because a misspelt setting must not open the gateway.
    fn new(secrets: &str, required: &str) -> Self {
        let secrets = secrets.split(',').map(str::trim).filter(|text| !text.is_empty());
        Self { secrets: secrets.map(SecretString::from).collect(), required: !matches!(required, "" | "off") }
    }

    /// Whether a request with this proof may be answered. Without a valid secret nothing can be proven, and an edge
    /// that is required admits nobody.
    const fn admits(&self, proof: Proof) -> bool {
        !self.required || matches!(proof, Proof::Edge)
    }

    fn proof(&self, headers: &HeaderMap) -> Proof {
        let Some(given) = headers.get(SECRET).filter(|_| !self.secrets.is_empty()) else { return Proof::Nothing };
        let is = |secret: &SecretString| bool::from(secret.expose_secret().as_bytes().ct_eq(given.as_bytes()));
        if self.secrets.iter().any(is) { Proof::Edge } else { Proof::Wrong }
    }
}

/// The client's address. Without the secret, the request did not come through the edge, so the gateway's source is the
/// client.
fn client_address(proof: Proof, source: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
    let forwarded = if proof == Proof::Edge { forwarded_for(headers) } else { None };
    forwarded.or(source).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// The address that the edge appended. It is counted from the right, because the client controls the left.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let lists: Vec<_> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    lists.join(",").rsplit(',').nth(HOPS - 1).and_then(address)
}

/// Parses an address; an IPv4-mapped IPv6 address becomes IPv4.
fn address(text: &str) -> Option<IpAddr> {
    text.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

impl FromRequestParts<Context> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _context: &Context) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

impl Describe for Origin {}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    /// The gateway's source: the edge's address behind an edge, the client's without one.
    const SOURCE: &str = "130.176.1.1";
    const RIGHT: (&str, &str) = (SECRET, "new-secret");

    fn map(headers: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        headers.iter().map(pair).collect()
    }

    fn client(setting: &str, headers: &[(&'static str, &str)]) -> String {
        let headers = map(headers);
        client_address(Edge::new(setting, "").proof(&headers), address(SOURCE), &headers).to_string()
    }

    #[test]
    fn behind_an_edge_the_client_is_the_second_from_the_right() {
        for (forwarded, expected) in [
            ("198.51.100.7, 130.176.1.1", "198.51.100.7"),
            // A client's own values stay on the left.
            ("10.0.0.1, 198.51.100.7, 130.176.1.1", "198.51.100.7"),
            ("10.0.0.1, 10.0.0.2,198.51.100.7,130.176.1.1", "198.51.100.7"),
            ("not an address, 198.51.100.7, 130.176.1.1", "198.51.100.7"),
            ("2001:db8::7, 130.176.1.1", "2001:db8::7"),
            ("::ffff:198.51.100.7, 130.176.1.1", "198.51.100.7"),
            // A list of another form is ignored.
            ("130.176.1.1", SOURCE),
            ("198.51.100.7, , 130.176.1.1, 130.176.1.1", SOURCE),
            ("unknown, 130.176.1.1", SOURCE),
            ("", SOURCE),
        ] {
            assert_eq!(client("new-secret", &[RIGHT, (FORWARDED_FOR, forwarded)]), expected, "{forwarded}");
        }
        assert_eq!(client("new-secret", &[RIGHT]), SOURCE);
        let lines = [RIGHT, (FORWARDED_FOR, "10.0.0.1"), (FORWARDED_FOR, "198.51.100.7, 130.176.1.1")];
        assert_eq!(client("new-secret", &lines), "198.51.100.7", "several lines are one list");
    }

    #[test]
    fn the_header_is_used_only_with_the_secret() {
        let list = (FORWARDED_FOR, "198.51.100.7, 130.176.1.1");
        for (setting, secret, accepted) in [
            ("new-secret", "new-secret", true),
            ("old-secret, new-secret", "new-secret", true),
            ("old-secret, new-secret", "old-secret", true),
            ("new-secret", "old-secret", false),
            ("new-secret", "new-secret2", false),
            ("new-secret", "new-secre", false),
            ("new-secret", "", false),
            ("old-secret, new-secret", "old-secret, new-secret", false),
            // Without an edge no secret is valid, not even an empty one.
            ("", "new-secret", false),
            ("", "", false),
            (" , ", "", false),
        ] {
            let expected = if accepted { "198.51.100.7" } else { SOURCE };
            assert_eq!(client(setting, &[(SECRET, secret), list]), expected, "{setting:?} {secret:?}");
        }
        for name in ["x-real-ip", "x-viewer-ip", "forwarded", "true-client-ip", "cf-connecting-ip"] {
            assert_eq!(client("new-secret", &[RIGHT, (name, "198.51.100.7")]), SOURCE, "{name}");
        }
        assert_eq!(client("new-secret", &[list]), SOURCE);
    }

    #[test]
    fn a_request_without_a_gateway_has_no_address() {
        assert_eq!(client_address(Proof::Nothing, None, &HeaderMap::new()), IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    }

    #[test]
    fn where_the_edge_is_required_only_its_requests_pass() {
        for (secrets, required, sent, admitted) in [
            ("a,b", "on", &[(SECRET, "a")][..], true),
            ("a,b", "on", &[(SECRET, "b")], true),
            ("a,b", "on", &[(SECRET, "c")], false),
            ("a,b", "on", &[(SECRET, "a,b")], false),
            ("a,b", "on", &[(SECRET, "")], false),
            ("a,b", "on", &[], false),
            // The first of two lines is the edge's, which replaces what a client sent.
            ("a,b", "on", &[(SECRET, "c"), (SECRET, "a")], false),
            ("a,b", "on", &[(FORWARDED_FOR, "198.51.100.7, 130.176.1.1")], false),
            // A required edge without a secret is a mistake, which closes the API instead of opening it.
            ("", "on", &[(SECRET, "")], false),
            ("", "on", &[], false),
            ("a,b", "yes", &[], false),
            ("a,b", "off", &[(SECRET, "c")], true),
            ("a,b", "", &[], true),
            ("", "", &[(SECRET, "c")], true),
        ] {
            let edge = Edge::new(secrets, required);
            assert_eq!(edge.admits(edge.proof(&map(sent))), admitted, "{secrets:?} {required:?} {sent:?}");
        }
    }
}
