//! The relation of a candidate to a word for code: directly after it, linked by "is", directly
//! before it, or near it.

use super::{
    super::{
        context::{Gap, Link},
        cues::{Cue, Kind},
        reason::Reason,
    },
    Case,
    overview::is_labelled,
};

/// The longest distance between a word for code and its candidate within a sentence, in characters.
const REACH: usize = 120;

/// How far a request to call or reply reaches, in characters.
const CALL_REACH: usize = 30;

/// The relation between a candidate and a word for code.
#[derive(Clone, Copy, Debug)]
pub(super) struct Relation {
    pub(super) points: i32,
    pub(super) reason: Reason,
}

impl Case<'_> {
    /// The best relation, or the first of equals.
    pub(super) fn relation(&self) -> Option<Relation> {
        let after = |points| Some((points, Reason::AfterCodeWord));
        let ahead = match self.context.kind(self.lead.cue) {
            Some(Kind::Code) if self.lead.gap == Gap::Sentence => after(46),
            Some(Kind::Code) => after(60),
            Some(Kind::Weak) if self.lead.linked() => after(42),
            Some(Kind::Weak) if self.lead.gap != Gap::Sentence => after(34),
            Some(Kind::Purpose) if self.lead.gap == Gap::None => self.compound().and_then(after),
            _ => None,
        };
        let before = |points| Some((points, Reason::BeforeCodeWord));
        let behind = match self.context.kind(self.trail.cue) {
            _ if self.overview.is_bound(self.trail.cue) => None,
            Some(Kind::Code) if self.trail.linked => before(56),
            Some(Kind::Code) => before(45),
            Some(Kind::Weak) if self.trail.linked => before(34),
            _ => None,
        };
        let mut best: Option<Relation> = None;
        let by_is = self.overview.unbound.iter().filter_map(|cue| self.by_is(*cue));
        let near = self.overview.free.iter().filter_map(|cue| self.near(*cue));
        for (points, reason) in ahead.into_iter().chain(behind).chain(by_is).chain(near) {
            if best.is_none_or(|best| points > best.points) {
                best = Some(Relation { points, reason });
            }
        }
        best
    }

    /// "Cod autorizare 4829", "chave de segurança 4829". Returns the points.
    fn compound(&self) -> Option<i32> {
        match self.context.compound(self.lead.cue?)? {
            Kind::Code => Some(52),
            Kind::Weak => Some(40),
            _ => None,
        }
    }

    /// "The code for your account is 4829", "4829 is your … code".
    fn by_is(&self, cue: Cue) -> Option<(i32, Reason)> {
        if !self.context.same_sentence(cue.from, self.find.from) {
            return None;
        }
        let code = cue.kind == Kind::Code;
        if cue.to <= self.find.outer_from {
            return self.leads_on(cue).then_some((if code { 50 } else { 34 }, Reason::CodeWordIs));
        }
        let follows = cue.from >= self.trail.at && self.context.distance(self.trail.at, cue.from) <= REACH;
        (follows && code && self.trail.linked).then_some((52, Reason::BeforeCodeWord))
    }

    /// Whether "is" or a colon leads from a word earlier in the sentence to the candidate.
    fn leads_on(&self, cue: Cue) -> bool {
        if !self.lead.linked() || self.context.distance(cue.to, self.find.outer_from) > REACH || self.is_called() {
            return false;
        }
        // "Code for order: 4829" but not "enter the code, order: 4829".
        let between = &self.context.text.shown[cue.to..self.find.outer_from];
        let parted = between.iter().any(|c| matches!(c, ',' | ';' | '.' | '\n'));
        !is_labelled(self.context, self.lead) || self.lead.link == Link::Word || !parted
    }

    fn near(&self, cue: Cue) -> Option<(i32, Reason)> {
        let distance = if cue.to <= self.find.outer_from {
            self.context.distance(cue.to, self.find.outer_from)
        } else if cue.from >= self.find.outer_to {
            self.context.distance(self.find.outer_to, cue.from)
        } else {
            return None;
        };
        let far = !self.context.same_sentence(cue.from, self.find.from) || distance > REACH;
        let points = 38 - i32::try_from(distance / 4).unwrap_or(i32::MAX);
        (!far).then_some((points.max(10), Reason::NearCodeWord))
    }

    /// Whether a request to call or reply leads to the candidate: "reply STOP to 32665".
    pub(super) fn is_called(&self) -> bool {
        let leads = |cue: &&Cue| {
            matches!(cue.kind, Kind::Call | Kind::Code)
                && self.find.outer_from.checked_sub(cue.to).is_some_and(|distance| distance <= CALL_REACH)
                && self.context.same_sentence(cue.from, self.find.from)
        };
        self.context.cues.iter().rev().find(leads).is_some_and(|cue| cue.kind == Kind::Call)
    }
}
