//! The work on a finding: its owner, its notes, the correction of a wallet, its resolution. A correction above a limit
//! needs two people.

use crate::{
    Actor, Credits, EntrySeq, FindingId, Timestamp, UserId,
    ledger::{Account, Cause, EntryKind, Movement, Route},
};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use thiserror::Error;
use utoipa::ToSchema;

/// A correction above this needs the approval of a second person, as a refund does.
pub const CORRECTED_ALONE: Credits = crate::payment::APPROVAL_ABOVE;
/// The most notes of a finding. Decisions are noted beyond it.
pub const MOST_NOTES: usize = 50;

/// What was done about a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Who works on it; `None` if nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// What people noted, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The correction, if one was proposed. One that was refused is only noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// Its resolution; `None` before.
    #[serde(default)]
    pub resolved: Option<Resolution>,
}

/// The state of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// Nobody works on it.
    Open,
    /// It has an owner.
    Assigned,
    /// A correction awaits a second person.
    AwaitingApproval,
    /// It needs nothing more.
    Resolved,
}

/// The owner of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Owner {
    /// Person of the staff.
    pub user_id: UserId,
    /// Since when.
    pub since: Timestamp,
    /// Who assigned it.
    pub by: Actor,
}

/// A note about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// The text.
    pub text: String,
}

/// The end of the work on a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingResolution)]
pub struct Resolution {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What was done.
    pub note: String,
}

/// Whether a correction gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CorrectionDirection)]
pub enum Direction {
    /// Money comes into the wallet.
    Credit,
    /// Money goes out of the wallet.
    Debit,
}

/// A correction to propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCorrection {
    /// The customer.
    pub customer: UserId,
    /// Whether it gives or takes.
    pub direction: Direction,
    /// How much.
    pub amount: Credits,
    /// Why.
    pub reason: String,
}

/// A correction of a wallet because of a finding: a new entry, never a change of an old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingCorrection)]
pub struct Correction {
    /// Customer.
    pub user_id: UserId,
    /// Whether it gives or takes.
    pub direction: Direction,
    /// Amount in credits.
    pub amount: Credits,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: Actor,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Second person, who approved it; null if it needs none, and before the approval.
    pub approved_by: Option<Actor>,
    /// Number of its entry in the wallet; null before it is posted.
    #[schema(value_type = Option<u64>)]
    pub entry: Option<EntrySeq>,
}

/// Why something can't be done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAllowed {
    /// Its state does not allow it.
    #[error("the finding is {}", .0.as_str())]
    State(FindingState),
    /// The person who proposes a correction can't approve it.
    #[error("somebody else approves a correction")]
    SamePerson,
    /// It has the most notes.
    #[error("the finding has {MOST_NOTES} notes")]
    TooManyNotes,
}

impl FindingState {
    /// Every state.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Assigned => "assigned",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Resolved => "resolved",
        }
    }
}

impl Direction {
    /// The name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Debit => "debit",
        }
    }

    /// The accounts of a correction.
    pub const fn route(self) -> Route {
        match self {
            Self::Credit => Route { debit: Account::Adjustments, credit: Account::Available },
            Self::Debit => Route { debit: Account::Available, credit: Account::Adjustments },
        }
    }
}

impl NewCorrection {
    /// Whether a second person must approve it.
    pub fn needs_approval(&self) -> bool {
        self.amount > CORRECTED_ALONE
    }
}

impl Correction {
    /// Its movement. The actor is the person who proposed it.
    pub fn movement(&self, finding: &FindingId) -> Movement {
        let cause = Cause::Finding { finding_id: finding.clone() };
        let movement = Movement::new(EntryKind::Adjustment, self.amount, cause, self.proposed_by.clone());
        Movement { route: self.direction.route(), ..movement }
    }
}

impl Work {
    /// The state.
    pub fn state(&self) -> FindingState {
        match self {
            Self { resolved: Some(_), .. } => FindingState::Resolved,
            Self { correction: Some(_), .. } => FindingState::AwaitingApproval,
            Self { owner: Some(_), .. } => FindingState::Assigned,
            _ => FindingState::Open,
        }
    }

