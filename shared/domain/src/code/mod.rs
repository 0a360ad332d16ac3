//! Reading verification codes out of message texts.
//!
//! A text goes through four steps, each in its own file: [`normalise`] gives every script's digits and letters one form,
//! [`cues`] finds the words that say what a number is, [`spans`] marks what is never a code (amounts, links, phones),
//! [`scan`] finds what could be a code and [`score`] says how well each fits. The page `docs/decisions/0010` has the rules.
//! Nothing here knows of suppliers, orders or services: the text is all there is.

mod context;
mod cues;
mod fold;
mod normalise;
mod reason;
mod scan;
mod score;
mod spans;

pub use reason::Reason;

use context::Context;
use normalise::Text;
use serde::Serialize;

/// The least score that makes a candidate the code. Shape alone never reaches it.
pub const ACCEPTED_FROM: i32 = 50;

/// The most candidates that an [`Extraction`] lists; the best stay.
pub const MAX_CANDIDATES: usize = 32;

/// What was read out of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Extraction {
    /// The code as a person would type it: ASCII digits and letters, without dashes, spaces or a brand's mark (`G-`).
    pub code: Option<String>,
    /// Everything that was considered, in the order of the text.
    pub candidates: Vec<Candidate>,
}

/// Something in a text that looks like a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The code that it would be, in typed form.
    pub code: String,
    /// Where it starts in the original text, in bytes.
    pub start: usize,
    /// Where it ends in the original text, in bytes; exclusive.
    pub end: usize,
    /// How well it fits; the code is the best of those from [`ACCEPTED_FROM`] up, the first of equals.
    pub score: i32,
    /// What the score is made of.
    pub reasons: Vec<Reason>,
}

/// Reads the code out of a message text. Never panics; text past 10,000 characters is not read.
pub fn extract(text: &str) -> Extraction {
    let text = Text::new(text);
    let context = Context::new(&text);
    let mut candidates = score::rank(&context, &scan::find(&context));
    let mut best: Option<&Candidate> = None;
    for candidate in &candidates {
        if candidate.score >= ACCEPTED_FROM && best.is_none_or(|best| candidate.score > best.score) {
            best = Some(candidate);
        }
    }
    let code = best.map(|best| best.code.clone());
    if candidates.len() > MAX_CANDIDATES {
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
        candidates.truncate(MAX_CANDIDATES);
        candidates.sort_by_key(|candidate| candidate.start);
    }
    Extraction { code, candidates }
}
