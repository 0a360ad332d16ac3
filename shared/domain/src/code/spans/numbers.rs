//! Amounts, quantities, dates, times, masked and formatted numbers.

use super::{Marks, Reason, Run, is_year};
use crate::code::{
    cues::{Cue, Kind},
    normalise::{Text, is_unspaced},
};

pub(super) fn mark(text: &Text, runs: &[Run], cues: &[Cue], marks: &mut Marks) {
    masked(text, runs, marks);
    money(text, cues, marks);
    for cue in cues {
        match cue.kind {
            Kind::Month => month(text, *cue, marks),
            Kind::Unit => unit(text, *cue, marks),
            _ => {}
        }
    }
    for (index, run) in runs.iter().enumerate() {
        if matches!(text.at(run.to), '%' | '‰') || (text.at(run.to) == ' ' && text.at(run.to + 1) == '%') {
            marks.set(run.from, run.to, Reason::Quantity);
        }
        if let Some(next) = runs.get(index + 1).filter(|next| next.from == run.to + 1) {
            joined(text, *run, *next, marks);
        }
    }
    dates(text, runs, marks);
}

/// `**** 1234`, `xx1234`, `…1234`, `5555****1234`.
fn masked(text: &Text, runs: &[Run], marks: &mut Marks) {
    for run in runs {
        let mut place = run.from;
        if matches!(text.before(place), ' ' | '-') {
            place -= 1;
        }
        let spaced = place < run.from;
        let end = place;
        while place > 0 && is_mask(text.before(place)) {
            place -= 1;
        }
        let signs = &text.shown[place..end];
        let crosses = signs.iter().filter(|c| matches!(c, 'x' | 'X')).count();
        let inside_word = crosses > 0 && (text.before(place).is_alphabetic() || text.at(run.to).is_ascii_alphabetic());
        let dots = signs.iter().all(|c| *c == '.');
        let hides = match signs {
            ['*'] => !spaced && !closes_bold(text, run.to),
            ['…'] => !spaced && run.len() <= 5,
            ['x'] => !spaced && run.len() <= 5 && text.before(place).is_whitespace(),
            [] | [_] => false,
            _ if dots => !spaced && (run.len() <= 4 || text.before(place) == ' '),
            _ => signs.len() >= if spaced { 3 } else { 2 },
        };
        if hides && !inside_word {
            marks.set(run.from, run.to, Reason::Masked);
        }
        let after = (run.to..text.len()).take_while(|at| matches!(text.at(*at), '*' | 'x' | 'X' | '•' | '●')).count();
        let more_letters = text.at(run.to + after).is_alphabetic();
        if after >= 2 && !more_letters {
            marks.set(run.from, run.to, Reason::Masked);
        }
    }
}

fn is_mask(c: char) -> bool {
    matches!(c, '*' | 'x' | 'X' | '•' | '●' | '∙' | '·' | '×' | '＊' | '…' | '.' | '✱' | '∗')
}

/// Whether a `*` before a number starts bold text: another one closes it on the same line.
fn closes_bold(text: &Text, from: usize) -> bool {
    (from..text.len())
        .take_while(|at| text.at(*at) != '\n')
        .any(|at| text.at(at) == '*' && !text.at(at + 1).is_ascii_digit() && text.before(at) != ' ')
}

/// Marks the number beside each currency.
fn money(text: &Text, cues: &[Cue], marks: &mut Marks) {
    let signs = (0..text.len()).filter(|at| is_currency_sign(text.at(*at))).map(|at| (at, at + 1));
    let words = cues.iter().filter(|cue| cue.kind == Kind::Money).map(|cue| (cue.from, cue.to));
    for (from, to) in signs.chain(words) {
        let mut next = to;
        while next < to + 3 && matches!(text.at(next), ' ' | '.' | ':' | '-') {
            next += 1;
        }
        let mut last = from;
        while last > 0 && from - last < 2 && matches!(text.before(last), ' ' | '-') {
            last -= 1;
        }
        let follows = text.at(next).is_ascii_digit();
        let precedes = text.before(last).is_ascii_digit();
        // "Rs" and "$" precede their number, "руб" and "円" follow it. Between two numbers the
        // nearer one counts.
        let stands_behind = !text.at(from).is_ascii() && !is_currency_sign(text.at(from));
        let behind = precedes && (!follows || last == from || (stands_behind && next != to));
        if behind {
            marks.set(number_start(text, last), last, Reason::Amount);
        }
        if follows && (!behind || (next == to && last != from)) {
            marks.set(next, number_end(text, next), Reason::Amount);
        }
    }
    for at in 1..text.len() {
        // South Africa's "R 500": a letter, so it counts only on its own.
        let alone = !text.before(at).is_alphanumeric() && text.at(at) == 'R';
        if alone && text.at(at + 1) == ' ' && text.at(at + 2).is_ascii_digit() {
            marks.set(at + 2, number_end(text, at + 2), Reason::Amount);
        }
        // The dong's "500.000đ".
        if text.before(at).is_ascii_digit() && matches!(text.at(at), 'đ' | 'Đ') {
            marks.set(number_start(text, at), at, Reason::Amount);
        }
    }
}

/// Currency signs (Unicode class Sc).
fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '\u{A2}'..='\u{A5}' | '\u{58F}' | '\u{60B}' | '\u{9F2}' | '\u{9F3}' | '\u{9FB}' | '\u{AF1}' | '\u{BF9}'
        | '\u{E3F}' | '\u{17DB}' | '\u{20A0}'..='\u{20C0}' | '\u{FDFC}')
}

