//! Simulators of outside systems on loopback, for the local cloud and the tests: `simulators
//! --fivesim 127.0.0.1:5005`.
//!
//! With `--sold-before 7` the first order has the number 8, so that a restarted simulator never
//! reuses the number of a stored order. Prints one JSON line with the addresses when it is ready.
//! Each system is a module. All of them are controlled through `/_sim` (see `README.md` in the
//! parent folder).

mod fivesim;

use std::io::{Error, Write};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = text_after("--fivesim").unwrap_or_else(|| "127.0.0.1:5005".to_owned());
    let listener = TcpListener::bind(&address).await?;
    let local = listener.local_addr()?;
    if !local.ip().is_loopback() {
        return Err(Error::other("a simulator listens on loopback only"));
    }
    writeln!(std::io::stdout().lock(), "{}", serde_json::json!({ "fivesim": format!("http://{local}") }))?;
    let sold_before = text_after("--sold-before").map_or(Ok(0), |text| text.parse()).map_err(Error::other)?;
    axum::serve(listener, fivesim::router(sold_before)).await
}

fn text_after(flag: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != flag);
    arguments.next().and(arguments.next())
}
