//! The operator's program: customers, keys, corrections, orders, findings, sales,
//! the proof of the books.
//!
//! It reads the functions' environment (`STAGE`, `TABLE_*`), which `make admin` sets for a stage. Everything
//! it does is a use case of `shared/staff`. It prints one object or list, as text or with `--json` as JSON,
//! and answers errors with one line and the exit code 1.

mod arguments;
mod colleagues;
mod demo;
mod findings;
mod invoices;
mod payments;
mod run;
mod sales;
mod shown;
mod views;
mod vouchers;

use arguments::Arguments;
use clap::{CommandFactory, Parser};
use domain::Actor;
use runtime::Context;
use staff::Staff;
use std::process::ExitCode;

/// Why a command did nothing.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The use case refused.
    #[error(transparent)]
    Staff(#[from] staff::StaffError),
    /// Not for this stage, not confirmed, or not readable.
    #[error("{0}")]
    Refused(String),
    /// A supplier's list could not be read or written.
    #[error(transparent)]
    Refresh(#[from] catalog::refresh::RefreshError),
    /// The environment is incomplete.
    #[error(transparent)]
    Config(#[from] runtime::ConfigError),
    /// The terminal or a pipe failed.
    #[error(transparent)]
    Terminal(#[from] std::io::Error),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match Box::pin(work(&arguments)).await {
        Ok(exit) => exit,
        Err(failure) => shown::failure(&failure.to_string(), arguments.json),
    }
}

async fn work(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if let arguments::Command::Completion { shell } = &arguments.command {
        clap_complete::generate(*shell, &mut Arguments::command(), "admin", &mut std::io::stdout());
        return Ok(ExitCode::SUCCESS);
    }
    let context = Context::from_env().await?;
    let stage = context.config().stage.clone();
    if !matches!(stage.as_str(), "local" | "dev" | "prod") {
        return Err(Failure::Refused("STAGE must be local, dev or prod; make admin sets it".to_owned()));
    }
    if stage == "prod" && arguments.command.changes() && !arguments.yes {
        shown::confirm("This changes prod")?;
    }
    let staff = Staff::new(&context, Actor::operator(&arguments.operator()));
    let answer = run::run(&context, &staff, &arguments.command).await?;
    shown::answer(&answer, arguments.json)
}