    /// Gives the finding to a person, or to nobody, with a note.
    pub fn assigned(self, to: Option<UserId>, by: &Actor, note: &str, now: Timestamp) -> Result<Self, NotAllowed> {
        if self.state() == FindingState::Resolved {
            return Err(NotAllowed::State(FindingState::Resolved));
        }
        if self.notes.len() >= MOST_NOTES {
            return Err(NotAllowed::TooManyNotes);
        }
        let owner = to.map(|user_id| Owner { user_id, since: now, by: by.clone() });
        Ok(Self { owner, ..self }.noted(by, note, now))
    }

    /// Ends the work without a correction.
    pub fn resolved(self, by: &Actor, note: &str, now: Timestamp) -> Result<Self, NotAllowed> {
        self.unsettled()?;
        Ok(self.ended(by, note, now))
    }

    /// Proposes a correction. One within the limit also ends the work, and is to be posted at once. The number of its
    /// entry comes with [`Work::posted`].
    pub fn corrected(self, new: NewCorrection, by: &Actor, now: Timestamp) -> Result<Self, NotAllowed> {
        self.unsettled()?;
        let (needs_approval, reason) = (new.needs_approval(), new.reason.clone());
        let NewCorrection { customer: user_id, direction, amount, reason: why } = new;
        let correction = Correction {
            user_id,
            direction,
            amount,
            reason: why,
            proposed_by: by.clone(),
            proposed_at: now,
            approved_by: None,
            entry: None,
        };
        let proposed = Self { correction: Some(correction), ..self };
        Ok(if needs_approval { proposed } else { proposed.ended(by, &reason, now) })
    }

    /// Approves the proposed correction, which is to be posted and ends the work.
    pub fn approved(mut self, by: &Actor, reason: &str, now: Timestamp) -> Result<Self, NotAllowed> {
        let state = self.state();
        let proposed = self.correction.as_mut().filter(|_| state == FindingState::AwaitingApproval);
        let correction = proposed.ok_or(NotAllowed::State(state))?;
        if correction.proposed_by == *by {
            return Err(NotAllowed::SamePerson);
        }
        correction.approved_by = Some(by.clone());
        Ok(self.ended(by, reason, now))
    }

    /// Refuses the proposed correction. The work goes on.
    pub fn refused(mut self, by: &Actor, reason: &str, now: Timestamp) -> Result<Self, NotAllowed> {
        let state = self.state();
        if state != FindingState::AwaitingApproval {
            return Err(NotAllowed::State(state));
        }
        let refused = self.correction.take().map(|correction| {
            let Correction { direction, amount, user_id, proposed_by, .. } = correction;
            format!("refused: {} of {amount} for {user_id}, by {proposed_by}: {reason}", direction.as_str())
        });
        Ok(self.noted(by, &refused.unwrap_or_default(), now))
    }

    /// Notes the entry of the correction.
    #[must_use]
    pub fn posted(mut self, entry: EntrySeq) -> Self {
        if let Some(correction) = &mut self.correction {
            correction.entry = Some(entry);
        }
        self
    }

    fn unsettled(&self) -> Result<(), NotAllowed> {
        match self.state() {
            FindingState::Open | FindingState::Assigned => Ok(()),
            state => Err(NotAllowed::State(state)),
        }
    }

    fn ended(self, by: &Actor, note: &str, now: Timestamp) -> Self {
        Self { resolved: Some(Resolution { at: now, by: by.clone(), note: note.to_owned() }), ..self }
    }

