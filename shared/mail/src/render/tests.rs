//! What holds of every letter in every language, and of any text from outside.

use super::*;
use crate::samples::samples;
use domain::Direction;
use proptest::prelude::*;

const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

fn sender() -> Mailbox {
    "Namaskah <hello@example.com>".parse().unwrap()
}

fn unsubscribe() -> Link {
    "https://example.com/unsubscribe?a=1&b=2".parse().unwrap()
}

/// Every sample in every language.
fn all() -> Vec<(Letter, Language, Rendered)> {
    let mut all = Vec::new();
    for letter in samples().unwrap() {
        for language in Language::ALL {
            let rendered = letter.render(*language, &sender(), Some(&unsubscribe()));
            all.push((letter.clone(), *language, rendered));
        }
    }
    all
}

/// The visible text of HTML: without tags, styles and entities.
fn visible(html: &str) -> String {
    let body = html.split_once("<body").unwrap().1;
    let text: String = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    let entities = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    entities.into_iter().fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

#[test]
fn a_letter_reads_like_this() {
    let letter = Letter::ResetPassword { link: "https://example.com/reset?t=1&x=2".parse().unwrap(), minutes: 30 };
    let rendered = letter.render(Language::English, &sender(), Some(&unsubscribe()));
    assert_eq!(rendered.subject, "Choose a new password");
    assert_eq!(
        rendered.text,
        "Choose a new password\n\n\
         Someone, hopefully you, asked for a new password for your Namaskah account.\n\n\
         The link works for 30 minutes.\n\n\
         Choose a new password:\nhttps://example.com/reset?t=1&x=2\n\n\
         It was not you? Ignore this mail, and your password stays as it is.\n\n\
         -- \nNamaskah\nYou get this mail because this address belongs to a Namaskah account.\n"
    );
    assert_eq!(rendered.unsubscribe(), None, "it is no reminder");
}

#[test]
fn plurals_follow_each_language() {
    let link: Link = "https://example.com/".parse().unwrap();
    for (language, hours, text) in [
        (Language::English, 1, "for one hour."),
        (Language::English, 24, "for 24 hours."),
        (Language::French, 1, "valable une heure."),
        (Language::French, 48, "valable 48 heures."),
        (Language::Swahili, 1, "kwa saa moja."),
        (Language::Swahili, 24, "kwa saa 24."),
        (Language::Hindi, 1, "1 घंटे तक"),
        (Language::Hindi, 24, "24 घंटों तक"),
        (Language::Portuguese, 1, "por uma hora."),
        (Language::Portuguese, 24, "por 24 horas."),
        (Language::Arabic, 1, "لمدة ساعة واحدة."),
        (Language::Arabic, 2, "لمدة ساعتين."),
        (Language::Arabic, 3, "لمدة 3 ساعات."),
        (Language::Arabic, 24, "لمدة 24 ساعة."),
        (Language::Arabic, 100, "لمدة 100 ساعة."),
    ] {
        let letter = Letter::ConfirmNewEmail { link: link.clone(), hours };
        let shown = letter.render(language, &sender(), None).text.replace(ISOLATES, "");
        assert!(shown.contains(text), "{language} {hours}: {shown}");
    }
}

#[test]
fn every_letter_is_complete_in_both_forms() {
    for (letter, language, Rendered { subject, text, html, .. }) in all() {
        let name = format!("{} in {language}", letter.name());
        assert!(!subject.is_empty() && subject.chars().count() < 80, "{name}: {subject}");
        assert!(!subject.contains(ISOLATES), "{name}");
        for unfilled in ["{", "}", "$", "???"] {
            assert!(!text.contains(unfilled) && !visible(&html).contains(unfilled), "{name}: {text}");
        }
        let shown = visible(&html);
        let parts = letter.parts();
        for fact in parts.facts.iter().map(|(_, value)| value.as_str()).chain(parts.links.iter().map(|l| l.as_str())) {
            assert!(text.contains(fact), "{name}: {fact} in {text}");
        }
        for fact in parts.facts.iter().map(|(_, value)| value.as_str()).chain(parts.links.first().map(|l| l.as_str())) {
            assert!(shown.contains(fact), "{name}: {fact} in {shown}");
        }
        // The texts of buttons are links in HTML and have their address below them in the plain text.
        for line in text.lines().filter(|line| !line.starts_with("https://") && *line != "-- ") {
            let line = line.trim_end_matches(':').replace(ISOLATES, "");
            let of_facts = line.split(": ").all(|part| shown.replace(ISOLATES, "").contains(part));
            assert!(of_facts, "{name}: {line} is in HTML");
        }
    }
}

#[test]
fn only_arabic_is_right_to_left_and_isolates_arguments() {
    for (letter, language, rendered) in all() {
        let is_right_to_left = language.direction() == Direction::RightToLeft;
        let (code, direction) = (language.code(), language.direction().as_str());
        assert!(rendered.html.contains(&format!("<html lang=\"{code}\" dir=\"{direction}\">")));
        assert!(!rendered.html.contains(if is_right_to_left { "align=\"left\"" } else { "align=\"right\"" }));
        let isolates = rendered.text.contains(ISOLATES) || rendered.html.contains(ISOLATES);
        assert_eq!(isolates, is_right_to_left, "{} in {language}", letter.name());
    }
}

#[test]
fn html_loads_nothing_and_runs_nothing() {
    for (letter, language, Rendered { html, .. }) in all() {
        for forbidden in ["<img", "<script", "<link", "@import", "url(", "src=", "javascript:", "onclick"] {
            assert!(!html.contains(forbidden), "{forbidden} in {} in {language}", letter.name());
        }
        assert!(html.len() < 20_000, "Gmail cuts mails above 102 kB, and ours are far below");
    }
}

#[test]
fn only_reminders_show_a_link_to_unsubscribe() {
    for (letter, language, rendered) in all() {
        let shows =
            rendered.text.contains(unsubscribe().as_str()) && rendered.html.contains("/unsubscribe?a=1&#38;b=2");
        assert_eq!(shows, !letter.is_transactional(), "{} in {language}", letter.name());
        assert_eq!(rendered.unsubscribe().is_some(), shows);
        assert!(!letter.render(language, &sender(), None).text.contains("unsubscribe"));
    }
}

/// Texts that try to be more than text.
fn outside() -> impl Strategy<Value = OneLine> {
    let hostile = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "\"><img src=x onerror=y>",
        "'; --",
        "a\r\nBcc: victim@example.com\r\n\r\n<b>",
        "\u{202e}moc.elpmaxe\u{2069}",
        "{ $product }",
        "{{ product }}",
        "&amp;&#60;",
        "</span></td></table>",
        "]]><!--",
    ]);
    let text = prop_oneof![hostile.prop_map(str::to_owned), any::<String>(), "[<>&\"'\r\n\u{202a}-\u{202e}a-z]{0,40}"];
    text.prop_map(|text| OneLine::new(&text))
        .prop_filter("a fact without a value is not shown", |line| !line.as_str().is_empty())
}

