//! Candidates before they are scored.

use super::token::Token;
use crate::code::{context::Context, reason::Reason};

/// The shortest code.
pub(in crate::code) const MIN_LEN: usize = 3;
/// The longest code.
pub(in crate::code) const MAX_LEN: usize = 10;

/// The characters of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::code) enum Shape {
    Digits,
    Mixed,
    Letters,
}

/// A candidate before it is scored.
#[derive(Clone, Debug)]
pub(in crate::code) struct Find {
    /// The code in typed form.
    pub(in crate::code) code: String,
    pub(in crate::code) shape: Shape,
    /// The range of the code, including the separators of its groups.
    pub(in crate::code) from: usize,
    pub(in crate::code) to: usize,
    /// The range including a brand prefix. The context around it decides what it is.
    pub(in crate::code) outer_from: usize,
    pub(in crate::code) outer_to: usize,
    pub(in crate::code) form: Form,
}

impl Find {
    /// Why it can't be a code, independent of its context.
    pub(in crate::code) fn refused(&self, context: &Context) -> Option<Reason> {
        match self.form {
            Form::OriginBound => None,
            Form::Part => Some(Reason::LongNumber),
            // A mark on one character, as of "2 m", says nothing about the others.
            Form::Spelled => context.marked_whole(self.from, self.to),
            _ => context.marked(self.from, self.to),
        }
    }
}

/// How a candidate is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::code) enum Form {
    /// In one piece.
    Whole,
    /// In groups.
    Grouped,
    /// One character at a time.
    Spelled,
    /// In groups joined by dots or commas, like an amount.
    Formatted,
    /// Part of something longer than a code.
    Part,
    /// In the `@domain #code` line that browsers read.
    OriginBound,
}

/// One candidate of all given tokens.
pub(super) fn whole(context: &Context, tokens: &[Token]) -> Find {
    let from = tokens.first().map_or(0, |token| token.from);
    let to = tokens.last().map_or(0, |token| token.to);
    let code: String = tokens.iter().flat_map(|token| &context.text.shown[token.from..token.to]).collect();
    let shape = match (tokens.iter().all(|token| token.is_digits()), tokens.iter().all(|token| token.is_letters())) {
        (true, _) => Shape::Digits,
        (_, true) => Shape::Letters,
        _ => Shape::Mixed,
    };
    Find {
        code,
        shape,
        from,
        to,
        outer_from: from,
        outer_to: to,
        form: if tokens.len() > 1 { Form::Grouped } else { Form::Whole },
    }
}

/// Digits that are part of something longer: listed as candidates, never accepted.
pub(super) fn parts(context: &Context, tokens: &[Token], finds: &mut Vec<Find>) {
    for token in tokens.iter().filter(|token| (MIN_LEN..=MAX_LEN).contains(&token.len())) {
        finds.push(Find { form: Form::Part, ..whole(context, &[*token]) });
    }
}

/// One candidate of all given tokens, or a part if groups of three continue a shorter number, as in
/// "1 234 567".
pub(super) fn unless_continued(context: &Context, group: &[Token]) -> Find {
    let from = group[0].from;
    let continues = from >= 2 && context.text.before(from) == ' ' && context.text.before(from - 1).is_ascii_digit();
    let find = whole(context, group);
    if group[0].len() == 3 && continues { Find { form: Form::Part, ..find } } else { find }
}