/// The end of a formatted number: digits, separators before digits, and spaces before exactly three
/// digits.
fn number_end(text: &Text, from: usize) -> usize {
    let mut at = from;
    while at < text.len() {
        let digit = |place: usize| text.at(place).is_ascii_digit();
        let thousand = text.at(at) == ' ' && (1..=3).all(|step| digit(at + step)) && !digit(at + 4) && at - from <= 7;
        if digit(at) || thousand || (matches!(text.at(at), ',' | '.' | '\'') && digit(at + 1)) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// The start of a formatted number that ends at a position.
fn number_start(text: &Text, to: usize) -> usize {
    let mut at = to;
    while at > 0 {
        let c = text.before(at);
        let thousands = (0..3).all(|step| text.at(at + step).is_ascii_digit()) && !text.at(at + 3).is_ascii_digit();
        // "482913 500 руб" is a code and an amount: groups have three digits at most.
        let short = at >= 2 && text.before(at - 1).is_ascii_digit() && (1..=3).contains(&digits_before(text, at - 1));
        if c.is_ascii_digit()
            || (matches!(c, ',' | '.' | '\'') && at >= 2 && text.before(at - 1).is_ascii_digit())
            || (c == ' ' && thousands && short)
        {
            at -= 1;
        } else {
            break;
        }
    }
    at
}

fn digits_before(text: &Text, place: usize) -> usize {
    (0..place).rev().take(12).take_while(|at| text.at(*at).is_ascii_digit()).count()
}

/// Marks a day or a year on both sides of a month.
fn month(text: &Text, month: Cue, marks: &mut Marks) {
    let fits = |run: Run| run.len() <= 2 || (run.len() == 4 && run.value(text).is_some_and(is_year));
    let mut at = month.to;
    for _ in 0..2 {
        let start = (at..at + 5).find(|place| text.at(*place).is_ascii_digit());
        let Some(from) =
            start.filter(|start| text.shown[at..*start].iter().all(|c| !matches!(c, '\n' | ':' | ';' | '!')))
        else {
            break;
        };
        let to = (from..text.len()).find(|place| !text.at(*place).is_ascii_digit()).unwrap_or(text.len());
        if !fits(Run { from, to }) {
            break;
        }
        marks.set(from, to, Reason::Date);
        at = to;
    }
    let end = (month.from.saturating_sub(4)..month.from).rev().find(|place| text.at(*place).is_ascii_digit());
    if let Some(last) = end {
        let from = last + 1 - digits_before(text, last + 1);
        if fits(Run { from, to: last + 1 }) {
            marks.set(from, last + 1, Reason::Date);
        }
    }
}

/// Marks the number before a unit.
fn unit(text: &Text, unit: Cue, marks: &mut Marks) {
    let spaced = matches!(text.before(unit.from), ' ' | '-');
    let end = if spaced { unit.from - 1 } else { unit.from };
    if !text.before(end).is_ascii_digit() {
        return;
    }
    let from = number_start(text, end);
    if text.before(from).is_ascii_alphabetic() || text.at(unit.to).is_ascii_alphanumeric() {
        return; // within letters and digits: "5XH7Q2"
    }
    let letters = unit.to - unit.from;
    let glued = is_unspaced(text.at(unit.from));
    // A short unit after a space may be a word of the sentence, and six digits of minutes are
    // implausible.
    let doubtful = spaced && (letters == 1 || (end - from >= 5 && (glued || letters <= 3)));
    if !doubtful {
        marks.set(from, end, Reason::Quantity);
    }
}

/// Two runs with one sign in between: times, fractions, decimals, thousands.
fn joined(text: &Text, run: Run, next: Run, marks: &mut Marks) {
    let reason = match text.at(run.to) {
        ':' if run.len() <= 2 && next.len() == 2 => Reason::Time,
        '/' => Reason::Date,
        sign @ ('.' | ',') => {
            let single = run.len() == 1 && next.len() == 1;
            let decimal = next.len() == 2 && (sign == '.' || run.len() <= 4) || next.len() == 1 && run.len() <= 3;
            let thousands = next.len() == 3 && run.len() < 3;
            let equal = run.len() == next.len();
            if single || equal || !(decimal || thousands) {
                return;
            }
            Reason::FormattedNumber
        }
        _ => return,
    };
    marks.set(run.from, next.to, reason);
}

/// Three groups that form a date, times like `14h30`, and numbers with several dots.
fn dates(text: &Text, runs: &[Run], marks: &mut Marks) {
    for three in runs.windows(3) {
        let [a, b, c] = [three[0], three[1], three[2]];
        let sign = text.at(a.to);
        let same = b.from == a.to + 1 && c.from == b.to + 1 && text.at(b.to) == sign;
        if !same || !matches!(sign, '-' | '.' | '/') {
            continue;
        }
        let (Some(first), Some(second), Some(third)) = (a.value(text), b.value(text), c.value(text)) else { continue };
        let day = |value: u32| (1..=31).contains(&value);
        let year_last = c.len() == 4 && is_year(third) && day(first) && day(second);
        let year_first = a.len() == 4 && is_year(first) && day(second) && day(third);
        let short = sign == '.' && c.len() == 2 && day(first) && (1..=12).contains(&second);
        if year_last || year_first || short {
            marks.set(a.from, c.to, Reason::Date);
        } else if sign == '.' && !(a.len() == b.len() && b.len() == c.len()) {
            marks.set(a.from, c.to, Reason::FormattedNumber);
        }
    }
    for two in runs.windows(2) {
        let [hours, minutes] = [two[0], two[1]];
        let sign = text.at(hours.to);
        if minutes.from == hours.to + 1
            && matches!(sign, 'h' | 'H' | '時' | '时' | '點' | '点' | '시')
            && hours.len() <= 2
            && minutes.len() == 2
        {
            marks.set(hours.from, minutes.to, Reason::Time);
        }
    }
}
