//! For whom passkeys are made: the host of the public address, and the one origin whose pages may use them.

use super::PasskeyError;
use http::{Uri, uri::Authority};
use runtime::Context;
use std::net::IpAddr;
use webauthn_rp::request::{AsciiDomain, RpId};

/// The host that browsers know as `localhost`. They make no passkeys for network addresses.
const LOCALHOST: &str = "localhost";

/// The relying party of all ceremonies.
#[derive(Debug)]
pub(super) struct RelyingParty {
    pub(super) id: RpId,
    /// The origin of the pages, as browsers write it.
    pub(super) origin: String,
}

impl RelyingParty {
    pub(super) fn new(context: &Context) -> Result<Self, PasskeyError> {
        Self::of(&context.config().public_url).ok_or(PasskeyError::NoPublicUrl)
    }

    /// The relying party at this public address; `None` if it is not one of a web server.
    fn of(public_url: &str) -> Option<Self> {
        let url: Uri = public_url.parse().ok()?;
        let (scheme, host) = (url.scheme_str()?, url.host()?);
        // The local cloud's address is that of the loopback interface. Its pages are opened under the name.
        let host = if host.parse().is_ok_and(|address: IpAddr| address.is_loopback()) { LOCALHOST } else { host };
        let port = url.authority().and_then(Authority::port).map(|port| format!(":{port}")).unwrap_or_default();
        let id = AsciiDomain::try_from(host.to_owned()).ok()?;
        Some(Self { id: RpId::Domain(id), origin: format!("{scheme}://{host}{port}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_host_of_the_public_address() {
        for (url, expected) in [
            ("https://namaskah.example", Some(("namaskah.example", "https://namaskah.example"))),
            ("https://sms.namaskah.example/app", Some(("sms.namaskah.example", "https://sms.namaskah.example"))),
            ("http://127.0.0.1:8787", Some(("localhost", "http://localhost:8787"))),
            ("http://localhost:8787", Some(("localhost", "http://localhost:8787"))),
            ("", None),
            ("/relative", None),
        ] {
            let found = RelyingParty::of(url);
            let found = found.as_ref().map(|found| (found.id.as_ref(), found.origin.as_str()));
            assert_eq!(found, expected, "{url}");
        }
    }
}
