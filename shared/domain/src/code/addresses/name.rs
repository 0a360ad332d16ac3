//! Tells host names from sentences without a space after their full stop.
//!
//! The last label of a host name is a top-level domain, in one case. Many of these domains are words,
//! too ("by", "at", "id", "do"). `minutes.do not share` and `ref.no` are therefore no host names.

use super::top_level::is_top_level;
use crate::code::{
    cues::{Cue, Kind},
    normalise::Text,
    ordinary::is_ordinary,
};
use std::collections::{HashMap, HashSet};

/// The domains whose names may consist of digits: `163.com`.
const NUMBERED: &[&str] = &["com", "net", "org", "cn", "ru"];

/// Domains that start sentences and are no cue words.
const WORDS: &[&str] = &["do", "in", "it", "me", "my", "si", "so", "us", "no", "you"];

/// Abbreviations before "no", "nr" and "id".
const ABBREVIATIONS: &[&str] = &[
    "a",
    "acc",
    "account",
    "acct",
    "app",
    "art",
    "best",
    "bill",
    "bst",
    "card",
    "case",
    "consumer",
    "cust",
    "customer",
    "doc",
    "emp",
    "inv",
    "invoice",
    "kd",
    "mob",
    "order",
    "policy",
    "ref",
    "reg",
    "request",
    "s",
    "sr",
    "tel",
    "ticket",
    "tran",
    "trans",
    "transaction",
    "trn",
    "trx",
    "txn",
    "user",
];

/// The shortest top-level domain that is a whole word and not the code of a country, in letters.
const WORD_LEN: usize = 3;

/// The labels of a name, as ranges of characters.
type Label = (usize, usize);

/// The host names of a text.
pub(super) struct Names<'a> {
    text: &'a Text,
    /// The cue words by their ends, and by their starts.
    ending: HashMap<usize, Cue>,
    starting: HashMap<usize, Cue>,
    /// The full stops inside cue words: "o.t.p".
    stops: HashSet<usize>,
}

impl<'a> Names<'a> {
    pub(super) fn new(text: &'a Text, cues: &[Cue]) -> Self {
        let inside = |cue: &Cue| (cue.from + 1..cue.to.saturating_sub(1)).filter(|at| text.at(*at) == '.');
        Self {
            text,
            ending: cues.iter().map(|cue| (cue.to, *cue)).collect(),
            starting: cues.iter().map(|cue| (cue.from, *cue)).collect(),
            stops: cues.iter().flat_map(inside).collect(),
        }
    }

    /// Gives the host names in a run of labels and full stops.
    pub(super) fn hosts(&self, from: usize, to: usize, mut found: impl FnMut(usize, usize)) {
        for labels in self.pieces(from, to) {
            if let Some(end) = self.host_end(&labels) {
                found(labels[0].0, end);
            }
        }
    }

    /// The end of the host name after an `@`, where any domain counts.
    pub(super) fn mail_host(&self, from: usize, to: usize) -> Option<usize> {
        let labels = self.pieces(from, to).into_iter().next().filter(|labels| labels[0].0 == from)?;
        let listed = self.listed(&labels).map(|(_, end)| end);
        listed.or_else(|| self.any_domain(&labels))
    }

