//! Marks text that is never a code: links, amounts, phone numbers, dates, masked numbers and more.
//!
//! A mark is a reason for each character. Text that only looks doubtful is not marked here; `score`
//! weighs it.

mod links;
mod numbers;
mod phones;

use super::{addresses::Address, cues::Cue, normalise::Text, reason::Reason};

/// The marks of a text.
pub(super) struct Marks {
    reasons: Vec<Option<Reason>>,
    /// The code of an origin-bound line, characters `from..to`.
    pub(super) origin_bound: Option<(usize, usize)>,
}

impl Marks {
    fn set(&mut self, from: usize, to: usize, reason: Reason) {
        let to = to.min(self.reasons.len());
        for mark in self.reasons.get_mut(from..to).into_iter().flatten() {
            mark.get_or_insert(reason);
        }
    }

    /// The first reason in a range.
    pub(super) fn first(&self, from: usize, to: usize) -> Option<Reason> {
        self.reasons.get(from..to.min(self.reasons.len()))?.iter().copied().flatten().next()
    }
}

/// A run of digits, characters `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    from: usize,
    to: usize,
}

impl Run {
    fn len(self) -> usize {
        self.to - self.from
    }

    /// Its value, if it has at most four digits.
    fn value(self, text: &Text) -> Option<u32> {
        let digits = text.shown.get(self.from..self.to).filter(|digits| digits.len() <= 4)?;
        digits.iter().try_fold(0, |value, digit| Some(value * 10 + digit.to_digit(10)?))
    }
}

fn runs(text: &Text) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut from = None;
    for place in 0..=text.len() {
        match (text.at(place).is_ascii_digit(), from) {
            (true, None) => from = Some(place),
            (false, Some(start)) => {
                runs.push(Run { from: start, to: place });
                from = None;
            }
            _ => {}
        }
    }
    runs
}

/// Whether the value is a plausible year.
fn is_year(value: u32) -> bool {
    (1900..2100).contains(&value)
}

/// Marks a text.
pub(super) fn find(text: &Text, cues: &[Cue], addresses: &[Address]) -> Marks {
    let mut marks = Marks { reasons: vec![None; text.len()], origin_bound: None };
    let runs = runs(text);
    links::mark(text, addresses, &mut marks);
    numbers::mark(text, &runs, cues, &mut marks);
    phones::mark(text, &runs, cues, &mut marks);
    marks
}
