//! Finds candidates by their shape: digits, letters and digits, and groups of them.
//!
//! A group joined by dashes is one code or none. Groups joined by spaces are one code if all have
//! the same length, or nearly the same length after "code:". A short prefix of letters before a
//! dash and digits (`G-482913`) is a brand and is not typed. Other letters belong to the code.

use super::{context::Context, cues::Kind, reason::Reason};

/// The shortest code.
pub(super) const MIN_LEN: usize = 3;
/// The longest code.
pub(super) const MAX_LEN: usize = 10;

/// The characters of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Digits,
    Mixed,
    Letters,
}

/// A candidate before it is scored.
#[derive(Clone, Debug)]
pub(super) struct Find {
    /// The code in typed form.
    pub(super) code: String,
    pub(super) shape: Shape,
    /// The range of the code, including the separators of its groups.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The range including a brand prefix. The context around it decides what it is.
    pub(super) outer_from: usize,
    pub(super) outer_to: usize,
    pub(super) form: Form,
}

impl Find {
    /// Why it can't be a code, independent of its context.
    pub(super) fn refused(&self, context: &Context<'_>) -> Option<Reason> {
        match self.form {
            Form::OriginBound => None,
            Form::Part => Some(Reason::LongNumber),
            _ => context.marked(self.from, self.to),
        }
    }
}

/// How a candidate is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In one piece.
    Whole,
    /// In groups.
    Grouped,
    /// In groups joined by dots or commas, like an amount.
    Formatted,
    /// Part of something longer than a code.
    Part,
    /// In the `@domain #code` line that browsers read.
    OriginBound,
}

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Debug)]
struct Token {
    from: usize,
    to: usize,
    digits: usize,
    lower: usize,
}

impl Token {
    fn new(context: &Context<'_>, from: usize, to: usize) -> Self {
        let signs = &context.text.shown[from..to];
        let count = |test: fn(&char) -> bool| signs.iter().filter(|c| test(c)).count();
        Self { from, to, digits: count(char::is_ascii_digit), lower: count(char::is_ascii_lowercase) }
    }

    fn len(self) -> usize {
        self.to - self.from
    }

    fn is_digits(self) -> bool {
        self.digits == self.len()
    }

    fn is_letters(self) -> bool {
        self.digits == 0
    }

    fn shape(self) -> Shape {
        match (self.is_digits(), self.is_letters()) {
            (true, _) => Shape::Digits,
            (_, true) => Shape::Letters,
            _ => Shape::Mixed,
        }
    }
}

/// Finds the candidates of a text, in text order.
pub(super) fn find(context: &Context<'_>) -> Vec<Find> {
    let tokens = tokens(context);
    let mut finds = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let rest = &tokens[index..];
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

/// The runs of letters and digits. A cue word that is joined to digits ("OTP482913") is split off.
fn tokens(context: &Context<'_>) -> Vec<Token> {
    let text = context.text;
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
        if token.shape() == Shape::Mixed {
            split(context, token, &mut tokens);
        } else {
            tokens.push(token);
        }
    }
    tokens
}

fn split(context: &Context<'_>, token: Token, tokens: &mut Vec<Token>) {
    let text = context.text;
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
fn chain<'t>(
    context: &Context<'_>,
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

/// One candidate of all given tokens.
fn whole(context: &Context<'_>, tokens: &[Token]) -> Find {
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

fn length(tokens: &[Token]) -> usize {
    tokens.iter().map(|token| token.len()).sum()
}

/// Groups joined by dashes. Returns how many tokens were used.
fn dashes(context: &Context<'_>, chain: &[Token], finds: &mut Vec<Find>) -> usize {
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
fn is_mark(context: &Context<'_>, head: Token, number: Token) -> bool {
    let vowel = context.text.shown[head.from..head.to].iter().any(|c| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U'));
    head.len() < number.len() || (vowel && head.len() >= 3)
}

fn equal(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| token.len() == tokens[0].len())
}

/// Digits that are part of something longer: listed as candidates, never accepted.
fn parts(context: &Context<'_>, tokens: &[Token], finds: &mut Vec<Find>) {
    for token in tokens.iter().filter(|token| (MIN_LEN..=MAX_LEN).contains(&token.len())) {
        finds.push(Find { form: Form::Part, ..whole(context, &[*token]) });
    }
}

/// Digits, alone or in groups joined by single spaces, dots or commas. Returns how many tokens were used.
fn spaced_digits(context: &Context<'_>, tokens: &[Token], finds: &mut Vec<Find>) -> usize {
    let digits = |one: Token, next: Token| one.is_digits() && next.is_digits();
    let free = |group: &[Token]| group.iter().all(|token| context.marked(token.from, token.to).is_none());
    // "4, 8, 2, 9", "4.8.2.9" and "4 - 8 - 2 - 9", as spoken codes are written.
    let ones = chain(context, tokens, is_pause, |one, next| digits(one, next) && one.len() == 1 && next.len() == 1);
    if (4..=MAX_LEN).contains(&ones.len()) && tokens[0].len() == 1 && free(ones) {
        finds.push(whole(context, ones));
        return ones.len();
    }
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

fn is_pause(signs: &[char]) -> bool {
    matches!(signs, [',' | '.' | ';'] | [',' | '.' | ';', ' '] | [' ', '-' | '.' | ',', ' '])
}

/// One candidate of all given tokens, or a part if groups of three continue a shorter number, as in
/// "1 234 567".
fn unless_continued(context: &Context<'_>, group: &[Token]) -> Find {
    let from = group[0].from;
    let continues = from >= 2 && context.text.before(from) == ' ' && context.text.before(from - 1).is_ascii_digit();
    let find = whole(context, group);
    if group[0].len() == 3 && continues { Find { form: Form::Part, ..find } } else { find }
}

/// A single token. Returns how many tokens were used: two if "A7K 9QX" is one code.
fn single(context: &Context<'_>, tokens: &[Token], finds: &mut Vec<Find>) -> usize {
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
                finds.push(whole(context, &tokens[..1]));
            }
        }
        Shape::Letters if fits && is_letter_code(context, token) => {
            finds.push(whole(context, &tokens[..1]));
        }
        _ => {}
    }
    1
}

/// Whether letters are a code: capitals that a word for code introduces, or that open the text.
fn is_letter_code(context: &Context<'_>, token: Token) -> bool {
    token.lower == 0 && token.len() >= 4 && (introduced(context, token.from) || is_the_code(context, token))
}

/// Whether "code is" or "code:" leads to a position.
fn introduced(context: &Context<'_>, from: usize) -> bool {
    let lead = context.lead(from);
    lead.linked() && context.kind(lead.cue) == Some(Kind::Code) && context.cue_starting(from).is_none()
}

/// Whether letters open the text as its code: "QWKZ is your code".
fn is_the_code(context: &Context<'_>, token: Token) -> bool {
    let trail = context.trail(token.to);
    let named = context.cues.iter().any(|cue| {
        cue.kind == Kind::Code
            && cue.from >= trail.at
            && cue.from - trail.at <= 40
            && context.same_sentence(token.from, cue.from)
    });
    context.lead(token.from).from_start && trail.linked && named && context.cue_starting(token.from).is_none()
}
