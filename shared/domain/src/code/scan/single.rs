//! Codes in one piece.

use super::{
    find::{Find, Form, MAX_LEN, MIN_LEN, Shape, unless_continued, whole},
    letters::is_letter_code,
    token::{Token, chain, length},
};
use crate::code::context::Context;

/// A single token. Returns how many tokens were used: two if "A7K 9QX" is one code.
pub(super) fn single(context: &Context, tokens: &[Token], finds: &mut Vec<Find>) -> usize {
    let token = tokens[0];
    let fits = (MIN_LEN..=MAX_LEN).contains(&token.len());
    match token.shape() {
        Shape::Digits if fits => {
            finds.push(unless_continued(context, &tokens[..1]));
        }
        Shape::Mixed => {
            let alike =
                |one: Token, next: Token| one.len() == next.len() && next.shape() == Shape::Mixed && next.lower == 0;
            let group = chain(context, tokens, |signs| matches!(signs, [' ']), alike);
            if group.len() > 1 && token.lower == 0 && length(group) <= MAX_LEN {
                finds.push(whole(context, group));
                return group.len();
            }
            if fits {
                let find = whole(context, &tokens[..1]);
                let form = if context.text.is_parted(token.from, token.to) { Form::Spelled } else { find.form };
                finds.push(Find { form, ..find });
            }
        }
        Shape::Letters if fits && is_letter_code(context, token) => {
            finds.push(whole(context, &tokens[..1]));
        }
        _ => {}
    }
    1
}