    fn noted(mut self, by: &Actor, text: &str, now: Timestamp) -> Self {
        self.notes.push(Note { at: now, by: by.clone(), text: text.to_owned() });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Timestamp {
        Timestamp::from_millis(1)
    }

    fn correction(amount: &str) -> NewCorrection {
        NewCorrection {
            customer: UserId::new(at(), 1),
            direction: Direction::Credit,
            amount: amount.parse().unwrap(),
            reason: "paid twice".to_owned(),
        }
    }

    #[test]
    fn a_finding_goes_from_open_to_resolved() {
        let (ama, kofi) = (Actor::operator("ama"), UserId::new(at(), 2));
        let work = Work::default();
        assert_eq!(work.state(), FindingState::Open);
        let work = work.assigned(Some(kofi.clone()), &ama, "ask the gateway", at()).unwrap();
        assert_eq!((work.state(), work.notes.len()), (FindingState::Assigned, 1));
        assert_eq!(work.owner.as_ref().map(|owner| &owner.user_id), Some(&kofi));
        let back = work.clone().assigned(None, &ama, "on leave", at()).unwrap();
        assert_eq!(back.state(), FindingState::Open);
        let work = work.resolved(&ama, "it paid", at()).unwrap();
        assert_eq!(work.state(), FindingState::Resolved);
        let over = Err(NotAllowed::State(FindingState::Resolved));
        assert_eq!(work.clone().assigned(None, &ama, "again", at()), over);
        assert_eq!(work.clone().resolved(&ama, "again", at()), over);
        assert_eq!(work.corrected(correction("1"), &ama, at()), over);
    }

    #[test]
    fn notes_are_limited_and_a_decision_is_not() {
        let ama = Actor::operator("ama");
        let work = (0..MOST_NOTES).fold(Work::default(), |work, _| work.assigned(None, &ama, "hm", at()).unwrap());
        assert_eq!(work.clone().assigned(None, &ama, "hm", at()), Err(NotAllowed::TooManyNotes));
        assert!(work.resolved(&ama, "done", at()).is_ok());
    }

    #[test]
    fn one_person_corrects_up_to_the_limit() {
        let ama = Actor::operator("ama");
        let work = Work::default().corrected(correction("50"), &ama, at()).unwrap();
        assert_eq!(work.state(), FindingState::Resolved);
        let proposed = Work::default().corrected(correction("50.0001"), &ama, at()).unwrap();
        assert_eq!(proposed.state(), FindingState::AwaitingApproval);
    }

    #[test]
    fn a_second_person_approves_what_is_above() {
        let (ama, kofi) = (Actor::operator("ama"), Actor::operator("kofi"));
        let proposed = Work::default().corrected(correction("60"), &ama, at()).unwrap();
        assert_eq!(proposed.clone().approved(&ama, "yes", at()), Err(NotAllowed::SamePerson));
        let waits = NotAllowed::State(FindingState::AwaitingApproval);
        assert_eq!(proposed.clone().resolved(&ama, "so", at()), Err(waits), "nobody resolves around the second person");
        assert_eq!(proposed.clone().corrected(correction("1"), &ama, at()), Err(waits));
        let approved = proposed.clone().approved(&kofi, "yes", at()).unwrap();
        assert_eq!(approved.state(), FindingState::Resolved);
        assert_eq!(approved.correction.as_ref().unwrap().approved_by, Some(kofi.clone()));
        assert!(approved.approved(&kofi, "yes", at()).is_err(), "once");
        let refused = proposed.refused(&ama, "a mistake", at()).unwrap();
        assert_eq!((refused.state(), refused.correction.is_none()), (FindingState::Open, true));
        assert!(refused.notes[0].text.contains("60.0000"), "{refused:?}");
        assert!(refused.approved(&kofi, "yes", at()).is_err());
    }

    #[test]
    fn a_correction_is_an_entry_with_the_finding_as_its_cause() {
        let finding = FindingId::new(at(), 7);
        for (direction, available) in [(Direction::Credit, "9"), (Direction::Debit, "1")] {
            let new = NewCorrection { direction, ..correction("4") };
            let work = Work::default().corrected(new, &Actor::operator("ama"), at()).unwrap();
            let wallet = crate::ledger::Wallet { available: "5".parse().unwrap(), ..Default::default() };
            let (after, entry) = wallet.post(&work.correction.unwrap().movement(&finding), at()).unwrap();
            assert_eq!(after.available, available.parse().unwrap());
            assert_eq!(entry.cause, Cause::Finding { finding_id: finding.clone() });
        }
    }

    #[test]
    fn what_was_stored_before_there_was_an_owner_is_read() {
        let open: Work = serde_json::from_str(r#"{"kind": "lost_number", "resolved": null}"#).unwrap();
        assert_eq!(open, Work::default());
        let text = r#"{"resolved": {"at": "2026-11-21T10:00:00.000Z", "by": "operator:ama", "note": "it paid"}}"#;
        assert_eq!(serde_json::from_str::<Work>(text).unwrap().state(), FindingState::Resolved);
    }
}
