//! A night: its parts are planned, queued, done, and queued again if one was lost.

use crate::{
    NotReconciled, books, gateway,
    queues::{Part, RECONCILIATION},
};
use domain::{
    Timestamp,
    reconciliation::{Task, due_day, is_late, tasks, wallets},
};
use gateways::offers;
use runtime::{Context, fail_point, findings, telemetry};
use std::{collections::BTreeSet, time::Duration};
use store::{Finding, NightPart, PartResult};

/// After so long without a result, a part is queued again. Its message may be lost, or waits for a gateway.
const QUEUED_AGAIN_AFTER: Duration = Duration::from_hours(1);

/// How far a night is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Night {
    /// Its parts; none before it began.
    pub parts: Vec<NightPart>,
}

impl Night {
    /// The parts without a result.
    pub fn open(&self) -> impl Iterator<Item = &NightPart> {
        self.parts.iter().filter(|part| part.result.is_none())
    }

    /// Whether it began and each part has a result.
    pub fn has_ended(&self) -> bool {
        !self.parts.is_empty() && self.open().next().is_none()
    }

    /// How many payments and wallets were compared, and how many differences there are.
    pub fn sums(&self) -> (u64, u64) {
        let results = self.parts.iter().filter_map(|part| part.result);
        results.fold((0, 0), |(compared, found), result| (compared + result.compared, found + result.differences))
    }
}

/// The night of a day, which is any moment of it.
pub async fn night(context: &Context, day: Timestamp) -> Result<Night, NotReconciled> {
    Ok(Night { parts: context.store().ledger().night(day).await? })
}

/// Begins the night of the day that begins then. One that began before is done once more.
async fn start(context: &Context, day: Timestamp) -> Result<(), NotReconciled> {
    let gateways: BTreeSet<_> = offers(context.environment()).map(|(gateway, _)| gateway).collect();
    plan(context, day, tasks(day, gateways)).await?;
    tracing::info!(day = day.day(), "a reconciliation begins");
    Ok(())
}

/// Lets a worker begin the night of the day that begins then, also of one that began before.
pub async fn order(context: &Context, day: Timestamp) -> Result<(), NotReconciled> {
    context.store().ledger().plan_part(day, &Task::Begin, context.now()).await?;
    let part = Part { day, task: Task::Begin };
    Ok(context.queues().await.send(&RECONCILIATION, &part, Duration::ZERO).await?)
}

/// Writes parts, and queues them. One that is written and not queued is found by [`keep_going`].
async fn plan(context: &Context, day: Timestamp, tasks: Vec<Task>) -> Result<(), NotReconciled> {
    for task in &tasks {
        context.store().ledger().plan_part(day, task, context.now()).await?;
    }
    fail_point::here("night-planned");
    let parts: Vec<_> = tasks.into_iter().map(|task| Part { day, task }).collect();
    Ok(context.queues().await.send_all(&RECONCILIATION, &parts).await?)
}

/// Begins the night that is due, unless it began; queues the parts that were lost; counts those that are late.
pub async fn keep_going(context: &Context) -> Result<(), NotReconciled> {
    let (now, day) = (context.now(), due_day(context.now()));
    let night = night(context, day).await?;
    if night.parts.is_empty() {
        return start(context, day).await;
    }
    let lost = night.open().filter(|part| now.since(part.queued_at) >= QUEUED_AGAIN_AFTER);
    let lost: Vec<_> = lost.map(|part| part.task.clone()).collect();
    if is_late(day, now) {
        let late = u64::try_from(night.open().count()).unwrap_or(u64::MAX);
        telemetry::count("ReconciliationLate", late);
    }
    if !lost.is_empty() {
        tracing::warn!(day = day.day(), parts = lost.len(), "parts of a reconciliation are queued again");
    }
    plan(context, day, lost).await
}

/// Does a part, and writes its findings and its result.
pub async fn do_part(context: &Context, part: &Part) -> Result<PartResult, NotReconciled> {
    let (day, ledger) = (part.day, context.store().ledger());
    let name = part.task.name();
    let (compared, found) = match &part.task {
        // The gateways that are set up are in the settings of the worker.
        Task::Begin => {
            start(context, day).await?;
            (0, Vec::new())
        }
        Task::Gateway { gateway } => gateway::compare(context, day, gateway).await?,
        Task::Moved { shard } => {
            let customers = ledger.moved_wallets(day, *shard).await?;
            plan(context, day, wallets(&name, &customers)).await?;
            (0, Vec::new())
        }
        Task::Group { group } => {
            let customers = ledger.wallets_of_group(*group).await?;
            plan(context, day, wallets(&name, &customers)).await?;
            (0, Vec::new())
        }
        Task::Wallets { customers, .. } => books::check(context, day, customers).await?,
    };
    record(context, &found).await?;
    fail_point::here("night-part-compared");
    let differences = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let result = PartResult { at: context.now(), compared, differences };
    if !ledger.end_part(day, &name, result).await? {
        tracing::warn!(day = day.day(), name, "a part of a reconciliation was not planned");
    }
    tracing::info!(day = day.day(), name, compared, differences, "a part of a reconciliation is done");
    Ok(result)
}

/// Writes and counts what was not found before. Without it, the part is not done.
async fn record(context: &Context, found: &[Finding]) -> Result<(), NotReconciled> {
    for finding in found {
        if context.store().orders().put_finding(finding).await? {
            findings::count(finding);
        }
    }
    Ok(())
}
