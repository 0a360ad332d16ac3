//! Groups of digits joined by single spaces, dots or commas.

use super::{
    find::{Find, Form, MAX_LEN, parts, unless_continued, whole},
    letters::introduced,
    single::single,
    token::{Token, chain, length},
};
use crate::code::context::Context;

/// Digits, alone or in groups joined by single spaces, dots or commas. Returns how many tokens were used.
pub(super) fn spaced_digits(context: &Context, tokens: &[Token], finds: &mut Vec<Find>) -> usize {
    let digits = |one: Token, next: Token| one.is_digits() && next.is_digits();
    let free = |group: &[Token]| group.iter().all(|token| context.marked(token.from, token.to).is_none());
    let same = |one: Token, next: Token| digits(one, next) && one.len() == next.len();
    let dotted = chain(context, tokens, |signs| matches!(signs, ['.' | ',' | '·' | '•']), same);
    if dotted.len() > 1 && dotted[0].len() > 1 && length(dotted) <= MAX_LEN && free(dotted) {
        finds.push(Find { form: Form::Formatted, ..whole(context, dotted) });
        return dotted.len();
    }
    let spaced = chain(context, tokens, |signs| matches!(signs, [' '] | [' ', ' ']), same);
    let total = length(spaced);
    if spaced.len() > 1 && free(spaced) {
        let groups_of = spaced[0].len();
        let typical = groups_of <= 4 && (groups_of > 1 || spaced.len() >= 3);
        if typical && total <= MAX_LEN {
            finds.push(unless_continued(context, spaced));
            return spaced.len();
        }
        if typical && groups_of >= 3 {
            parts(context, spaced, finds);
            return spaced.len();
        }
    }
    // "Code: 482 91" is one code: two numbers are not written this way. Amounts are marked, so they
    // end the group.
    let uneven = |one: Token, next: Token| {
        digits(one, next) && (2..=4).contains(&next.len()) && one.len().abs_diff(next.len()) <= 1 && free(&[one, next])
    };
    let group = chain(context, tokens, |signs| matches!(signs, [' ']), uneven);
    let fits = (5..=8).contains(&length(group)) && (2..=4).contains(&tokens[0].len());
    if group.len() > 1 && fits && introduced(context, tokens[0].from) {
        finds.push(whole(context, group));
        return group.len();
    }
    single(context, tokens, finds)
}
