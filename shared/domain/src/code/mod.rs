//! Extracts verification codes from message texts.
//!
//! Extraction has six steps, each in its own module. [`normalise`] gives the digits and letters of
//! every script one form. [`cues`] finds the words that indicate what a number is. [`addresses`] finds
//! links, host names and e-mail addresses, which are one word each. [`spans`] marks text that is never
//! a code (amounts, links, phone numbers). [`scan`] finds candidates, and [`score`] rates them.
//! `docs/decisions/0010-code-extraction.md` has the rules. The module depends only on the text, not on
//! suppliers, orders or services.

mod addresses;
mod context;
mod cues;
mod fold;
mod greeting;
mod normalise;
mod ordinary;
mod reason;
mod scan;
mod score;
mod spans;

pub use greeting::is_greeting;
pub use reason::Reason;

use context::Context;
use normalise::Text;
use serde::Serialize;

/// The lowest score that makes a candidate the code. The shape alone never reaches it.
pub const ACCEPTED_FROM: i32 = 50;

/// The most candidates that an [`Extraction`] lists; the best ones stay.
pub const MAX_CANDIDATES: usize = 32;

/// The result of an extraction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Extraction {
    /// The code as a person types it: ASCII digits and letters, without dashes, spaces or a brand
    /// prefix (`G-`).
    pub code: Option<String>,
    /// All candidates, in text order.
    pub candidates: Vec<Candidate>,
}

/// A part of a text that looks like a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The candidate in typed form.
    pub code: String,
    /// Where it starts in the original text, in bytes.
    pub start: usize,
    /// Where it ends in the original text, in bytes; exclusive.
    pub end: usize,
    /// The score. The code is the candidate with the highest score from [`ACCEPTED_FROM`] up, or
    /// the first of equals.
    pub score: i32,
    /// The reasons behind the score.
    pub reasons: Vec<Reason>,
}

/// Extracts the code from a message text. Never panics. Text beyond 10,000 characters is ignored.
pub fn extract(text: &str) -> Extraction {
    let context = Context::new(Text::new(text));
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
