//! Codes of letters. Any word has their form, so the text must leave no doubt.

use super::token::Token;
use crate::code::{
    context::{Context, Gap, Link},
    cues::Kind,
    normalise::{is_unspaced, is_word_letter},
    ordinary::is_ordinary,
};

/// The shortest code of letters.
const MIN_LEN: usize = 4;

/// Forms of "is" that are also other words: "the code as agreed", "el código y la clave".
const DOUBTFUL_IS: &[&str] = &[
    "a", "are", "as", "az", "ce", "de", "dir", "dur", "e", "gal", "ir", "its", "la", "ne", "o", "sind", "son", "sono",
    "sont", "sunt", "was", "yo", "zijn",
];

/// Whether letters are a code: capitals that a word for code introduces, or that open the text, or
/// small letters directly after "code:".
pub(super) fn is_letter_code(context: &Context, token: Token) -> bool {
    if token.len() < MIN_LEN {
        return false;
    }
    match token.lower {
        0 => (introduced(context, token.from) && !shouts(context, token)) || is_the_code(context, token),
        lower => lower == token.len() && is_small_code(context, token),
    }
}

/// Whether capitals are a word of a text that has no small letters: "YOUR CODE WAS SENT".
fn shouts(context: &Context, token: Token) -> bool {
    let word: String = context.text.folded[token.from..token.to].iter().collect();
    is_ordinary(&word) && !context.text.shown.iter().any(|c| c.is_lowercase())
}

/// Whether "code is" or "code:" leads to a position, and no word of the tables starts there.
pub(super) fn introduced(context: &Context, from: usize) -> bool {
    is_led(context, from) && context.cue_starting(from).is_none()
}

/// Whether "code is" or "code:" leads to a position.
pub(super) fn is_led(context: &Context, from: usize) -> bool {
    let lead = context.lead(from);
    lead.linked() && context.kind(lead.cue) == Some(Kind::Code)
}

/// Whether letters open the text as its code: "QWKZ is your code".
fn is_the_code(context: &Context, token: Token) -> bool {
    let trail = context.trail(token.to);
    let named = context.cues.iter().any(|cue| {
        cue.kind == Kind::Code
            && cue.from >= trail.at
            && cue.from - trail.at <= 40
            && context.same_sentence(token.from, cue.from)
    });
    context.lead(token.from).from_start && trail.linked && named && context.cue_starting(token.from).is_none()
}

/// Whether small letters are a code: a single word directly after "code:" or "code is", and no word of
/// a language.
fn is_small_code(context: &Context, token: Token) -> bool {
    let word: String = context.text.shown[token.from..token.to].iter().collect();
    is_named(context, token.from)
        && context.cue_starting(token.from).is_none()
        && is_linked(context, token.from)
        && is_single(context, token)
        && !is_ordinary(&word)
        && !offers(context)
}

/// Whether the words before a position are a name of a code: "passcode", "код входа".
fn is_named(context: &Context, from: usize) -> bool {
    let lead = context.lead(from);
    let compound = || lead.cue.filter(|_| lead.link == Link::Sign).and_then(|cue| context.compound(cue));
    lead.gap == Gap::None
        && match context.kind(lead.cue) {
            Some(Kind::Code) => true,
            Some(Kind::Purpose) => compound() == Some(Kind::Code),
            _ => false,
        }
}

/// Whether a colon, or a clear "is", directly precedes a position.
fn is_linked(context: &Context, from: usize) -> bool {
    let text = &context.text;
    let skipped = (0..from).rev().take_while(|at| text.at(*at).is_whitespace() || is_quote(text.at(*at))).count();
    let end = from - skipped;
    if matches!(text.before(end), ':' | '=' | '>' | '→' | '⇒' | '➡') {
        return true;
    }
    let is = context.cue_ending(end).filter(|cue| cue.kind == Kind::Is);
    is.is_some_and(|cue| {
        let word: String = text.shown[cue.from..cue.to].iter().flat_map(|c| c.to_lowercase()).collect();
        !DOUBTFUL_IS.contains(&word.as_str())
    })
}

/// Whether a token is in quotes, or the end of its sentence, line or clause.
fn is_single(context: &Context, token: Token) -> bool {
    let text = &context.text;
    if is_word_letter(text.before(token.from)) || is_word_letter(text.at(token.to)) {
        return false; // the rest of a word with accents
    }
    if is_quote(text.before(token.from)) && is_quote(text.at(token.to)) {
        return true;
    }
    let next = text.at(token.to + 1);
    match text.at(token.to) {
        '\n' => true,
        ',' | ';' | '。' => !next.is_alphabetic() || is_unspaced(next),
        '.' | '!' => next.is_whitespace() || next.is_uppercase() || token.to + 1 >= text.len(),
        ' ' => {
            let rest = (token.to..text.len()).map(|at| text.at(at)).find(|c| *c != ' ');
            rest.is_none_or(|c| matches!(c, '\n' | '(' | '[' | '-' | '|') || c.is_uppercase())
        }
        _ => false,
    }
}

/// Whether the text offers something and names no code that verifies: "code: sunny, 20 % off".
fn offers(context: &Context) -> bool {
    let promotes = context.cues.iter().any(|cue| cue.kind == Kind::Promo) || context.text.shown.contains(&'%');
    promotes && !context.cues.iter().any(|cue| cue.kind == Kind::Code && !cue.plain)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '«' | '»' | '*' | '「' | '」')
}
