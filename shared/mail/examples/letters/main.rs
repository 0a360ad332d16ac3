//! Writes a preview of every letter in every language: `cargo run -p namaskah-mail --example letters -- <folder>`.
//! `index.html` of the folder links to all of them.

mod samples;

use domain::Language;
use mail::{Link, Mailbox, Outgoing};
use std::{error::Error, fmt::Write, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder for the previews")?);
    let from: Mailbox = "Namaskah <hello@example.com>".parse()?;
    let unsubscribe: Link = "https://example.com/unsubscribe?token=5f2a".parse()?;
    let to = "ama@example.org".parse()?;
    let at = "2026-11-27T10:05:00Z".parse()?;
    let mut index = "<!DOCTYPE html><meta charset=\"utf-8\"><title>Letters</title><ul>".to_owned();
    for (number, letter) in samples::samples()?.iter().enumerate() {
        write!(index, "<li>{:02} {}: ", number + 1, letter.name())?;
        for language in Language::ALL {
            let name = format!("{language}/{:02}-{}", number + 1, letter.name());
            std::fs::create_dir_all(folder.join(language.code()))?;
            let rendered = letter.render(*language, &from, Some(&unsubscribe));
            std::fs::write(folder.join(format!("{name}.html")), &rendered.html)?;
            std::fs::write(folder.join(format!("{name}.txt")), format!("{}\n\n{}", rendered.subject, rendered.text))?;
            let id = domain::MailId::new(at, 1);
            let mail = Outgoing { from: &from, to: &to, reply_to: None, rendered: &rendered, at, id: &id };
            std::fs::write(folder.join(format!("{name}.eml")), mail.raw()?)?;
            for ending in ["html", "txt", "eml"] {
                write!(index, "<a href=\"{name}.{ending}\">{language} {ending}</a> ")?;
            }
        }
    }
    std::fs::write(folder.join("index.html"), index)?;
    Ok(())
}
