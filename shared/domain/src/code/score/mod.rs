//! Scores each candidate. The weights are tested with the labelled texts and explained in
//! `docs/decisions/0010-code-extraction.md`. A candidate needs a plausible shape and one clear sign
//! that the text calls it a code.

mod doubts;
mod overview;
mod relation;

use super::{
    Candidate,
    context::{Context, Lead, Trail},
    cues::Kind,
    reason::Reason,
    scan::{Find, Form, Shape},
};
use overview::Overview;
use relation::Relation;

/// From this score up, the relation between a candidate and a word for code is firm.
const FIRM_FROM: i32 = 45;

/// A score that is being added up.
#[derive(Default)]
struct Tally {
    score: i32,
    reasons: Vec<Reason>,
}

impl Tally {
    fn add(&mut self, points: i32, reason: Reason) {
        self.score += points;
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// One candidate with its context.
struct Case<'a> {
    context: &'a Context,
    overview: &'a Overview,
    find: &'a Find,
    lead: Lead,
    trail: Trail,
}

/// Scores all candidates.
pub(super) fn rank(context: &Context, finds: &[Find]) -> Vec<Candidate> {
    let leads: Vec<Lead> = finds.iter().map(|find| context.lead(find.outer_from)).collect();
    let overview = Overview::new(context, finds, &leads);
    finds
        .iter()
        .zip(leads)
        .map(|(find, lead)| {
            let trail = context.trail(find.outer_to);
            let Tally { score, reasons } = Case { context, overview: &overview, find, lead, trail }.tally();
            let (start, end) = context.text.byte_range(find.from, find.to);
            Candidate { code: find.code.clone(), start, end, score, reasons }
        })
        .collect()
}

impl Case<'_> {
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.looks(&mut tally);
        if self.find.form == Form::OriginBound {
            tally.add(100, Reason::OriginBound);
            return tally;
        }
        if let Some(reason) = self.find.refused(self.context) {
            tally.score = -100;
            tally.reasons.push(reason);
            return tally;
        }
        let relation = self.relation();
        match relation {
            Some(Relation { points, reason }) => tally.add(points, reason),
            None if self.overview.free.is_empty() => {}
            None => {
                tally.add(12, Reason::CodeWordInText);
                if self.overview.open == 1 {
                    tally.add(20, Reason::OnlyCandidate);
                }
            }
        }
        self.surroundings(&mut tally);
        self.spelling(relation, &mut tally);
        self.doubts(relation.is_some_and(|relation| relation.points >= FIRM_FROM), &mut tally);
        if relation.is_none() {
            self.stands_alone(&mut tally);
        }
        tally
    }

    /// Points for the shape.
    fn looks(&self, tally: &mut Tally) {
        let (points, reason) = match (self.find.shape, self.find.code.len()) {
            (Shape::Digits, 6) => (20, Reason::Digits),
            (Shape::Digits, 4 | 5) => (18, Reason::Digits),
            (Shape::Digits, 8) => (14, Reason::Digits),
            (Shape::Digits, 7) => (12, Reason::Digits),
            (Shape::Digits, 3) => (6, Reason::UnusualLength),
            (Shape::Digits, _) => (0, Reason::UnusualLength),
            (Shape::Mixed, 4..=8) => (12, Reason::LettersAndDigits),
            (Shape::Mixed, _) => (2, Reason::UnusualLength),
            (Shape::Letters, 4..=8) => (0, Reason::Letters),
            (Shape::Letters, _) => (-8, Reason::UnusualLength),
        };
        tally.add(points, reason);
        if self.find.form == Form::Grouped {
            tally.add(0, Reason::Grouped);
        }
    }

    /// A code is spelled so that it is typed without mistakes. Beside words, single characters may also
    /// be a list.
    fn spelling(&self, relation: Option<Relation>, tally: &mut Tally) {
        if self.find.form == Form::Spelled {
            let asked = tally.reasons.contains(&Reason::Prompted);
            let named = relation.is_some_and(|relation| relation.reason != Reason::NearCodeWord);
            tally.add(if named || asked { 14 } else { -14 }, Reason::Spelled);
        }
    }

    /// Points for the rest of the text.
    fn surroundings(&self, tally: &mut Tally) {
        let before = self.context.kind(self.lead.cue);
        let after = self.context.kind(self.trail.cue);
        if matches!(before, Some(Kind::Prompt | Kind::Entered)) || after == Some(Kind::Entered) {
            tally.add(30, Reason::Prompted);
        }
        if before == Some(Kind::Purpose) && self.lead.linked() {
            tally.add(16, Reason::Purpose);
        }
        if self.sentence_has(Kind::Purpose) {
            tally.add(12, Reason::Purpose);
        } else if self.overview.has_any(&[Kind::Purpose]) {
            tally.add(6, Reason::Purpose);
        }
        if self.overview.has_any(&[Kind::Secrecy]) {
            tally.add(8, Reason::SecrecyWarning);
        }
        if self.overview.speaks_of_code() && self.has_own_line() {
            tally.add(12, Reason::Alone);
        }
    }

    /// Points without a word for code: the candidate is nearly the whole text, or the language has
    /// no table.
    fn stands_alone(&self, tally: &mut Tally) {
        let usual = self.find.shape == Shape::Digits && (4..=8).contains(&self.find.code.len());
        if !usual || self.overview.open != 1 {
            return;
        }
        let has = |reason| tally.reasons.contains(&reason);
        let last = matches!(self.context.text.at(self.find.outer_to), '\n' | '.' | '。');
        if self.overview.has_other_business() {
            // "To confirm 500 руб enter 48291": the amount is not about this number. "Enter 4829
            // Main Street" continues.
            if has(Reason::Prompted) && last && !self.overview.has_any(&[Kind::Promo]) {
                tally.add(4, Reason::OnlyCandidate);
            }
            return;
        }
        let asked = has(Reason::Purpose) || has(Reason::Prompted);
        let opens = self.lead.from_start && self.trail.linked;
        let ends = self.lead.linked() && last;
        if self.overview.words <= 2 {
            tally.add(40, Reason::Alone);
        } else if asked || has(Reason::SecrecyWarning) {
            let points = match (self.lead.linked(), asked) {
                (true, _) => 30,
                (_, true) => 24,
                _ => 22,
            };
            tally.add(points, Reason::OnlyCandidate);
        } else if !self.overview.speaks_of_code() && (ends || opens) {
            tally.add(if ends { 32 } else { 30 }, Reason::Position);
        }
    }

    fn sentence_has(&self, kind: Kind) -> bool {
        let near = |from| self.context.same_sentence(from, self.find.from);
        self.context.cues.iter().any(|cue| cue.kind == kind && near(cue.from))
    }

    fn has_own_line(&self) -> bool {
        let text = &self.context.text;
        let breaks = |c: Option<char>| c.is_none_or(|c| c == '\n');
        let seen = |at: &usize| text.at(*at) != ' ';
        breaks((0..self.find.outer_from).rev().find(seen).map(|at| text.at(at)))
            && breaks((self.find.outer_to..text.len()).find(seen).map(|at| text.at(at)))
    }
}
