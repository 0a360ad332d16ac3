//! `make bench`: runs release binaries under a fake Lambda, measures them, compares them with their
//! budgets, and computes the cost of a million verifications.
//!
//! `benches BINARIES [--quick] [--alone] [--only=SCENARIO]`: the folder with the binaries; fewer
//! repeats; no other languages; one scenario without a verdict.

mod budget;
mod compare;
mod cost;
mod fixtures;
mod http;
mod lambda;
mod measure;
mod report;
mod units;
mod wire;

use flate2::{Compression, write::DeflateEncoder};
use measure::Effort;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// An error that stops the measurement.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Scenarios and the functions that serve them.
const SCENARIOS: [(&str, &str); 15] = [
    ("create", "verifications.create"),
    ("get", "verifications.get"),
    ("list", "verifications.list"),
    ("wallet", "wallet.get"),
    ("wallet, session", "wallet.get"),
    ("login", "auth.login"),
    ("offers", "catalog.offers"),
    ("poll, one", "verifications.poll"),
    ("poll, ten", "verifications.poll"),
    ("poll, the code", "verifications.poll"),
    ("check", "verifications.check"),
    ("outbox", "verifications.outbox"),
    ("tally", "wallet.tally"),
    ("webhook", "payments.paystack"),
    ("webhook, forged", "payments.paystack"),
];
const BINARIES: [&str; 14] = [
    "verifications",
    "wallet",
    "catalog",
    "system",
    "auth",
    "account",
    "keys",
    "letters",
    "audit",
    "backoffice",
    "exports",
    "payments",
    "invoices",
    "subscriptions",
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            report::print(&format!("bench: {fault}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<bool, Fault> {
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let only = arguments.iter().find_map(|argument| argument.strip_prefix("--only="));
    let binaries = arguments.iter().find(|argument| !argument.starts_with("--"));
    let binaries = std::path::absolute(binaries.ok_or("which folder are the release binaries in?")?)?;
    let effort = if has("--quick") { Effort { processes: 3, calls: 60 } } else { Effort { processes: 7, calls: 301 } };
    report::load();
    let recorded = fixtures::Recorded::make(&binaries)?;
    let scenarios: Vec<_> = SCENARIOS.into_iter().filter(|(name, _)| only.is_none_or(|only| *name == only)).collect();
    let figures = measure::measure(&binaries, &recorded, &scenarios, effort)?;
    let zips = BINARIES.map(|binary| Ok((binary.to_owned(), zip_bytes(&binaries.join(binary))?)));
    let zips = zips.into_iter().collect::<Result<Vec<_>, Fault>>()?;
    report::figures(&figures, &zips);
    if only.is_some() {
        return Ok(true);
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    report::cost(&figures, &cost::Basis::read(&here.join("prices.json"))?)?;
    let mut broken = budget::broken(&figures, &zips);
    if !has("--alone") {
        let tools: PathBuf = here.join("../.local/bench");
        let results = compare::compare(&binaries, here, &tools)?;
        report::results(&results);
        broken.extend(compare::broken(&results));
    }
    report::verdict(&broken);
    Ok(broken.is_empty())
}

/// The size of a zip with this binary: the deflated binary and about 150 bytes of framing.
fn zip_bytes(binary: &Path) -> Result<usize, Fault> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&std::fs::read(binary)?)?;
    Ok(encoder.finish()?.len() + 150)
}
