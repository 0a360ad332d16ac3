//! Finds links, host names, e-mail addresses and handles. Each is one word of its text: nothing
//! inside it is a cue word, the end of a sentence or a code.

mod name;
mod top_level;

use super::{
    cues::{Cue, Kind},
    normalise::{Text, is_unspaced, is_word_letter},
};
use name::Names;

/// How far before a host a word for code makes the number after its colon a code and not a port.
const CODE_REACH: usize = 80;

/// Usual ports of web servers, which are no codes even after a word for code.
const WEB_PORTS: &[u16] = &[443, 8000, 8080, 8443, 8888];

/// The longest host name (RFC 1035).
const HOST_LEN: usize = 253;

/// An address: characters `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Finds the addresses of a text, in text order. `cues` are all cue words, also those inside addresses.
pub(super) fn find(text: &Text, cues: &[Cue]) -> Vec<Address> {
    let finder = Finder { text, cues, names: Names::new(text, cues) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        at = finder.read(at, &mut found).max(at + 1);
    }
    found
}

/// Whether a range overlaps none of the addresses.
pub(super) fn outside(addresses: &[Address], from: usize, to: usize) -> bool {
    let next = addresses.partition_point(|address| address.to <= from);
    addresses.get(next).is_none_or(|address| address.from >= to)
}

struct Finder<'a> {
    text: &'a Text,
    cues: &'a [Cue],
    names: Names<'a>,
}

impl Finder<'_> {
    /// Reads the addresses that start in the word at a position. Returns where to go on.
    fn read(&self, at: usize, found: &mut Vec<Address>) -> usize {
        let text = self.text;
        if text.at(at) == '@' && is_label(text.at(at + 1)) {
            let to = self.handle(at);
            found.push(Address { from: at, to });
            return to;
        }
        if is_unspaced(text.at(at)) || (is_label(text.at(at)) && self.is_unspaced_name(at)) {
            return self.unspaced(at, found);
        }
        if !is_local(text.at(at)) {
            return at + 1;
        }
        let to = self.run(at, is_local);
        let scheme = text.at(to) == ':' && text.at(to + 1) == '/' && text.at(to + 2) == '/';
        if scheme && let Some(from) = self.scheme(at, to) {
            found.push(Address { from, to: self.link_end(to) });
            return self.link_end(to);
        }
        if text.at(to) == '@'
            && let Some(end) = self.names.mail_host(to + 1, self.run(to + 1, is_name))
        {
            found.push(Address { from: at, to: end });
            return end;
        }
        self.hosts(at, to, found)
    }

    /// The host names of a run without spaces. Returns where to go on.
    fn hosts(&self, from: usize, to: usize, found: &mut Vec<Address>) -> usize {
        let mut at = from;
        while at < to {
            let end = self.run(at, is_name).min(to);
            let first = found.len();
            self.names.hosts(at, end, |from, to| found.push(Address { from, to }));
            if let Some(last) = found[first..].last_mut()
                && let Some(end) = self.continued(last.from, last.to)
            {
                last.to = end;
                return end;
            }
            at = end + 1;
        }
        to
    }

    /// Where a link ends whose host name ends at a position: with a path, a query, a mark or a port.
    fn continued(&self, from: usize, to: usize) -> Option<usize> {
        let text = self.text;
        match text.at(to) {
            '/' => Some(self.link_end(to)),
            '#' if is_label(text.at(to + 1)) => Some(self.link_end(to)),
            '?' => {
                let key = self.run(to + 1, is_label);
                (key > to + 1 && text.at(key) == '=').then(|| self.link_end(to))
            }
            ':' => {
                let end = self.run(to + 1, |c| c.is_ascii_digit());
                match text.at(end) {
                    _ if end == to + 1 => None,
                    '/' => Some(self.link_end(end)),
                    c if is_label(c) => None,
                    _ => self.is_port(from, to + 1, end).then_some(end),
                }
            }
            _ => None,
        }
    }

    /// Whether digits directly after a host name and a colon are a port, and not a code.
    fn is_port(&self, host: usize, from: usize, to: usize) -> bool {
        let digits: String = self.text.shown[from..to].iter().collect();
        let Ok(port) = digits.parse::<u16>() else { return false };
        let named = |cue: &Cue| {
            matches!(cue.kind, Kind::Code | Kind::Weak)
                && cue.to <= host
                && host - cue.to <= CODE_REACH
                && self.text.sentence[cue.to] == self.text.sentence[host]
        };
        WEB_PORTS.contains(&port) || !self.cues.iter().any(named)
    }

    /// The end of `@host` or of another handle.
    fn handle(&self, at: usize) -> usize {
        let end = self.run(at + 1, is_name);
        let to = self.names.mail_host(at + 1, end).unwrap_or_else(|| self.run(at + 1, is_label));
        self.continued(at, to).unwrap_or(to)
    }

    /// Where the letters before `://` start.
    fn scheme(&self, from: usize, to: usize) -> Option<usize> {
        let letters = (from..to).rev().take_while(|at| self.text.at(*at).is_ascii_alphabetic()).count();
        (letters > 0).then_some(to - letters)
    }

    /// Where a link ends: at a space, a quote or a script without word spaces. The signs of its
    /// sentence do not belong to it.
    fn link_end(&self, from: usize) -> usize {
        let to = self.run(from, |c| (c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>')) || is_label(c));
        let signs =
            (from..to).rev().take_while(|at| matches!(self.text.at(*at), '.' | ',' | ';' | ':' | '!' | '?' | ')'));
        to - signs.count()
    }

    /// Whether a word of letters or digits is glued to a script without word spaces by dots only.
    fn is_unspaced_name(&self, at: usize) -> bool {
        let to = self.run(at, is_name);
        is_unspaced(self.text.at(to)) && self.text.before(to) == '.'
    }

    /// A host name in a script without word spaces: `例子.中国`. It starts after the last cue word.
    /// Returns where to go on.
    fn unspaced(&self, at: usize, found: &mut Vec<Address>) -> usize {
        let to = self.run(at, |c| is_unspaced(c) || is_name(c)).min(at + HOST_LEN);
        let run = &self.text.shown[at..to];
        let Some(dot) = run.iter().rposition(|c| *c == '.') else { return self.run(at, is_unspaced) };
        let domain =
            run[dot + 1..].first().is_some_and(|c| is_unspaced(*c)) && top_level::is_top_level(&run[dot + 1..]);
        let glued = |cue: &&Cue| cue.to <= at + dot && is_unspaced(self.text.before(cue.to));
        let from = self.cues.iter().filter(glued).map(|cue| cue.to).max().map_or(at, |end| end.max(at));
        if domain && from < at + dot {
            found.push(Address { from, to });
            return to;
        }
        self.run(at, is_unspaced)
    }

    /// Where a run of characters from a position ends.
    fn run(&self, from: usize, fits: impl Fn(char) -> bool) -> usize {
        (from..self.text.len()).find(|at| !fits(self.text.at(*at))).unwrap_or(self.text.len())
    }
}

/// A character of a label. A label has no letter of a script without word spaces, because the words
/// beside it would be a part of it.
fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || (!c.is_ascii() && is_word_letter(c))
}

/// A character of a host name.
fn is_name(c: char) -> bool {
    c == '.' || is_label(c)
}

/// A character of the part of an e-mail address before its `@`.
fn is_local(c: char) -> bool {
    is_name(c) || matches!(c, '+' | '%' | '\'')
}
