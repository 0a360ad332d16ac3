//! The texts of invoices in every language: Fluent files, parsed at the first use of a language.

#[cfg(test)]
mod check;

use crate::RenderError;
use domain::{Direction, Language};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::sync::OnceLock;

/// The texts of a language.
pub(crate) struct Texts(FluentBundle<FluentResource>);

static TEXTS: [OnceLock<Texts>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

/// The Fluent file of a language.
const fn file(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../text/en/invoice.ftl"),
        Language::French => include_str!("../text/fr/invoice.ftl"),
        Language::Swahili => include_str!("../text/sw/invoice.ftl"),
        Language::Hindi => include_str!("../text/hi/invoice.ftl"),
        Language::Portuguese => include_str!("../text/pt/invoice.ftl"),
        Language::Arabic => include_str!("../text/ar/invoice.ftl"),
    }
}

impl Texts {
    /// The texts of this language.
    pub(crate) fn of(language: Language) -> &'static Self {
        TEXTS[language as usize].get_or_init(|| Self::read(language, file(language)))
    }

    fn read(language: Language, file: &str) -> Self {
        let locale = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // A number or a name inside Arabic keeps its own direction.
        bundle.set_use_isolating(language.direction() == Direction::RightToLeft);
        // A file with errors still has its other texts. The tests find errors and repeated names.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    /// A text.
    pub(crate) fn get(&self, message: &'static str, attribute: &'static str) -> Result<String, RenderError> {
        self.with(message, attribute, &[])
    }

    /// A text with its arguments.
    pub(crate) fn with(
        &self,
        message: &'static str,
        attribute: &'static str,
        arguments: &[(&'static str, &str)],
    ) -> Result<String, RenderError> {
        let mut values = FluentArgs::new();
        for (name, value) in arguments {
            values.set(*name, *value);
        }
        let pattern = self.0.get_message(message).and_then(|found| found.get_attribute(attribute));
        let pattern = pattern.ok_or(RenderError::Text { message, attribute })?.value();
        Ok(self.0.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    }
}
