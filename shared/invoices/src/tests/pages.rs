//! Where things are on the pages.

use super::{Invoice, Language, pages, sample};
use crate::{
    fonts::Weight,
    line::Line,
    shape::{Base, runs},
    sheet::{Mark, What},
    style::{BOTTOM, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TEXT},
};
use domain::{
    Direction,
    invoice::{Item, Line as Sold},
    payment::Minor,
};
use proptest::prelude::*;

/// An invoice with so many lines, whose last one is `last`.
fn with_lines(count: usize) -> Invoice {
    let mut invoice = sample("long");
    let line = |at| {
        let text = if at + 1 == count { "last".to_owned() } else { format!("line {at}") };
        Sold { item: Item::Other { text: text.parse().unwrap() }, net: Minor::new(100) }
    };
    invoice.lines = (0..count).map(line).collect();
    invoice
}

#[test]
fn a_table_of_any_length_keeps_its_order_and_ends_with_the_totals() {
    for count in 1..=75 {
        let language = Language::ALL[count % Language::ALL.len()];
        let invoice = with_lines(count);
        let pages = pages(&invoice, language).unwrap().pages;
        let page = |text: &str| {
            let is_text = |mark: &&Mark| matches!(&mark.what, What::Text { line, .. } if line.text == text);
            let all = pages.iter().enumerate();
            let found: Vec<_> = all.flat_map(|(page, marks)| marks.iter().filter(is_text).map(move |_| page)).collect();
            assert_eq!(found.len(), 1, "{count}: {text}");
            found[0]
        };
        let rows: Vec<_> = (0..count - 1).map(|at| page(&format!("line {at}"))).collect();
        assert!(rows.is_sorted());
        let total = page(&invoice.payment.reference.to_string());
        assert_eq!(page("last"), total, "{count} lines in {language}: no page has totals only");
        assert!(total - rows.last().copied().unwrap_or(0) <= 1, "{count}: no page is empty");
        assert_eq!(total + 1, pages.len());
    }
}

/// The area of a mark from left to right and from top to bottom.
fn bounds(mark: &Mark) -> (f32, f32, f32, f32) {
    match &mark.what {
        What::Text { left, baseline, line } => {
            (*left, left + line.width, baseline - line.style.size, baseline + line.style.size * 0.4)
        }
        What::Box { area, .. } | What::Logo { area } | What::Code { area, .. } | What::Link { area, .. } => {
            (area.left, area.left + area.width, area.top, area.top + area.height)
        }
    }
}

#[test]
fn nothing_leaves_the_page_or_covers_other_text() {
    for (name, language) in
        super::samples::NAMES.iter().flat_map(|name| Language::ALL.iter().map(move |language| (name, *language)))
    {
        for marks in pages(&sample(name), language).unwrap().pages {
            let texts: Vec<_> =
                marks.iter().filter(|mark| matches!(mark.what, What::Text { .. })).map(bounds).collect();
            for (left, right, top, bottom) in marks.iter().map(bounds) {
                assert!(left > MARGIN - 0.1 && right < PAGE_WIDTH - MARGIN + 0.1, "{name} {language}: {left} {right}");
                assert!(top > 30.0 && bottom < PAGE_HEIGHT - 20.0, "{name} {language}: {top} {bottom}");
            }
            for (at, a) in texts.iter().enumerate() {
                for b in &texts[..at] {
                    let beside = a.1 <= b.0 || b.1 <= a.0 || a.3 <= b.2 + 2.0 || b.3 <= a.2 + 2.0;
                    assert!(beside, "{name} {language}: {a:?} covers {b:?}");
                }
            }
        }
    }
}

