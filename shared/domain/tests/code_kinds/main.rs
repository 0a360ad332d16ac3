//! Kinds of codes and of their neighbours, with many texts each. Reported texts are in `data/messages.jsonl`, too.

mod addresses;
mod letters;
mod properties;
mod spelled;

use namaskah_domain::code::extract;

/// Checks texts and their codes. All failures are shown at once.
fn check<'a>(table: impl Iterator<Item = (&'a str, Option<&'a str>)>) {
    let wrong = |(text, wanted): (&str, Option<&str>)| {
        let found = extract(text);
        (found.code.as_deref() != wanted).then(|| format!("{text:?}: wanted {wanted:?}, found {:#?}", found.candidates))
    };
    let wrong: Vec<String> = table.filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks texts with a code.
fn codes(table: &[(&str, &str)]) {
    check(table.iter().map(|(text, code)| (*text, Some(*code))));
}

/// Checks texts without a code.
fn none(table: &[&str]) {
    check(table.iter().map(|text| (*text, None)));
}
