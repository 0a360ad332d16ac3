//! Marks links, host names, e-mail addresses, origin-bound lines, app hashes and menu codes. Each
//! is one run of ASCII characters.

use super::{Marks, Reason};
use crate::code::normalise::Text;

/// Top-level domains that identify a host name without a path. With a path, any domain does.
const TOP_LEVEL: &[&str] = &[
    "com", "net", "org", "info", "biz", "app", "dev", "me", "io", "co", "ai", "gg", "tv", "xyz", "shop", "store",
    "online", "site", "link", "live", "club", "bank", "pay", "page", "gl", "ly", "gd", "cc", "ru", "su", "by", "kz",
    "ua", "uz", "cn", "hk", "tw", "jp", "kr", "in", "pk", "bd", "lk", "np", "id", "my", "sg", "ph", "vn", "th", "br",
    "ar", "mx", "cl", "pe", "es", "pt", "fr", "de", "it", "nl", "be", "ch", "at", "uk", "ie", "se", "no", "dk", "fi",
    "pl", "cz", "sk", "hu", "ro", "bg", "gr", "rs", "hr", "si", "lt", "lv", "ee", "tr", "il", "ae", "sa", "qa", "kw",
    "eg", "ma", "tn", "dz", "ng", "gh", "ke", "za", "tz", "ug", "rw", "zm", "et", "ci", "sn", "cm", "us", "ca", "au",
    "nz", "ir", "iq", "az", "ge", "am", "gov", "edu", "mobi", "eu",
];

/// The length of the hash that Android's SMS retriever expects at the end of a message.
const APP_HASH_LEN: usize = 11;

pub(super) fn mark(text: &Text, marks: &mut Marks) {
    let chunks = chunks(text);
    for (index, chunk) in chunks.iter().enumerate() {
        let (from, to) = *chunk;
        menu_code(text, from, to, marks);
        if let Some(host) = origin(text, from, to) {
            marks.set(from, to, Reason::Link);
            if let Some((next, end)) = chunks.get(index + 1).copied()
                && text.at(next) == '#'
                && host
            {
                let end = (next + 1..end).find(|at| !text.at(*at).is_ascii_alphanumeric()).unwrap_or(end);
                if (3..=10).contains(&(end - next - 1)) {
                    marks.origin_bound = Some((next + 1, end));
                }
            }
            continue;
        }
        if let Some(start) = link_start(text, from, to) {
            marks.set(start, to, Reason::Link);
        }
    }
    if let Some((from, to)) = chunks.last().copied()
        && is_app_hash(text, from, to)
    {
        marks.set(from, to, Reason::AppHash);
    }
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

/// Whether a chunk is `@host`. `Some(false)` means another handle.
fn origin(text: &Text, from: usize, to: usize) -> Option<bool> {
    if text.at(from) != '@' || !text.at(from + 1).is_ascii_alphanumeric() {
        return None;
    }
    Some(text.shown[from + 1..to].contains(&'.'))
}

/// `*170#`, `*#06#`: signs and digits that end in `#`.
fn menu_code(text: &Text, from: usize, to: usize, marks: &mut Marks) {
    let Some(start) = (from..to).find(|at| matches!(text.at(*at), '*' | '#')) else { return };
    let end = (start..to).find(|at| !matches!(text.at(*at), '*' | '#' | '0'..='9')).unwrap_or(to);
    if text.at(start) == '*' && text.before(end) == '#' && end - start > 2 {
        marks.set(start, end, Reason::Ussd);
    }
}

/// Where a link, a host name or an address starts in a chunk. It extends to the end of the chunk.
fn link_start(text: &Text, from: usize, to: usize) -> Option<usize> {
    let at = |place: usize| text.at(place);
    for place in from..to {
        if at(place) == ':' && at(place + 1) == '/' && at(place + 2) == '/' {
            let start =
                (from..place).rev().find(|place| !at(*place).is_ascii_alphabetic()).map_or(from, |place| place + 1);
            return Some(start);
        }
        if at(place) == '@' && place > from && text.shown[place..to].contains(&'.') {
            return Some(from);
        }
    }
    let mut start = from;
    while start < to {
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if !is_host(at(start)) {
            start += 1;
            continue;
        }
        let end = (start..to).find(|place| !is_host(at(*place))).unwrap_or(to);
        if is_host_name(text, start, end) {
            return Some(start);
        }
        start = end;
    }
    None
}

fn is_host_name(text: &Text, from: usize, to: usize) -> bool {
    let host: String = text.shown[from..to].iter().collect();
    let host = host.trim_end_matches(['.', '-']);
    let complete = host.len() == to - from;
    let labels: Vec<&str> = host.split('.').collect();
    let Some((last, names)) = labels.split_last() else { return false };
    if names.is_empty() || labels.iter().any(|label| label.is_empty()) {
        return false;
    }
    if host.to_ascii_lowercase().starts_with("www.") {
        return true;
    }
    let lettered = names.iter().any(|name| name.bytes().any(|b| b.is_ascii_alphabetic()));
    if complete && text.at(to) == '/' {
        return lettered && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
    }
    // "Done.In five minutes" and "482913.In" are sentences without a space.
    let one_case = last.bytes().all(|b| b.is_ascii_lowercase()) || !host.bytes().any(|b| b.is_ascii_lowercase());
    let known = TOP_LEVEL.contains(&last.to_ascii_lowercase().as_str());
    known && one_case && (lettered || matches!(*last, "com" | "net" | "org" | "cn" | "ru"))
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
