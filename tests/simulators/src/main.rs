//! Simulators of outside systems on loopback, for the local cloud and the tests. Each listens on the
//! address of its flag: `--fivesim 127.0.0.1:5005`, `--identity 127.0.0.1:5006`,
//! `--paystack 127.0.0.1:5007`, `--stripe 127.0.0.1:5008`, `--btcpay 127.0.0.1:5009`.
//!
//! - `--sold-before 7`: 5SIM's first order has the number 8, so that a restarted simulator never
//!   reuses the number of a stored order.
//! - `--redirect URI`, repeated: where the identity provider may send codes. `--client-id` and
//!   `--client-secret` name its client, by default `namaskah-local` with `local-secret`.
//! - `--paystack-key` and `--stripe-key`: the secret keys of our accounts, by default
//!   `sk_test_local`. `--btcpay-key` and `--btcpay-store`: the API key and the store at BTCPay
//!   Server, by default `local-token` and `local-store`.
//!
//! Prints one JSON line with the addresses when it is ready. Each system is a module. All of them
//! are controlled through `/_sim` (see `README.md` in the parent folder).

mod btcpay;
mod clock;
mod fivesim;
mod identity;
mod journal;
mod page;
mod paystack;
mod stripe;
mod webhooks;

use std::io::{Error, Write};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (fivesim, fivesim_url) = listen("--fivesim", "127.0.0.1:5005").await?;
    let (paystack, paystack_url) = listen("--paystack", "127.0.0.1:5007").await?;
    let (stripe, stripe_url) = listen("--stripe", "127.0.0.1:5008").await?;
    let (btcpay, btcpay_url) = listen("--btcpay", "127.0.0.1:5009").await?;
    let (identity, identity_url) = listen("--identity", "127.0.0.1:5006").await?;
    let sold_before = text_after("--sold-before").map_or(Ok(0), |text| text.parse()).map_err(Error::other)?;
    let client = identity::Client {
        id: text("--client-id", "namaskah-local"),
        secret: text("--client-secret", "local-secret"),
        redirects: texts_after("--redirect"),
    };
    let paystack_key = text("--paystack-key", "sk_test_local");
    let stripe_key = text("--stripe-key", "sk_test_local");
    let (btcpay_key, btcpay_store) = (text("--btcpay-key", "local-token"), text("--btcpay-store", "local-store"));
    let ready = serde_json::json!({
        "fivesim": fivesim_url,
        "identity": identity_url,
        "paystack": paystack_url,
        "stripe": stripe_url,
        "btcpay": btcpay_url,
    });
    writeln!(std::io::stdout().lock(), "{ready}")?;
    tokio::try_join!(
        axum::serve(fivesim, fivesim::router(sold_before)).into_future(),
        axum::serve(identity, identity::router(&identity_url, client)).into_future(),
        axum::serve(paystack, paystack::router(&paystack_url, &paystack_key, clock::real_ms())).into_future(),
        axum::serve(stripe, stripe::router(&stripe_url, &stripe_key)).into_future(),
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

/// The text after a flag, or the default.
fn text(flag: &str, default: &str) -> String {
    text_after(flag).unwrap_or_else(|| default.to_owned())
}

fn text_after(flag: &str) -> Option<String> {
    texts_after(flag).into_iter().next()
}

fn texts_after(flag: &str) -> Vec<String> {
    let arguments: Vec<_> = std::env::args().collect();
    arguments.windows(2).filter(|pair| pair[0] == flag).map(|pair| pair[1].clone()).collect()
}
