//! Findings: listed, given to a colleague, corrected and resolved. Each change is written with its line of the audit
//! trail.

use crate::{Staff, StaffError, audit};
use domain::{
    FindingId, Timestamp, UserId,
    access::Permission,
    audit::{Action, AuditLine},
    finding::{FindingState, NewCorrection, NotAllowed, Work},
    ledger::Step,
};
use runtime::fail_point;
use serde::Serialize;
use std::time::Duration;
use store::{CorrectedFinding, Cursor, Finding, FindingKind, NotCommitted, Page, Profile, Transaction};

/// Which findings are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WantedFindings {
    /// Those of this UTC day, also resolved ones; `None` for all that are not resolved.
    pub day: Option<Timestamp>,
    /// Only those in this state.
    pub state: Option<FindingState>,
    /// Only those of this kind.
    pub kind: Option<FindingKind>,
}

/// A decision about a proposed correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionDecision {
    /// It is posted.
    Approve,
    /// It is dropped, and the finding stays unresolved.
    Refuse,
}

impl WantedFindings {
    fn fits(&self, finding: &Finding) -> bool {
        let (state, kind) = (finding.work.state(), finding.kind);
        self.state.is_none_or(|wanted| wanted == state) && self.kind.is_none_or(|wanted| wanted == kind)
    }
}

impl Staff<'_> {
    /// The findings about orders of the last days, oldest first. One day is today.
    pub async fn findings(&self, days: u32) -> Result<Vec<Finding>, StaffError> {
        let mut found = Vec::new();
        for age in (0..days).rev() {
            let day = self.context.now().minus(Duration::from_hours(24 * u64::from(age)));
            found.extend(self.context.store().orders().findings_of(day).await?);
        }
        Ok(found)
    }

    /// A page of findings, oldest first.
    pub async fn find_findings(
        &self,
        wanted: &WantedFindings,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Finding>, StaffError> {
        let orders = self.context.store().orders();
        let mut page = match wanted.day {
            Some(day) => orders.findings_on(day, limit, after).await?,
            None => orders.unresolved_findings(limit, after).await?,
        };
        page.items.retain(|finding| wanted.fits(finding));
        Ok(page)
    }

    /// Gives a finding to a colleague who may work on findings, or to nobody, with a note.
    pub async fn assign_finding(&self, id: &FindingId, to: Option<UserId>, note: &str) -> Result<Finding, StaffError> {
        if let Some(user) = &to {
            let profile = self.context.store().record::<Profile>(user, &()).await?;
            let role = profile.filter(|profile| profile.active).and_then(|profile| profile.role);
            if !role.is_some_and(|role| role.grants().contains(Permission::FindingsWrite)) {
                return Err(StaffError::Missing(format!("colleague {user} for findings")));
            }
        }
        let finding = self.finding(id).await?;
        let work = finding.work.clone().assigned(to.clone(), &self.actor, note, self.context.now())?;
        self.work_on(finding, work, Action::FindingAssign, to, note).await
    }

    /// Notes that a finding needs nothing more.
    pub async fn resolve_finding(&self, id: &FindingId, note: &str) -> Result<Finding, StaffError> {
        let finding = self.finding(id).await?;
        let work = finding.work.clone().resolved(&self.actor, note, self.context.now())?;
        let resolution = work.resolved.clone();
        self.work_on(finding, work, Action::FindingResolve, resolution, note).await
    }

    /// Corrects a wallet because of a finding. Up to the limit that resolves the finding, with the entry in the same
    /// transaction. Above, it is a proposal, which only a person who signed in makes: names of the operator's program
    /// prove nobody.
    pub async fn correct_finding(&self, id: &FindingId, new: NewCorrection) -> Result<Finding, StaffError> {
        self.may_correct(&new.customer).await?;
        let needs_approval = new.needs_approval();
        if needs_approval && self.person.is_none() {
            return Err(StaffError::NeedsTwoPeople);
        }
        let finding = self.finding(id).await?;
        let (customer, reason) = (new.customer.clone(), new.reason.clone());
        let work = finding.work.clone().corrected(new, &self.actor, self.context.now())?;
        if needs_approval {
            let correction = work.correction.clone();
            return self.work_on(finding, work, Action::FindingCorrectPropose, correction, &reason).await;
        }
        self.post_correction(Finding { work, ..finding }, customer, Action::FindingCorrect, &reason).await
    }

    /// Approves or refuses a proposed correction. The person who proposed it may only refuse it.
    pub async fn decide_correction(
        &self,
        id: &FindingId,
        decision: CorrectionDecision,
        reason: &str,
    ) -> Result<Finding, StaffError> {
        if self.person.is_none() {
            return Err(StaffError::NeedsTwoPeople);
        }
        let finding = self.finding(id).await?;
        let (now, work) = (self.context.now(), finding.work.clone());
        match decision {
            CorrectionDecision::Refuse => {
                let work = work.refused(&self.actor, reason, now)?;
                self.work_on(finding, work, Action::FindingCorrectRefuse, (), reason).await
            }
            CorrectionDecision::Approve => {
                let work = work.approved(&self.actor, reason, now)?;
                let customer = work.correction.as_ref().map(|correction| correction.user_id.clone());
                let customer = customer.ok_or(NotAllowed::State(FindingState::Resolved))?;
                self.may_correct(&customer).await?;
                self.post_correction(Finding { work, ..finding }, customer, Action::FindingCorrectApprove, reason).await
            }
        }
    }

    async fn finding(&self, id: &FindingId) -> Result<Finding, StaffError> {
        let found = self.context.store().orders().finding(id).await?;
        found.ok_or_else(|| StaffError::Missing(format!("finding {id}")))
    }

    /// Nobody corrects the own wallet, or that of a colleague.
    async fn may_correct(&self, customer: &UserId) -> Result<(), StaffError> {
        self.may_act_on(&self.customer(customer).await?)
    }

    async fn work_on(
        &self,
        finding: Finding,
        work: Work,
        action: Action,
        after: impl Serialize,
        reason: &str,
    ) -> Result<Finding, StaffError> {
        let line = self.line(action, finding.id.as_str()).changing(finding.work.state(), after).because(Some(reason));
        let written = self.context.store().work_on(Finding { work, ..finding }, &line).await?;
        written_as(written, &line)
    }

    /// Posts the correction of a finding together with what ends the work on it.
    async fn post_correction(
        &self,
        finding: Finding,
        customer: UserId,
        action: Action,
        reason: &str,
    ) -> Result<Finding, StaffError> {
        let correction = finding.work.correction.as_ref();
        let line = self.line(action, finding.id.as_str()).of(&customer).changing((), correction).because(Some(reason));
        let movement = correction.map(|correction| correction.movement(&finding.id));
        let step = Step { subject: CorrectedFinding { customer, finding }, movement };
        fail_point::here("before-correction");
        let transaction = Transaction::of(step).audited(line.clone());
        let written = match Box::pin(self.context.store().commit(transaction, self.context.now())).await {
            Ok(corrected) => Some(corrected.finding),
            Err(NotCommitted::Changed) => None,
            Err(error) => return Err(error.into()),
        };
        fail_point::here("after-correction");
        written_as(written, &line)
    }
}

/// The finding as it was written, with its line in the log; an error if it changed meanwhile.
fn written_as(finding: Option<Finding>, line: &AuditLine) -> Result<Finding, StaffError> {
    let finding = finding.ok_or(StaffError::Changed)?;
    audit::log(line);
    Ok(finding)
}
