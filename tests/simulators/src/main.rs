//! Simulators of outside systems on loopback, for the local cloud and the tests: `simulators
//! --fivesim 127.0.0.1:5005 --identity 127.0.0.1:5006`.
//!
//! - `--sold-before 7`: 5SIM's first order has the number 8, so that a restarted simulator never
//!   reuses the number of a stored order.
//! - `--btcpay 127.0.0.1:5009`: BTCPay Server. `--btcpay-key` is its API key, by default `local-token`,
//!   and `--btcpay-store` its store, by default `local-store`.
//! - `--redirect URI`, repeated: where the identity provider may send codes. `--client-id` and
//!   `--client-secret` name its client, by default `namaskah-local` with `local-secret`.
//!
//! Prints one JSON line with the addresses when it is ready. Each system is a module. All of them
//! are controlled through `/_sim` (see `README.md` in the parent folder).

mod btcpay;
mod clock;
mod fivesim;
mod identity;
mod journal;
mod page;
#[expect(dead_code, reason = "the gateways come next")]
mod webhooks;

use std::io::{Error, Write};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (fivesim, fivesim_url) = listen("--fivesim", "127.0.0.1:5005").await?;
    let (identity, identity_url) = listen("--identity", "127.0.0.1:5006").await?;
    let (btcpay, btcpay_url) = listen("--btcpay", "127.0.0.1:5009").await?;
    let sold_before = text_after("--sold-before").map_or(Ok(0), |text| text.parse()).map_err(Error::other)?;
    let client = identity::Client {
        id: text_after("--client-id").unwrap_or_else(|| "namaskah-local".to_owned()),
        secret: text_after("--client-secret").unwrap_or_else(|| "local-secret".to_owned()),
        redirects: texts_after("--redirect"),
    };
    let btcpay_key = text_after("--btcpay-key").unwrap_or_else(|| "local-token".to_owned());
    let btcpay_store = text_after("--btcpay-store").unwrap_or_else(|| "local-store".to_owned());
    let ready = serde_json::json!({ "fivesim": fivesim_url, "identity": identity_url, "btcpay": btcpay_url });
    writeln!(std::io::stdout().lock(), "{ready}")?;
    tokio::try_join!(
        axum::serve(fivesim, fivesim::router(sold_before)).into_future(),
        axum::serve(identity, identity::router(&identity_url, client)).into_future(),
        axum::serve(btcpay, btcpay::router(&btcpay_url, &btcpay_key, &btcpay_store)).into_future(),
    )?;
    Ok(())
}

/// Listens on the address after a flag; returns the URL, too.
async fn listen(flag: &str, default: &str) -> Result<(TcpListener, String), Error> {
    let listener = TcpListener::bind(text_after(flag).as_deref().unwrap_or(default)).await?;
    let local = listener.local_addr()?;
    if !local.ip().is_loopback() {
        return Err(Error::other("a simulator listens on loopback only"));
    }
    Ok((listener, format!("http://{local}")))
}

fn text_after(flag: &str) -> Option<String> {
    texts_after(flag).into_iter().next()
}

fn texts_after(flag: &str) -> Vec<String> {
    let arguments: Vec<_> = std::env::args().collect();
    arguments.windows(2).filter(|pair| pair[0] == flag).map(|pair| pair[1].clone()).collect()
}
