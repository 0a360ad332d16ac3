//! Marks addresses, origin-bound lines, app hashes and menu codes.

use super::{Marks, Reason};
use crate::code::{addresses::Address, normalise::Text};
use std::ops::RangeInclusive;

/// The length of the hash that Android's SMS retriever expects at the end of a message.
const APP_HASH_LEN: usize = 11;

/// The lengths of a code in an origin-bound line.
const CODE_LEN: RangeInclusive<usize> = 3..=10;

pub(super) fn mark(text: &Text, addresses: &[Address], marks: &mut Marks) {
    for Address { from, to } in addresses.iter().copied() {
        marks.set(from, to, Reason::Link);
        let is_origin = text.at(from) == '@' && text.shown[from..to].contains(&'.');
        marks.origin_bound = origin_code(text, to).filter(|_| is_origin).or(marks.origin_bound);
    }
    let chunks = chunks(text);
    for (from, to) in chunks.iter().copied() {
        menu_code(text, from, to, marks);
    }
    if let Some((from, to)) = chunks.last().copied()
        && is_app_hash(text, from, to)
    {
        marks.set(from, to, Reason::AppHash);
    }
}

/// The code of an origin-bound line, after its host name: ` #482913`.
fn origin_code(text: &Text, host_end: usize) -> Option<(usize, usize)> {
    let sign = (host_end..text.len()).find(|at| !text.at(*at).is_whitespace())?;
    if sign == host_end || text.at(sign) != '#' {
        return None;
    }
    let end = (sign + 1..text.len()).find(|at| !text.at(*at).is_ascii_alphanumeric()).unwrap_or(text.len());
    CODE_LEN.contains(&(end - sign - 1)).then_some((sign + 1, end))
}

/// Runs of visible ASCII, without quotes and angle brackets. A leading `<#>` is not part of a run.
fn chunks(text: &Text) -> Vec<(usize, usize)> {
    let mut chunks = Vec::new();
    let mut from = None;
    for place in 0..=text.len() {
        let c = text.at(place);
        match (c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>'), from) {
            (true, None) => from = Some(place),
            (false, Some(start)) => {
                chunks.push((start, place));
                from = None;
            }
            _ => {}
        }
    }
    chunks
}

/// `*170#`, `*#06#`: signs and digits that end in `#`.
fn menu_code(text: &Text, from: usize, to: usize, marks: &mut Marks) {
    let Some(start) = (from..to).find(|at| matches!(text.at(*at), '*' | '#')) else { return };
    let end = (start..to).find(|at| !matches!(text.at(*at), '*' | '#' | '0'..='9')).unwrap_or(to);
    if text.at(start) == '*' && text.before(end) == '#' && end - start > 2 {
        marks.set(start, end, Reason::Ussd);
    }
}

/// Whether the last chunk of a message looks like the eleven characters of an app hash.
fn is_app_hash(text: &Text, from: usize, to: usize) -> bool {
    let signs = &text.shown[from..to];
    let plain = signs.iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'));
    if signs.len() != APP_HASH_LEN || !plain || from == 0 || !text.before(from).is_whitespace() {
        return false;
    }
    let has = |test: fn(&char) -> bool| signs.iter().any(test);
    let marked = matches!(text.shown.get(..3), Some(['<' | '[', '#', '>' | ']']));
    let upper_inside = signs.iter().skip(1).any(char::is_ascii_uppercase);
    has(char::is_ascii_alphabetic)
        && (marked || has(|c| !c.is_ascii_alphabetic()) || (upper_inside && has(char::is_ascii_lowercase)))
}