    /// The labels of a run, parted where a sentence ends: at an empty label, before a capitalised word
    /// and at the full stops of an abbreviation.
    fn pieces(&self, from: usize, to: usize) -> Vec<Vec<Label>> {
        let mut pieces = vec![Vec::new()];
        let mut start = from;
        for at in from..=to {
            if at < to && self.text.at(at) != '.' {
                continue;
            }
            let label = self.trimmed(start, at);
            if label.is_none_or(|label| self.is_capitalised(label)) {
                pieces.push(Vec::new());
            }
            if let (Some(label), Some(piece)) = (label, pieces.last_mut()) {
                piece.push(label);
            }
            if self.stops.contains(&at) {
                pieces.push(Vec::new());
            }
            start = at + 1;
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// A label without the dashes around it.
    fn trimmed(&self, from: usize, to: usize) -> Option<Label> {
        let letter = |at: &usize| !matches!(self.text.at(*at), '-' | '_');
        let from = (from..to).find(letter)?;
        let to = (from..to).rev().find(letter)? + 1;
        Some((from, to))
    }

    fn is_capitalised(&self, (from, to): Label) -> bool {
        self.text.at(from).is_uppercase() && self.text.shown[from..to].iter().any(|c| c.is_lowercase())
    }

    /// Where the host name ends that starts with the first label, if the labels are one.
    fn host_end(&self, labels: &[Label]) -> Option<usize> {
        if self.word(labels[0]) == "www" && labels.len() > 2 {
            return labels.last().map(|label| label.1);
        }
        let Some((index, end)) = self.listed(labels) else {
            return self.any_domain(labels).filter(|end| self.text.at(*end) == '/');
        };
        let names = &labels[..index];
        let domain = (labels[index].0, end);
        let numbered = !names.iter().any(|name| self.has_letter(*name));
        if numbered && !NUMBERED.contains(&self.word(domain).as_str()) {
            return None;
        }
        let is_host = match names {
            _ if self.text.at(end) == '/' => true,
            [name] => !self.is_sentence(*name, domain),
            // "e.g.my code"
            _ => names.iter().any(|(from, to)| to - from > 1),
        };
        is_host.then_some(end)
    }

    /// The last label that is a top-level domain, and its end. A dash may follow: `acme.com-482913`.
    fn listed(&self, labels: &[Label]) -> Option<(usize, usize)> {
        (1..labels.len()).rev().find_map(|index| {
            let (from, to) = labels[index];
            let dash = (from..to).find(|at| matches!(self.text.at(*at), '-' | '_'));
            let ends = [Some(to), dash.filter(|_| index + 1 == labels.len())];
            let fits = |end: &usize| is_top_level(&self.text.shown[from..*end]) && self.has_one_case(from, *end);
            ends.into_iter().flatten().find(fits).map(|end| (index, end))
        })
    }

    /// The end of the labels, if the last one has the form of any top-level domain.
    fn any_domain(&self, labels: &[Label]) -> Option<usize> {
        let (names, last) = labels.split_at(labels.len() - 1);
        let (from, to) = last[0];
        let alphabetic = self.text.shown[from..to].iter().all(|c| c.is_alphabetic());
        (alphabetic && to - from >= 2 && names.iter().any(|name| self.has_letter(*name))).then_some(to)
    }

    fn has_one_case(&self, from: usize, to: usize) -> bool {
        let letters = &self.text.shown[from..to];
        !letters.iter().any(|c| c.is_uppercase()) || !letters.iter().any(|c| c.is_lowercase())
    }

    fn has_letter(&self, (from, to): Label) -> bool {
        self.text.shown[from..to].iter().any(|c| c.is_alphabetic())
    }

    /// Whether a name and a domain are the end of a sentence and the start of the next one, or an
    /// abbreviation.
    fn is_sentence(&self, name: Label, domain: Label) -> bool {
        let (word, top) = (self.word(name), self.word(domain));
        let stops = name.0.checked_sub(1).is_some_and(|stop| self.stops.contains(&stop));
        let numbers = matches!(top.as_str(), "no" | "nr" | "id") && ABBREVIATIONS.contains(&word.as_str());
        if stops || numbers {
            return true; // "O.T.P.is 4829", "ref.no 4829"
        }
        let cue = self.starting.get(&domain.0).filter(|cue| cue.to == domain.1);
        if cue.is_none() && !WORDS.contains(&top.as_str()) {
            return false;
        }
        let (sign, next) = (self.text.at(domain.1), self.text.at(domain.1 + 1));
        let goes_on = sign == ' ' && next.is_alphabetic();
        let names_code = cue.is_some_and(|cue| cue.kind == Kind::Code);
        let is_long = top.chars().count() > WORD_LEN && (goes_on || (sign == ' ' && next.is_ascii_digit()));
        if names_code || is_long {
            return self.is_word(name, &word); // "share it.pin: 4829", "thanks.call 48291"
        }
        goes_on && (self.shouts(name, domain) || self.ends_sentence(name, domain))
    }

    /// Whether a name is a word, and hardly the name of a host.
    fn is_word(&self, name: Label, word: &str) -> bool {
        let is_cue = self.ending.get(&name.1).is_some_and(|cue| cue.from <= name.0);
        word.len() < WORD_LEN || is_cue || is_ordinary(word)
    }

    /// Whether capitals follow small letters: "never tell anyone.DO NOT share".
    fn shouts(&self, (from, to): Label, domain: Label) -> bool {
        self.text.at(domain.0).is_uppercase() && self.text.shown[from..to].iter().any(|c| c.is_lowercase())
    }

    /// Whether the name before a domain is a word that sentences about codes end with.
    fn ends_sentence(&self, name: Label, domain: Label) -> bool {
        let is = self.starting.get(&(domain.1 + 1)).is_some_and(|cue| cue.kind == Kind::Is);
        match self.ending.get(&name.1).map(|cue| cue.kind) {
            Some(Kind::Code) => true,
            Some(_) => !is,
            None => self.is_code(name),
        }
    }

    /// Whether a name is a code that a colon or "is" introduces: "code is x7k2m9.do not share".
    fn is_code(&self, (from, to): Label) -> bool {
        let digits = self.text.shown[from..to].iter().filter(|c| c.is_ascii_digit()).count();
        let spaces = (0..from).rev().take_while(|at| self.text.at(*at) == ' ').count();
        let before = from - spaces;
        let is = self.ending.get(&before).is_some_and(|cue| cue.kind == Kind::Is);
        digits >= 2 && (is || matches!(self.text.before(before), ':' | '='))
    }

    fn word(&self, (from, to): Label) -> String {
        self.text.shown[from..to].iter().flat_map(|c| c.to_lowercase()).collect()
    }
}
