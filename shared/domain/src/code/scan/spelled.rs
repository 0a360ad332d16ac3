//! Codes that are spelled: single characters with the same sign or spaces between them.

use super::{
    find::{Find, Form, MAX_LEN, whole},
    letters::is_led,
    token::Token,
};
use crate::code::{
    context::{Context, Gap},
    cues::Kind,
    ordinary::is_listed,
};

/// The fewest characters of a spelled code: three are also initials or a list.
const MIN_LEN: usize = 4;

/// The most spaces between two characters, and between a character and a sign.
const MAX_SPACES: usize = 4;

/// The letters that are words in some language, and may stand beside a code.
const WORDS: &[char] = &['a', 'e', 'i', 'o', 'u', 'y', 'w', 'z', 'k', 's', 'v'];

/// The letters that are a form of "is" or an article, and may stand between a word for code and it.
const LEADING_WORDS: &[char] = &['a', 'e', 'i', 'o'];

/// Single characters in a row. Returns how many tokens were used; none if there is no such row.
pub(super) fn spelled(context: &Context, tokens: &[Token], finds: &mut Vec<Find>) -> usize {
    let row = rows(context, tokens);
    if row.len() > MAX_LEN {
        return row.len();
    }
    if row.len() < MIN_LEN || is_continued(context, tokens, row.len()) {
        return 0;
    }
    let digits = row.iter().filter(|token| token.is_digits()).count();
    let Some(code) = without_words(context, row) else { return row.len() };
    if digits == code.len() {
        return numbers(context, code, finds).map_or(0, |used| used + usize::from(code[0].from > row[0].from));
    }
    let named = if digits > 0 { may_name(context) } else { names(context, code) };
    if named {
        finds.push(Find { form: Form::Spelled, ..whole(context, code) });
    }
    row.len()
}

/// Digits up to the one that counts something else: "4 8 2 9 1 3, 5 min". Returns how many were used.
fn numbers(context: &Context, row: &[Token], finds: &mut Vec<Find>) -> Option<usize> {
    let free = |token: &&Token| context.marked(token.from, token.to).is_none();
    let code = &row[..row.iter().take_while(free).count()];
    // Only the last one may belong to something else.
    if code.len() < MIN_LEN || code.len() + 1 < row.len() {
        return None;
    }
    finds.push(whole(context, code));
    Some(code.len())
}

/// The row that starts with the first token, with further rows of the same length after a dash:
/// `4 8 2 - 9 1 3`.
fn rows<'t>(context: &Context, tokens: &'t [Token]) -> &'t [Token] {
    let first = row(context, tokens);
    let mut count = first.len();
    if count < 2 {
        return first;
    }
    let sign = between(context, tokens[0], tokens[1]);
    while count < tokens.len() {
        let next = row(context, &tokens[count..]);
        let joint = between(context, tokens[count - 1], next[0]);
        let parted = matches!((sign, joint), (Some(' '), Some('-')) | (Some('-'), Some(' ')));
        let alike = next.len() == first.len() && between(context, next[0], next[1]) == sign;
        if !parted || !alike || count + next.len() > MAX_LEN {
            break;
        }
        count += next.len();
    }
    &tokens[..count]
}

/// Single characters with the same sign between them.
fn row<'t>(context: &Context, tokens: &'t [Token]) -> &'t [Token] {
    let sign = tokens.get(1).and_then(|next| between(context, tokens[0], *next));
    let joins = |two: &&[Token]| sign.is_some() && between(context, two[0], two[1]) == sign;
    let count =
        tokens.windows(2).take_while(joins).take_while(|two| stands(context, two[0]) && stands(context, two[1]));
    &tokens[..=count.count()]
}

/// Whether a token is a single character, and not the start of a word such as "o t p".
fn stands(context: &Context, token: Token) -> bool {
    let text = &context.text;
    let word = context
        .cue_starting(token.from)
        .is_some_and(|cue| cue.to > token.to + 1 && matches!(cue.kind, Kind::Code | Kind::Weak));
    token.len() == 1 && !word && !text.before(token.from).is_alphanumeric() && !text.at(token.to).is_alphanumeric()
}

