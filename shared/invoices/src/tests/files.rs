//! What files contain, in every language.

use super::{File, Language, render, sample, samples::NAMES, visual};
use crate::{RenderError, country, format, texts::Texts, unprintable};
use domain::invoice::{Invoice, InvoiceKind, TaxName};

/// The texts that a file must contain: those of the language, and those of the record.
fn expected(invoice: &Invoice, language: Language) -> Vec<String> {
    let texts = Texts::of(language);
    let own = |message, attribute| visual(&texts.get(message, attribute).unwrap(), Some(language));
    let money = |minor| format::money(domain::payment::Amount { minor, currency: invoice.currency }, language);
    let (is_note, totals) = (invoice.kind != InvoiceKind::Invoice, &invoice.totals);
    let mut all = vec![
        own("title", if is_note { "credit_note" } else { "invoice" }),
        own("label", "issued"),
        own("label", if is_note { "refunded_on" } else { "paid_on" }),
        own("label", "seller"),
        own("label", "buyer"),
        own("label", "item"),
        own("label", "quantity"),
        own("label", "net"),
        own("label", if is_note { "total_credited" } else { "total" }),
        own("label", "reference"),
        own("label", "scan"),
        invoice.number.to_string(),
        visual(&format::date(invoice.issued_at, texts).unwrap(), Some(language)),
        invoice.seller.name.to_string(),
        visual(country::name(invoice.buyer.country.as_ref().unwrap(), language), Some(language)),
        money(totals.net),
        money(totals.total),
        invoice.payment.reference.to_string(),
        invoice.payment.page.clone(),
    ];
    all.extend(invoice.buyer.address.iter().map(|line| visual(line.as_str(), None)));
    for tax in &totals.taxes {
        let vat = texts.get("tax", "vat").unwrap();
        let name = if tax.name == TaxName::VAT { &*vat } else { tax.name.as_str() };
        let rate = format::rate(tax.rate, language).unwrap();
        all.push(visual(&texts.with("tax", "line", &[("name", name), ("rate", &*rate)]).unwrap(), Some(language)));
        all.push(money(tax.amount));
    }
    let numbers = invoice.seller.vat_numbers.iter().chain(invoice.buyer.vat.iter().map(|vat| &vat.number));
    for number in numbers {
        let text = texts.with("label", "vat_number", &[("number", number.as_str())]).unwrap();
        all.push(visual(&text, Some(language)));
    }
    all
}

#[test]
fn every_sample_has_its_texts_and_numbers_in_every_language() {
    let mut tried = 0;
    for (name, language) in NAMES.iter().flat_map(|name| Language::ALL.iter().map(move |language| (name, *language))) {
        let invoice = sample(name);
        let file = render(&invoice, language).unwrap();
        assert!(file.len() < 80_000, "{name} {language}: {}", file.len());
        let content: Vec<_> = File::read(&file).printed().into_iter().filter(|printed| !printed.is_artifact).collect();
        let texts: Vec<_> = content.iter().map(super::Printed::text).collect();
        for text in expected(&invoice, language) {
            assert!(texts.contains(&text), "{name} {language}: {text:?} is not in {texts:#?}");
            tried += 1;
        }
    }
    assert!(tried > 40 * 20, "{tried}");
}

#[test]
fn files_are_archival_accessible_and_in_their_language() {
    for language in Language::ALL {
        let file = render(&sample("top-up"), *language).unwrap();
        let text = String::from_utf8_lossy(&file);
        let title = format!("{} NMS-2026-000042", Texts::of(*language).get("title", "invoice").unwrap());
        for part in [
            "<pdfaid:part>2<",
            "<pdfaid:conformance>A<",
            "<pdfuaid:part>1<",
            &format!("<rdf:li>{language}<"),
            &title,
            "2026-11-21T10:04:00",
            &format!("/Lang({language})"),
            "/StructTreeRoot",
            "/Marked true",
        ] {
            assert!(text.contains(part), "{language}: {part}");
        }
        let direction = if *language == Language::Arabic { "/Direction/R2L" } else { "/Direction/L2R" };
        assert!(text.contains(direction), "{language}");
        for structure in ["/S/H1", "/S/Table", "/S/TH", "/S/TD", "/S/Figure", "/S/Link"] {
            assert!(text.contains(structure), "{language}: {structure}");
        }
    }
}

#[test]
fn the_same_invoice_is_always_the_same_file() {
    for language in [Language::English, Language::Hindi, Language::Arabic] {
        let file = render(&sample("names"), language).unwrap();
        let other = std::thread::spawn(move || render(&sample("names"), language).unwrap()).join().unwrap();
        assert_eq!(file, other, "{language}");
    }
    let invoice = sample("top-up");
    assert_ne!(render(&invoice, Language::English).unwrap(), render(&invoice, Language::French).unwrap());
}

#[test]
fn the_fonts_are_small() {
    let fonts = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts")).unwrap();
    let size: u64 = fonts.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!((500_000..700_000).contains(&size), "{size}");
}

#[test]
fn characters_without_a_glyph_are_found_before_and_refused() {
    for text in ["Ama Mensah, Ọ̀yọ́, Ŋmɛɛ", "Αθήνα · Београд", "شركة النور، پاکستان", "क्षेत्र श्री", "₹ ₵ ₦ € -"]
    {
        assert_eq!(unprintable(text), None, "{text}");
    }
    assert_eq!(unprintable("Ama 李"), Some('李'));
    assert_eq!(unprintable("☎"), Some('☎'));
    let mut invoice = sample("top-up");
    invoice.buyer.name = "Ama 李".parse().unwrap();
    assert!(matches!(render(&invoice, Language::English), Err(RenderError::Unprintable('李'))));
    let mut invoice = sample("top-up");
    invoice.payment.page = format!("https://example.com/{}", "x".repeat(3000));
    assert!(matches!(render(&invoice, Language::English), Err(RenderError::Link(_))));
}

#[test]
fn the_file_has_as_many_pages_as_it_says() {
    let invoice = sample("long");
    let file = render(&invoice, Language::English).unwrap();
    let file = File::read(&file);
    let pages = file.printed().iter().map(|printed| printed.page).max().unwrap() + 1;
    assert_eq!((file.count(), pages), (3, 3));
    for page in 1..=3 {
        let foot = format!("Page {page} of 3");
        let feet = file.printed().into_iter().filter(|printed| printed.text() == foot);
        assert_eq!(feet.map(|foot| (foot.page, foot.is_artifact)).collect::<Vec<_>>(), [(page - 1, true)]);
    }
}
