//! Tests of whole files, which are read back without other tools.

mod files;
mod pages;
mod reading;
#[path = "../examples/invoice/samples.rs"]
mod samples;

use crate::{layout::pages, render};
use domain::{Language, invoice::Invoice};
use reading::{File, Printed};
use unicode_bidi::{Level, ParagraphBidiInfo};

fn sample(name: &str) -> Invoice {
    samples::sample(name).unwrap().unwrap()
}

/// A text as it is printed, from left to right. Without a language, its first letter decides about its direction.
fn visual(text: &str, language: Option<Language>) -> String {
    let level = language.map(|language| match language.direction() {
        domain::Direction::LeftToRight => Level::ltr(),
        domain::Direction::RightToLeft => Level::rtl(),
    });
    let bidi = ParagraphBidiInfo::new(text, level);
    bidi.reorder_line(0..text.len()).replace(['\u{2068}', '\u{2069}'], "")
}