/// The sign between two tokens, or a space.
fn between(context: &Context, one: Token, next: Token) -> Option<char> {
    let signs = &context.text.shown[one.to..next.from];
    let spaces = signs.iter().filter(|c| **c == ' ').count();
    let sign = signs.iter().copied().find(|c| *c != ' ');
    let known = matches!(sign, None | Some('-' | '_' | '.' | ',' | ';' | '·' | '•' | '∙' | '|'));
    let single = signs.len() == spaces + usize::from(sign.is_some());
    (known && single && !signs.is_empty() && spaces <= MAX_SPACES).then(|| sign.unwrap_or(' '))
}

/// Whether the sign of a row joins it to something longer: `1-2-3-4-56`.
fn is_continued(context: &Context, tokens: &[Token], count: usize) -> bool {
    let Some(next) = tokens.get(count) else { return false };
    let (sign, joint) = (between(context, tokens[0], tokens[1]), between(context, tokens[count - 1], *next));
    let glued = next.from == tokens[count - 1].to + 1;
    let longer = !next.is_letters() || matches!(sign, Some('-' | '_'));
    glued && sign != Some(' ') && sign == joint && longer && context.marked(next.from, next.to).is_none()
}

/// A row without a single letter before or after it that is a word of the sentence: "4 8 2 9 y vence".
/// `None` if the letter may also be a part of the code.
fn without_words<'t>(context: &Context, row: &'t [Token]) -> Option<&'t [Token]> {
    if between(context, row[0], row[1]) != Some(' ') {
        return Some(row);
    }
    let text = &context.text;
    let (first, last) = (row[0], row[row.len() - 1]);
    let spaces = (0..first.from).rev().take_while(|at| text.at(*at) == ' ').count();
    let is = context.cue_ending(first.from - spaces).is_some_and(|cue| cue.kind == Kind::Is);
    let goes_before = spaces > 0 && !is && text.before(first.from - spaces).is_alphabetic();
    let next = text.at(last.to + 1);
    let goes_on = text.at(last.to) == ' ' && next.is_alphabetic() && !next.is_uppercase();
    let is_word = |token: Token, words: &[char]| words.contains(&text.folded[token.from]);
    let starts = goes_before && is_word(first, LEADING_WORDS);
    let ends = goes_on && is_word(last, WORDS);
    let rest = &row[usize::from(starts)..row.len() - usize::from(ends)];
    let digits = rest.iter().all(|token| token.is_digits());
    // Small letters are no part of a code of capitals.
    let capitals = rest.iter().all(|token| token.lower == 0);
    let small = (!starts || first.lower > 0) && (!ends || last.lower > 0);
    if digits || (capitals && small) {
        return (rest.len() >= MIN_LEN).then_some(rest);
    }
    // Codes have four, six or eight characters, rarely five or seven.
    (rest.len() == row.len() || row.len().is_multiple_of(2)).then_some(row)
}

/// Whether the text may name a code of letters and digits.
fn may_name(context: &Context) -> bool {
    let names = |kind| matches!(kind, Kind::Code | Kind::Weak | Kind::Prompt | Kind::Entered);
    context.cues.iter().any(|cue| names(cue.kind))
}

/// Whether letters are named as a code: after "code:", or on the line below the word. Spelled words are
/// no codes.
fn names(context: &Context, row: &[Token]) -> bool {
    let lead = context.lead(row[0].from);
    let named = matches!(context.kind(lead.cue), Some(Kind::Code | Kind::Weak)) && lead.gap == Gap::None;
    let below = named && opens_line(context, row[0].from);
    let word: String = row.iter().map(|token| context.text.folded[token.from]).collect();
    (is_led(context, row[0].from) || below) && !is_listed(&word)
}

fn opens_line(context: &Context, from: usize) -> bool {
    (0..from).rev().map(|at| context.text.at(at)).find(|c| *c != ' ') == Some('\n')
}
