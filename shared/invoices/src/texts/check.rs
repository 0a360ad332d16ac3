//! Finds texts and arguments that differ between languages, and proves that it does.

use super::{Texts, file};
use domain::Language;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

/// The arguments of each text, by message and attribute.
fn texts(file: &str, faults: &mut Vec<String>) -> BTreeMap<(String, String), BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(file.to_owned()).unwrap_or_else(|(resource, errors)| {
        faults.extend(errors.iter().map(|error| format!("syntax: {error}")));
        resource
    });
    let mut texts = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        for attribute in message.attributes {
            let names = attribute.value.elements.iter().filter_map(|element| match element {
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                } => Some(id.name.clone()),
                _ => None,
            });
            let name = (message.id.name.clone(), attribute.id.name);
            if texts.insert(name.clone(), names.collect()).is_some() {
                faults.push(format!("{}.{} is repeated", name.0, name.1));
            }
        }
    }
    texts
}

/// What is wrong with a file beside the English one.
fn faults(file: &str, english: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (found, model) = (texts(file, &mut faults), texts(english, &mut Vec::new()));
    for (name, arguments) in &model {
        match found.get(name) {
            None => faults.push(format!("{}.{} is missing", name.0, name.1)),
            Some(other) if other != arguments => faults.push(format!("{}.{} has other arguments", name.0, name.1)),
            Some(_) => {}
        }
    }
    faults.extend(found.keys().filter(|name| !model.contains_key(name)).map(|name| format!("{name:?} is unknown")));
    faults
}

#[test]
fn all_languages_have_the_same_texts_with_the_same_arguments() {
    for language in Language::ALL {
        let faults = faults(file(*language), file(Language::English));
        assert!(faults.is_empty(), "{language}: {faults:#?}");
        for ((message, attribute), _) in texts(file(*language), &mut Vec::new()) {
            let (message, attribute) = (message.leak(), attribute.leak());
            let text = Texts::of(*language).get(message, attribute).unwrap();
            let text = text.replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(crate::unprintable(&text), None, "{language}: {text}");
        }
    }
}

#[test]
fn each_kind_of_fault_is_found() {
    let english = file(Language::English);
    for (from, to, fault) in [
        (".paid = Paid", "", "label.paid is missing"),
        (".paid = ", ".payed = ", "(\"label\", \"payed\") is unknown"),
        ("{ $pages }", "", "page.of has other arguments"),
        (".due = ", ".paid = ", "label.paid is repeated"),
        ("{ $rate }", "{ $rate", "syntax: "),
    ] {
        let broken = english.replacen(from, to, 1);
        assert_ne!(broken, english, "{from} is there");
        let found = faults(&broken, english);
        assert!(found.iter().any(|found| found.contains(fault)), "{from} → {to}: {found:#?}");
    }
}
