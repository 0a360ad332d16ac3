//! Finds candidates by their shape: digits, letters and digits, and groups of them.
//!
//! A group joined by dashes is one code or none. Groups joined by spaces are one code if all have
//! the same length, or nearly the same length after "code:". A short prefix of letters before a
//! dash and digits (`G-482913`) is a brand and is not typed. Other letters belong to the code. Single
//! characters in a row (`7 k m 2 p x`) are one code.

mod dashes;
mod find;
mod letters;
mod single;
mod spaces;
mod spelled;
mod token;

pub(super) use find::{Find, Form, Shape};

use super::context::Context;
use dashes::dashes;
use find::whole;
use single::single;
use spaces::spaced_digits;
use spelled::spelled;
use token::{Token, chain, tokens};

/// Finds the candidates of a text, in text order.
pub(super) fn find(context: &Context) -> Vec<Find> {
    let tokens = tokens(context);
    let mut finds = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let rest = &tokens[index..];
        let used = spelled(context, rest, &mut finds);
        if used > 0 {
            index += used;
            continue;
        }
        let dashed = chain(context, rest, |signs| matches!(signs, ['-' | '_']), |_, _| true);
        let used = if dashed.len() > 1 {
            dashes(context, dashed, &mut finds)
        } else if rest[0].is_digits() {
            spaced_digits(context, rest, &mut finds)
        } else {
            single(context, rest, &mut finds)
        };
        index += used.max(1);
    }
    if let Some((from, to)) = context.origin_bound() {
        let token = Token::new(context, from, to);
        finds.push(Find { form: Form::OriginBound, ..whole(context, &[token]) });
        finds.sort_by_key(|find| find.from);
    }
    finds
}
