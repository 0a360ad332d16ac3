//! Marks phone numbers that are recognisable by a `+`, brackets, a trunk zero, or groups that no
//! code has.

use super::{Marks, Reason, Run};
use crate::code::{
    cues::{Cue, Kind},
    normalise::Text,
};

/// The most digits of an international number (ITU-T E.164).
const MAX_DIGITS: usize = 15;

pub(super) fn mark(text: &Text, runs: &[Run], cues: &[Cue], marks: &mut Marks) {
    let mut index = 0;
    while index < runs.len() {
        let chain = chain(text, &runs[index..]);
        let plus = text.before(runs[index].from) == '+'
            || (text.before(runs[index].from) == '(' && text.at(runs[index].from.saturating_sub(2)) == '+');
        if is_phone(text, chain, plus, cues) {
            marks.set(chain[0].from, chain[chain.len() - 1].to, Reason::Phone);
        }
        index += chain.len();
    }
}

/// The runs that form one number, joined by a space, a dash, a dot or brackets.
fn chain<'a>(text: &Text, runs: &'a [Run]) -> &'a [Run] {
    let mut digits = runs[0].len();
    let mut count = 1;
    for two in runs.windows(2) {
        let [one, next] = [two[0], two[1]];
        let between = &text.shown[one.to..next.from];
        let joins = matches!(between, [' ' | '-' | '.' | ')'] | [')', ' ' | '-'] | [' ', '(']);
        digits += next.len();
        if !joins || digits > MAX_DIGITS || one.len() >= 9 {
            break;
        }
        count += 1;
    }
    &runs[..count]
}

fn is_phone(text: &Text, chain: &[Run], plus: bool, cues: &[Cue]) -> bool {
    let digits: usize = chain.iter().map(|run| run.len()).sum();
    let first = chain[0];
    let last = chain[chain.len() - 1];
    if plus {
        return digits >= 7;
    }
    let signs = &text.shown[first.from.saturating_sub(1)..last.to];
    if signs.contains(&')') && signs.contains(&'(') && digits >= 8 {
        return true;
    }
    let equal = chain.iter().all(|run| run.len() == first.len());
    let trunk = text.at(first.from) == '0';
    // Korean service numbers: 1588-1234.
    let service = chain.len() == 2
        && equal
        && first.len() == 4
        && matches!(text.shown[first.from..first.from + 2], ['1', '5' | '6' | '8'])
        && text.shown.iter().any(|c| matches!(c, '\u{AC00}'..='\u{D7AF}'))
        && text.at(first.to) == '-'
        && !cues.iter().any(|cue| cue.kind == Kind::Code && cue.to <= first.from && first.from - cue.to <= 3);
    service || (digits >= 9 && !equal && (chain.len() >= 3 || (chain.len() == 2 && trunk)))
}
