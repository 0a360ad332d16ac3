//! The texts of letters in every language: Fluent files, parsed at the first use of a language. Tests prove
//! that no text or argument is missing.

#[cfg(test)]
mod check;

use crate::parts::Parts;
use domain::{Direction, Language};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::sync::OnceLock;

/// The texts of a language.
struct Texts(FluentBundle<FluentResource>);

static TEXTS: [OnceLock<Texts>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

/// The Fluent file of a language.
const fn file(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../text/en/letters.ftl"),
        Language::French => include_str!("../text/fr/letters.ftl"),
        Language::Swahili => include_str!("../text/sw/letters.ftl"),
        Language::Hindi => include_str!("../text/hi/letters.ftl"),
        Language::Portuguese => include_str!("../text/pt/letters.ftl"),
        Language::Arabic => include_str!("../text/ar/letters.ftl"),
    }
}

impl Texts {
    fn of(language: Language) -> &'static Self {
        TEXTS[language as usize].get_or_init(|| Self::read(language, file(language)))
    }

    fn read(language: Language, file: &str) -> Self {
        let locale = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // A number or an address inside Arabic keeps its own direction.
        bundle.set_use_isolating(language.direction() == Direction::RightToLeft);
        // A file with errors still has its other texts. The tests find errors and repeated names.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    fn get(&self, message: &str, attribute: &str, arguments: &FluentArgs) -> Option<String> {
        let pattern = self.0.get_message(message)?.get_attribute(attribute)?.value();
        Some(self.0.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
    }
}

/// The texts of one letter, with its arguments.
pub(crate) struct Words<'a> {
    texts: &'static Texts,
    key: &'static str,
    arguments: FluentArgs<'a>,
}

impl<'a> Words<'a> {
    /// The texts of the letter with these parts. `product` is the sender's name.
    pub(crate) fn new(language: Language, parts: &'a Parts, product: &'a str) -> Self {
        let mut arguments = FluentArgs::new();
        arguments.set("product", product);
        for (name, value) in &parts.facts {
            arguments.set(*name, value.as_str());
        }
        for (name, number) in &parts.numbers {
            arguments.set(*name, *number);
        }
        Self { texts: Texts::of(language), key: parts.key, arguments }
    }

    /// The paragraphs of a text of the letter; none if the letter has no such text. They are separated by empty
    /// lines, and lines inside them are joined.
    pub(crate) fn paragraphs(&self, attribute: &str) -> Vec<String> {
        let text = self.texts.get(self.key, attribute, &self.arguments).unwrap_or_default();
        text.split("\n\n").map(joined).filter(|paragraph| !paragraph.is_empty()).collect()
    }

    /// A text of the letter as one paragraph.
    pub(crate) fn line(&self, attribute: &str) -> String {
        self.paragraphs(attribute).join(" ")
    }

    /// A text that letters share.
    pub(crate) fn shared(&self, message: &str, attribute: &str) -> String {
        joined(&self.texts.get(message, attribute, &self.arguments).unwrap_or_default())
    }
}

fn joined(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}
