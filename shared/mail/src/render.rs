//! From a letter to the texts of a mail.

use crate::{
    Letter, Link, Mailbox, OneLine,
    page::{Action, Page},
    texts::Words,
};
use domain::Language;
use std::fmt;

/// A letter in a language, as a mail shows it. `Debug` shows its name only.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Everything as plain text.
    pub text: String,
    /// Everything as HTML.
    pub html: String,
    /// The letter's name.
    letter: &'static str,
    /// The link that the letter shows to unsubscribe, which its headers must repeat.
    unsubscribe: Option<Link>,
}

impl Rendered {
    /// The letter's name, such as `verify_email`.
    pub const fn letter(&self) -> &'static str {
        self.letter
    }

    /// The link to unsubscribe that the letter shows.
    pub const fn unsubscribe(&self) -> Option<&Link> {
        self.unsubscribe.as_ref()
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered({})", self.letter)
    }
}

impl Letter {
    /// The letter in this language. The sender's name is the name of the product. Reminders show `unsubscribe`,
    /// which must unsubscribe at a POST (RFC 8058) and explain itself at a GET; other letters ignore it.
    pub fn render(&self, language: Language, sender: &Mailbox, unsubscribe: Option<&Link>) -> Rendered {
        let parts = self.parts();
        let words = Words::new(language, &parts, sender.name());
        let unsubscribe = unsubscribe.filter(|_| !self.is_transactional());
        // Also removes Fluent's marks around arguments, which lists of mails would show.
        let subject = String::from(OneLine::new(&words.line("subject")));
        let mut links = parts.links.iter().copied();
        let mut action = |attribute| links.next().map(|link| Action { label: words.line(attribute), link });
        let facts = parts.facts.iter().filter(|(_, value)| !value.is_empty());
        let page = Page {
            language: language.code(),
            direction: language.direction().as_str(),
            product: sender.name(),
            subject: &subject,
            lead: words.line("lead"),
            paragraphs: words.paragraphs("body"),
            facts: facts.map(|(name, value)| (words.shared("fact", name), value.as_str())).collect(),
            button: action("button"),
            plain_link: words.shared("page", "plain_link"),
            second: action("second"),
            note: words.paragraphs("note"),
            footer: words.shared("page", parts.footer),
            unsubscribe: unsubscribe.map(|link| Action { label: words.shared("page", "unsubscribe"), link }),
        };
        let (text, html) = (page.text(), page.html());
        Rendered { text, html, letter: self.name(), unsubscribe: unsubscribe.cloned(), subject }
    }
}

#[cfg(test)]
mod tests;