#[test]
fn long_texts_make_more_lines_and_not_less_space() {
    let long: domain::invoice::PrintedLine = "W".repeat(120).parse().unwrap();
    let mut invoice = sample("reverse-charge");
    invoice.buyer.name = long.clone();
    invoice.buyer.address = vec![long.clone(); 6];
    invoice.seller.name = long.clone();
    invoice.seller.contacts = vec![long.clone(); 3];
    invoice.lines[0].item = Item::Other { text: long };
    invoice.payment.page = format!("https://example.com/{}", "x".repeat(700));
    for language in Language::ALL {
        for marks in pages(&invoice, *language).unwrap().pages {
            for (left, right, _, bottom) in marks.iter().map(bounds) {
                assert!(left > MARGIN - 0.1 && right < PAGE_WIDTH - MARGIN + 0.1);
                assert!(bottom < BOTTOM + 56.0, "{language}: {bottom}");
            }
        }
    }
}

#[test]
fn arabic_mirrors_the_page_and_keeps_digits_in_order() {
    let left = |language: Language, text: &str| {
        let pages = pages(&sample("top-up"), language).unwrap().pages;
        pages.iter().flatten().find_map(|mark| match &mark.what {
            What::Text { left, line, .. } if line.text == text => Some((*left, *left + line.width)),
            _ => None,
        })
    };
    let (english, arabic) = (left(Language::English, "Namaskah SMS"), left(Language::Arabic, "Namaskah SMS"));
    let ((start, _), (_, end)) = (english.unwrap(), arabic.unwrap());
    assert!((start - (PAGE_WIDTH - end)).abs() < 0.1, "{start} {end}");
    // Amounts end at the same place in both, so that their digits are below each other.
    let ends = |amounts: [&str; 2]| amounts.map(|amount| left(Language::Arabic, amount).unwrap().1);
    let [net, tax] = ends(["GHS\u{a0}4,017.08", "GHS\u{a0}602.56"]);
    assert!((net - tax).abs() < 0.01);
    let from_left = |text: &str| {
        let runs = runs(text, Weight::Regular, Base::Document(Direction::RightToLeft)).unwrap();
        let glyphs = runs.iter().flat_map(|run| &run.glyphs);
        glyphs.map(|glyph| text[krilla::text::Glyph::text_range(glyph)].to_owned()).collect::<String>()
    };
    assert_eq!(from_left("\u{2068}NHIL\u{2069} \u{2068}2.5%\u{2069}"), "2.5% NHIL");
    assert_eq!(from_left("صفحة \u{2068}12\u{2069} من \u{2068}345\u{2069}"), "345 نم 12 ةحفص");
}

#[test]
fn letters_join_and_conjuncts_form() {
    let glyphs = |text: &str| {
        let runs = runs(text, Weight::Regular, Base::Own).unwrap();
        runs.iter()
            .flat_map(|run| &run.glyphs)
            .map(|glyph| krilla::text::Glyph::glyph_id(glyph).to_u32())
            .collect::<Vec<_>>()
    };
    // The same letter alone, at the beginning, in the middle and at the end has four shapes.
    let (alone, three) = (glyphs("ع"), glyphs("ععع"));
    assert_eq!(three.len(), 3);
    let mut shapes = [alone, three].concat();
    shapes.sort_unstable();
    shapes.dedup();
    assert_eq!(shapes.len(), 4);
    assert_eq!(glyphs("لا").len(), 1, "the ligature of lam and alef");
    assert_eq!(glyphs("क्ष").len(), 1, "the conjunct ksha");
    // The sign of i is before its letter, though it follows it in the text.
    assert_eq!(glyphs("कि")[1], glyphs("क")[0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_cut_into_lines_that_fit(text in "[a-zA-Zé 0-9/شركةالنور,. हिन्दी-]{1,90}", width in 40_f32..300.0) {
        for base in [Base::Own, Base::Document(Direction::RightToLeft)] {
            let lines = Line::wrapped(&text, TEXT, base, width).unwrap();
            prop_assert!(lines.iter().all(|line| line.width <= width));
            let words = |text: &str| text.split_whitespace().collect::<String>();
            let cut: String = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&cut), words(&text));
        }
    }
}
