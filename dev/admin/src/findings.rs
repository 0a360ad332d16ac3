//! The commands about findings.

use crate::{
    Failure,
    arguments::{CorrectionOf, Findings},
    run::id,
    shown::Answer,
    views,
};
use domain::finding::{Direction, NewCorrection};
use serde_json::Value;
use staff::{Staff, WantedFindings};
use store::{Cursor, Finding, first_items};

/// Runs a command.
pub async fn run(staff: &Staff<'_>, command: &Findings) -> Result<Answer, Failure> {
    let finding = match command {
        Findings::List { days, all } => {
            let found = staff.findings(*days).await?;
            let shown = found.iter().filter(|finding| *all || finding.work.resolved.is_none());
            return Ok(Value::Array(shown.map(views::finding).collect()).into());
        }
        Findings::Unresolved { most } => return Ok(list(&unresolved(staff, *most as usize).await?)),
        Findings::Assign { finding, to, note } => {
            let to = match to {
                Some(to) => Some(id(staff, to).await?),
                None => None,
            };
            staff.assign_finding(finding, to, note).await?
        }
        Findings::Credit(of) => correct(staff, Direction::Credit, of).await?,
        Findings::Debit(of) => correct(staff, Direction::Debit, of).await?,
        Findings::Resolve { finding, note } => staff.resolve_finding(finding, note).await?,
    };
    Ok(views::finding(&finding).into())
}

fn list(found: &[Finding]) -> Answer {
    Value::Array(found.iter().map(views::finding).collect()).into()
}

async fn unresolved(staff: &Staff<'_>, most: usize) -> Result<Vec<Finding>, Failure> {
    let wanted = WantedFindings::default();
    let read = async |left: usize, after: Option<&Cursor>| staff.find_findings(&wanted, left.min(100), after).await;
    Ok(first_items(most, read).await?)
}

async fn correct(staff: &Staff<'_>, direction: Direction, of: &CorrectionOf) -> Result<Finding, Failure> {
    let (amount, reason) = (of.amount, of.reason.clone());
    let customer = id(staff, &of.customer).await?;
    Ok(staff.correct_finding(&of.finding, NewCorrection { customer, direction, amount, reason }).await?)
}
