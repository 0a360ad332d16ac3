//! The raw message, read again by another library.

use super::*;
use crate::{Letter, Link, OneLine, samples::samples};
use domain::Language;
use mail_parser::{HeaderValue, Message, MessageParser};
use proptest::prelude::*;

struct Case {
    from: Mailbox,
    to: EmailAddress,
    reply_to: Option<EmailAddress>,
    rendered: Rendered,
}

impl Case {
    fn new(letter: &Letter, language: Language) -> Self {
        let unsubscribe: Link = "https://example.com/unsubscribe?token=1".parse().unwrap();
        let from: Mailbox = "Namaskah <hello@mail.example.com>".parse().unwrap();
        let rendered = letter.render(language, &from, Some(&unsubscribe));
        Self { from, to: "ama@example.org".parse().unwrap(), reply_to: None, rendered }
    }

    fn raw(&self) -> Result<Vec<u8>, Undeliverable> {
        let at = "2026-11-27T10:05:00Z".parse().unwrap();
        let (from, to, reply_to) = (&self.from, &self.to, self.reply_to.as_ref());
        Outgoing { from, to, reply_to, rendered: &self.rendered, at, id: &MailId::new(at, 7) }.raw()
    }
}

fn read(raw: &[u8]) -> Message<'_> {
    MessageParser::default().parse(raw).unwrap()
}

fn header<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    match message.header(name.to_owned())? {
        HeaderValue::Text(text) => Some(text),
        HeaderValue::Address(address) => address.first()?.address(),
        _ => None,
    }
}

#[test]
fn every_letter_arrives_as_it_was_written() {
    for letter in samples().unwrap() {
        for language in Language::ALL {
            let case = Case::new(&letter, *language);
            let raw = case.raw().unwrap();
            let name = format!("{} in {language}", letter.name());
            assert!(raw.is_ascii() && raw.split(|b| *b == b'\n').all(|line| line.len() <= 998), "{name}");
            let message = read(&raw);
            assert_eq!(message.subject(), Some(case.rendered.subject.as_str()), "{name}");
            assert_eq!((message.text_body_count(), message.html_body_count()), (1, 1), "{name}");
            let lines = |text: &str| text.replace("\r\n", "\n");
            assert_eq!(lines(&message.body_text(0).unwrap()), case.rendered.text, "{name}");
            assert_eq!(lines(&message.body_html(0).unwrap()), case.rendered.html, "{name}");
        }
    }
}

#[test]
fn the_headers_say_what_the_mail_is() {
    let letters = samples().unwrap();
    let mut case = Case::new(&letters[0], Language::English);
    let raw = case.raw().unwrap();
    let message = read(&raw);
    let from = message.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Namaskah"), Some("hello@mail.example.com")));
    assert_eq!(header(&message, "To"), Some("ama@example.org"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2026-11-27T10:05:00Z");
    let id = message.message_id().unwrap();
    assert!(id.starts_with("eml_") && id.ends_with("@mail.example.com"), "{id}");
    assert_eq!(header(&message, "Auto-Submitted"), Some("auto-generated"));
    for absent in ["Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"] {
        assert!(message.header(absent).is_none(), "{absent}");
    }
    case.reply_to = Some("help@example.com".parse().unwrap());
    assert_eq!(header(&read(&case.raw().unwrap()), "Reply-To"), Some("help@example.com"));
}

#[test]
fn only_a_reminder_is_unsubscribed_from_by_one_click() {
    for letter in samples().unwrap() {
        let raw = Case::new(&letter, Language::French).raw().unwrap();
        let raw = String::from_utf8(raw).unwrap();
        let link = raw.contains("\r\nList-Unsubscribe: <https://example.com/unsubscribe?token=1>\r\n");
        let post = raw.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        assert_eq!((link, post), (!letter.is_transactional(), !letter.is_transactional()), "{}", letter.name());
    }
}

#[test]
fn an_address_is_written_in_ascii_or_not_at_all() {
    let letters = samples().unwrap();
    let mut case = Case::new(&letters[0], Language::English);
    case.to = "kofi@bücher.example".parse().unwrap();
    assert_eq!(header(&read(&case.raw().unwrap()), "To"), Some("kofi@xn--bcher-kva.example"));
    case.to = "jürgen@example.com".parse().unwrap();
    assert_eq!(case.raw(), Err(Undeliverable));
}

#[test]
fn debug_shows_neither_address_nor_subject() {
    let letters = samples().unwrap();
    let Case { from, to, rendered, .. } = Case::new(&letters[0], Language::English);
    let at = Timestamp::from_millis(0);
    let mail = Outgoing { from: &from, to: &to, reply_to: None, rendered: &rendered, at, id: &MailId::new(at, 7) };
    assert_eq!(format!("{mail:?}"), "Outgoing(eml_00000000000000000000000007, verify_email)");
}

proptest! {
    #[test]
    fn no_text_from_outside_adds_a_header(text in any::<String>(), name in "[^\\x00-\\x1f<>\"\\\\]{1,40}") {
        let letter = Letter::TicketAnswered {
            subject: OneLine::new(&format!("{text}\r\nBcc: victim@example.com")),
            link: "https://example.com/".parse().unwrap(),
        };
        let mut case = Case::new(&letter, Language::Arabic);
        if let Ok(from) = format!("{name} <hello@example.com>").parse() {
            case.from = from;
        }
        let raw = case.raw().unwrap();
        let message = read(&raw);
        prop_assert_eq!(message.subject(), Some(case.rendered.subject.as_str()));
        let names: Vec<_> = message.headers().iter().map(|header| header.name().to_owned()).collect();
        prop_assert_eq!(names, ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]);
    }
}