/// The letters that contain texts from outside.
fn letters(a: &OneLine, b: &OneLine) -> [Letter; 7] {
    let at = domain::Timestamp::from_millis(0);
    let link: Link = "https://example.com/".parse().unwrap();
    let (a, b) = (a.clone(), b.clone());
    [
        Letter::NewSignIn { at, device: a.clone(), network: b.clone() },
        Letter::PasskeyChanged { name: a.clone(), added: true, at },
        Letter::KeyMade { name: a.clone(), last_four: b.clone(), at },
        Letter::KeyStopped { name: a.clone(), last_four: b.clone(), at },
        Letter::TicketAnswered { subject: a.clone(), link: link.clone() },
        Letter::Receipt { reference: a.clone(), amount: b.clone(), at },
        Letter::Invoice { link, number: a, amount: b, at, takes_back: false },
    ]
}

proptest! {
    #[test]
    fn texts_from_outside_stay_text(a in outside(), b in outside(), language in 0..Language::ALL.len()) {
        let language = Language::ALL[language];
        let plain = OneLine::new("x");
        for (letter, model) in letters(&a, &b).iter().zip(letters(&plain, &plain)) {
            let rendered = letter.render(language, &sender(), None);
            let model = model.render(language, &sender(), None);
            let count = |html: &str, sign| html.matches(sign).count();
            for sign in ["<", ">", "\"", "'"] {
                prop_assert_eq!(count(&rendered.html, sign), count(&model.html, sign), "{} adds {}", letter.name(), sign);
            }
            for (_, fact) in &letter.parts().facts {
                prop_assert!(rendered.text.contains(fact.as_str()));
                prop_assert!(visible(&rendered.html).contains(fact.as_str()), "{}", fact);
            }
            prop_assert_eq!(count(&rendered.text, "\n"), count(&model.text, "\n"), "a text adds no line");
            let marks = |text: &str| text.chars().filter(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).count();
            prop_assert_eq!(marks(&rendered.text), marks(&model.text));
            prop_assert!(!rendered.subject.chars().any(char::is_control));
            prop_assert_eq!(marks(&rendered.subject), 0);
        }
    }
}
