//! Extraction from the labelled messages, by set.

use namaskah_domain::code::{extract, is_greeting};
use serde::Deserialize;
use std::fmt::Write;

#[derive(Deserialize)]
struct Labelled {
    message: String,
    code: Option<String>,
    service: String,
    lang: String,
}

/// The results for a set of messages.
struct Report {
    messages: usize,
    without_code: usize,
    misses: usize,
    /// Each miss, with its candidates.
    text: String,
}

impl Report {
    fn of(set: &str) -> serde_json::Result<Self> {
        let mut report = Self { messages: 0, without_code: 0, misses: 0, text: String::new() };
        for line in set.lines() {
            let row: Labelled = serde_json::from_str(line)?;
            let found = extract(&row.message);
            assert!(row.code.is_none() || !is_greeting(&row.message), "a code is lost: {:?}", row.message);
            report.messages += 1;
            report.without_code += usize::from(row.code.is_none());
            if found.code != row.code {
                report.misses += 1;
                let Labelled { message, code, service, lang } = row;
                let _ =
                    writeln!(report.text, "{service} ({lang}): wanted {code:?}, read {:?} in {message:?}", found.code);
                for candidate in found.candidates {
                    let _ = writeln!(report.text, "    {candidate:?}");
                }
            }
        }
        Ok(report)
    }

    /// Whether at least 99 % of the codes are extracted as labelled.
    fn passes(&self) -> bool {
        self.misses * 100 <= self.messages
    }
}

#[test]
fn reads_the_messages_it_was_tuned_on() {
    let report = Report::of(include_str!("data/messages.jsonl")).unwrap();
    println!("{} misses in {}\n{}", report.misses, report.messages, report.text);
    assert!(report.messages >= 400 && report.without_code >= 80);
    assert!(report.passes());
}

#[test]
fn reads_the_messages_that_were_held_out() {
    let report = Report::of(include_str!("data/messages-holdout.jsonl")).unwrap();
    println!("{} misses in {}\n{}", report.misses, report.messages, report.text);
    assert!(report.messages >= 120 && report.without_code >= 30);
    assert!(report.passes());
}
