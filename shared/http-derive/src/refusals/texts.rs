//! The texts of one language, from a Fluent file. Only literal texts and arguments are supported.

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
    unicode::unescape_unicode_to_string,
};
use std::collections::{BTreeMap, BTreeSet};

/// The texts that are not used yet. The key of a value is the name of its message; that of an attribute is
/// `message.attribute`.
#[derive(Debug)]
pub struct Texts(BTreeMap<String, Text>);

/// A text.
pub type Text = Vec<Part>;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// The argument with this name.
    Argument(String),
}

impl Texts {
    /// Reads a file.
    pub fn read(source: &str) -> Result<Self, String> {
        let resource = parser::parse(source).map_err(|(_, errors)| {
            let line = |at: usize| source.get(..at).map_or(0, |before| before.lines().count());
            let told = errors.iter().map(|error| format!("line {}: {error}", line(error.pos.start)));
            told.collect::<Vec<_>>().join("; ")
        })?;
        let mut texts = BTreeMap::new();
        for entry in resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                Entry::Term(term) => return Err(format!("-{}: terms are not supported", term.id.name)),
                Entry::Junk { content } => return Err(format!("not supported: {content}")),
            };
            let name = message.id.name;
            let value = message.value.map(|value| (name.to_owned(), value));
            let attributes = message.attributes.into_iter().map(|one| (format!("{name}.{}", one.id.name), one.value));
            for (name, pattern) in value.into_iter().chain(attributes) {
                let text = text(pattern).map_err(|error| format!("{name}: {error}"))?;
                if texts.insert(name.clone(), text).is_some() {
                    return Err(format!("{name} is defined twice"));
                }
            }
        }
        Ok(Self(texts))
    }

    /// Takes a text that uses exactly these arguments.
    pub fn take(&mut self, name: &str, arguments: &BTreeSet<String>) -> Result<Text, String> {
        let text = self.0.remove(name).ok_or_else(|| format!("`{name}` is missing"))?;
        let used = text.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Argument(name) => Some(name.clone()),
        });
        let used = used.collect::<BTreeSet<_>>();
        if used == *arguments {
            Ok(text)
        } else {
            Err(format!("`{name}` uses the arguments {used:?}, its type has {arguments:?}"))
        }
    }

    /// Takes a text without arguments.
    pub fn take_plain(&mut self, name: &str) -> Result<String, String> {
        let text = self.take(name, &BTreeSet::new())?;
        let written = text.into_iter().filter_map(|part| match part {
            Part::Text(text) => Some(text),
            Part::Argument(_) => None,
        });
        Ok(written.collect())
    }

    /// The name of an unused text, if there is one.
    pub fn first(&self) -> Option<&str> {
        self.0.keys().next().map(String::as_str)
    }
}

/// A text as one line, with neighbouring parts joined.
fn text(pattern: Pattern<&str>) -> Result<Text, String> {
    let mut parts = Text::new();
    for element in pattern.elements {
        let next = match element {
            PatternElement::TextElement { value } => value.replace('\n', " "),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } => unescape_unicode_to_string(value).into_owned(),
                InlineExpression::VariableReference { id } => {
                    parts.push(Part::Argument(id.name.to_owned()));
                    continue;
                }
                _ => return Err("only texts and arguments are supported".to_owned()),
            },
            PatternElement::Placeable { .. } => return Err("only texts and arguments are supported".to_owned()),
        };
        match parts.last_mut() {
            Some(Part::Text(before)) => before.push_str(&next),
            _ => parts.push(Part::Text(next)),
        }
    }
    Ok(parts)
}
