//! A letter as HTML and as plain text, from the same parts.

use crate::Link;
use askama::Template;

/// A letter with all its texts. The template escapes them.
#[derive(Debug, Template)]
#[template(path = "letter.html")]
pub(crate) struct Page<'a> {
    pub language: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    pub product: &'a str,
    pub subject: &'a str,
    /// The headline.
    pub lead: String,
    pub paragraphs: Vec<String>,
    /// Labels and values.
    pub facts: Vec<(String, &'a str)>,
    pub button: Option<Action<'a>>,
    /// The text above the button's link.
    pub plain_link: String,
    pub second: Option<Action<'a>>,
    /// What to do if it was not the reader.
    pub note: Vec<String>,
    /// Why the reader gets the letter.
    pub footer: String,
    pub unsubscribe: Option<Action<'a>>,
}

/// A link with its label.
#[derive(Debug)]
pub(crate) struct Action<'a> {
    pub label: String,
    pub link: &'a Link,
}

impl Page<'_> {
    /// The letter as HTML.
    pub(crate) fn html(&self) -> String {
        // Only a value whose `Display` fails can fail here, and strings never do.
        self.render().unwrap_or_default()
    }

    /// The letter as plain text, with everything that the HTML shows.
    pub(crate) fn text(&self) -> String {
        let mut blocks = vec![self.lead.clone()];
        blocks.extend(self.paragraphs.iter().cloned());
        let facts: Vec<_> =
            self.facts.iter().map(|(label, value)| format!("{label}: {}", self.isolated(value))).collect();
        blocks.extend((!facts.is_empty()).then(|| facts.join("\n")));
        let actions = self.button.iter().chain(&self.second);
        blocks.extend(actions.map(Action::text));
        blocks.extend(self.note.iter().cloned());
        // Mail programs hide or dim what follows this mark.
        blocks.push(format!("-- \n{}\n{}", self.product, self.footer));
        blocks.extend(self.unsubscribe.iter().map(Action::text));
        blocks.join("\n\n") + "\n"
    }

    /// The first words, which lists of mails show after the subject.
    fn preheader(&self) -> &str {
        self.paragraphs.first().unwrap_or(&self.lead)
    }

    /// The side on which lines begin.
    fn start(&self) -> &'static str {
        if self.is_right_to_left() { "right" } else { "left" }
    }

    fn is_right_to_left(&self) -> bool {
        self.direction == "rtl"
    }

    /// A value that keeps its own direction.
    fn isolated(&self, value: &str) -> String {
        if self.is_right_to_left() { format!("\u{2068}{value}\u{2069}") } else { value.to_owned() }
    }
}

impl Action<'_> {
    fn text(&self) -> String {
        format!("{}:\n{}", self.label, self.link.as_str())
    }
}
