//! Groups joined by dashes.

use super::{
    find::{Find, MAX_LEN, MIN_LEN, parts, whole},
    letters::introduced,
    single::single,
    token::{Token, length},
};
use crate::code::context::Context;

/// Groups joined by dashes. Returns how many tokens were used.
pub(super) fn dashes(context: &Context, chain: &[Token], finds: &mut Vec<Find>) -> usize {
    let total = length(chain);
    let fits = (MIN_LEN..=MAX_LEN).contains(&total);
    if chain.iter().all(|token| token.is_digits()) {
        if fits {
            finds.push(whole(context, chain));
        } else {
            parts(context, chain, finds);
        }
        return chain.len();
    }
    // "G-482913": a short prefix and digits. The same goes for a word, as in "OTP-482913" or
    // "Google-482913".
    let [head, number] = chain[..chain.len().min(2)] else { return 1 };
    let word = head.lower > 0 || context.cue_ending(head.to).is_some_and(|cue| cue.from <= head.from);
    let mark = head.is_letters() && (word || is_mark(context, head, number));
    if chain.len() == 2 && mark && number.is_digits() {
        if (MIN_LEN..=MAX_LEN).contains(&number.len()) {
            let outer_from = if word { number.from } else { head.from };
            finds.push(Find { outer_from, ..whole(context, &[number]) });
        }
        return 2;
    }
    if mark && word {
        return 1; // the rest is scanned as a chain of its own: "PIN-482-913"
    }
    let codelike = |token: &Token| {
        let word = token.is_letters() && context.cue_starting(token.from).is_some_and(|cue| cue.to >= token.to);
        (token.lower == 0 || token.digits > 0) && !word
    };
    let count = chain.iter().take_while(|token| codelike(token)).count();
    let group = &chain[..count];
    let total = length(group);
    if count < 2 || !(MIN_LEN..=MAX_LEN).contains(&total) {
        return single(context, chain, finds);
    }
    if group.iter().any(|token| token.digits > 0) || (equal(group) && introduced(context, group[0].from)) {
        finds.push(whole(context, group));
    }
    count
}

/// Whether the letters before a dash are a brand prefix, as in `G-482913` and `FOOD-1156`, and not
/// part of a code, as in `XKQ-482`.
fn is_mark(context: &Context, head: Token, number: Token) -> bool {
    let vowel = context.text.shown[head.from..head.to].iter().any(|c| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U'));
    head.len() < number.len() || (vowel && head.len() >= 3)
}

fn equal(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| token.len() == tokens[0].len())
}
