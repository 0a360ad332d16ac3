//! Runs of ASCII letters and digits.

use super::find::Shape;
use crate::code::{context::Context, cues::Kind};

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) digits: usize,
    pub(super) lower: usize,
}

impl Token {
    pub(super) fn new(context: &Context, from: usize, to: usize) -> Self {
        let signs = &context.text.shown[from..to];
        let count = |test: fn(&char) -> bool| signs.iter().filter(|c| test(c)).count();
        Self { from, to, digits: count(char::is_ascii_digit), lower: count(char::is_ascii_lowercase) }
    }

    pub(super) fn len(self) -> usize {
        self.to - self.from
    }

    pub(super) fn is_digits(self) -> bool {
        self.digits == self.len()
    }

    pub(super) fn is_letters(self) -> bool {
        self.digits == 0
    }

    pub(super) fn shape(self) -> Shape {
        match (self.is_digits(), self.is_letters()) {
            (true, _) => Shape::Digits,
            (_, true) => Shape::Letters,
            _ => Shape::Mixed,
        }
    }
}

/// The runs of letters and digits. A cue word that is joined to digits ("OTP482913") is split off.
pub(super) fn tokens(context: &Context) -> Vec<Token> {
    let text = &context.text;
    let mut tokens = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let from = place;
        while text.at(place).is_ascii_alphanumeric() {
            place += 1;
        }
        if place == from {
            place += 1;
            continue;
        }
        let token = Token::new(context, from, place);
        if token.shape() == Shape::Mixed && !text.is_parted(from, place) {
            split(context, token, &mut tokens);
        } else {
            tokens.push(token);
        }
    }
    tokens
}

fn split(context: &Context, token: Token, tokens: &mut Vec<Token>) {
    let text = &context.text;
    let is_digit = |place: &usize| text.at(*place).is_ascii_digit();
    let first_digit = (token.from..token.to).find(is_digit).unwrap_or(token.to);
    let after_digits = (first_digit..token.to).find(|place| !is_digit(place)).unwrap_or(token.to);
    let names =
        |kind: Kind| matches!(kind, Kind::Code | Kind::Weak | Kind::Prompt | Kind::Is | Kind::Filler | Kind::Other);
    let capital = |kind: Kind| token.lower == 0 && kind != Kind::Code;
    let known = |place: usize| {
        context.cue_ending(place).is_some_and(|cue| cue.from <= token.from && names(cue.kind) && !capital(cue.kind))
    };
    // "is482913", "code482913": a known word before a whole number.
    let head_is_word = first_digit > token.from && after_digits == token.to && known(first_digit);
    // "482913is your code".
    let tail = token.to - after_digits;
    let tail_is_word = first_digit == token.from
        && after_digits - first_digit >= 4
        && tail >= 2
        && (context.cue_starting(after_digits).is_some_and(|cue| cue.to >= token.to && cue.kind != Kind::Unit));
    if head_is_word {
        tokens.push(Token::new(context, token.from, first_digit));
        tokens.push(Token::new(context, first_digit, token.to));
    } else if tail_is_word {
        tokens.push(Token::new(context, token.from, after_digits));
        tokens.push(Token::new(context, after_digits, token.to));
    } else {
        tokens.push(token);
    }
}

/// The longest chain of tokens from the start: `joins` accepts the signs between two tokens, `fits`
/// the two tokens.
pub(super) fn chain<'t>(
    context: &Context,
    tokens: &'t [Token],
    joins: impl Fn(&[char]) -> bool,
    fits: impl Fn(Token, Token) -> bool,
) -> &'t [Token] {
    let count = tokens
        .windows(2)
        .take_while(|two| joins(&context.text.shown[two[0].to..two[1].from]) && fits(two[0], two[1]))
        .count();
    &tokens[..=count]
}

pub(super) fn length(tokens: &[Token]) -> usize {
    tokens.iter().map(|token| token.len()).sum()
}
