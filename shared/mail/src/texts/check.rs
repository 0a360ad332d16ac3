//! Finds texts and arguments that are missing, unused or different between languages, and proves that it does.

use super::{Parts, file};
use crate::{Letter, samples::samples};
use domain::Language;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};

/// Texts by message and attribute.
type Patterns<'a> = BTreeMap<(&'a str, &'a str), Pattern<&'a str>>;
type Names<'a> = BTreeSet<&'a str>;

/// The plural categories of whole numbers below a million (CLDR).
const fn plurals(language: Language) -> &'static [&'static str] {
    match language {
        Language::Arabic => &["zero", "one", "two", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// What is wrong with a language's file. `english` decides which optional texts a letter has.
fn faults(language: Language, text: &str, english: &str, letters: &[Letter]) -> Vec<String> {
    let mut faults = Vec::new();
    let patterns = read(text, &mut faults);
    let model = read(english, &mut Vec::new());
    let mut unused: BTreeSet<_> = patterns.keys().copied().collect();
    for letter in letters {
        let parts = letter.parts();
        let (needed, mut used) = (needed(&parts, &model), Names::new());
        for name in &needed {
            let Some(pattern) = patterns.get(name) else {
                faults.push(format!("{}.{} is missing", name.0, name.1));
                continue;
            };
            unused.remove(name);
            let names = variables(pattern, &patterns, &mut unused, &mut faults);
            let known = |name: &&str| *name == "product" || given(&parts).contains(name);
            faults.extend(names.iter().filter(|name| !known(name)).map(|name| format!("${name} is unknown")));
            let of_model = model.get(name).map(|pattern| variables(pattern, &model, &mut BTreeSet::new(), &mut vec![]));
            if of_model.is_some_and(|of_model| of_model != names) {
                faults.push(format!("{}.{} has other arguments than in English", name.0, name.1));
            }
            used.extend(names);
        }
        let numbers = parts.numbers.iter().map(|(name, _)| *name);
        faults.extend(numbers.filter(|name| !used.contains(name)).map(|name| format!("${name} is unused")));
    }
    faults.extend(unused.into_iter().map(|(message, attribute)| format!("{message}.{attribute} is unused")));
    faults.extend(patterns.values().flat_map(|pattern| lost_plurals(pattern, language)));
    faults
}

/// The texts of a file. Repeated names, syntax errors and texts outside attributes are faults.
fn read<'a>(text: &'a str, faults: &mut Vec<String>) -> Patterns<'a> {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, errors)| {
        faults.extend(errors.iter().map(|error| format!("syntax: {error}")));
        resource
    });
    let mut patterns = Patterns::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) if message.value.is_none() => {
                for attribute in message.attributes {
                    let name = (message.id.name, attribute.id.name);
                    if patterns.insert(name, attribute.value).is_some() {
                        faults.push(format!("{}.{} is repeated", name.0, name.1));
                    }
                }
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            _ => faults.push("only attributes of messages are read".to_owned()),
        }
    }
    patterns
}

/// The texts that a letter needs. Body and note are there if they are in English.
fn needed(parts: &Parts, model: &Patterns) -> Vec<(&'static str, &'static str)> {
    let mut needed = vec![(parts.key, "subject"), (parts.key, "lead"), ("page", parts.footer), ("page", "unsubscribe")];
    needed.extend(["body", "note"].map(|name| (parts.key, name)).into_iter().filter(|name| model.contains_key(name)));
    needed.extend(parts.facts.iter().map(|(name, _)| ("fact", *name)));
    if !parts.links.is_empty() {
        needed.extend([(parts.key, "button"), ("page", "plain_link")]);
    }
    if parts.links.len() > 1 {
        needed.push((parts.key, "second"));
    }
    needed
}

fn given(parts: &Parts) -> Names<'static> {
    parts.facts.iter().map(|(name, _)| *name).chain(parts.numbers.iter().map(|(name, _)| *name)).collect()
}

/// The arguments of a text and of the texts that it contains, which count as used.
fn variables<'a>(
    pattern: &Pattern<&'a str>,
    all: &Patterns<'a>,
    unused: &mut BTreeSet<(&'a str, &'a str)>,
    faults: &mut Vec<String>,
) -> Names<'a> {
    let mut names = Names::new();
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                for variant in variants {
                    names.extend(variables(&variant.value, all, unused, faults));
                }
                selector
            }
        };
        match inline {
            InlineExpression::VariableReference { id } => _ = names.insert(id.name),
            InlineExpression::MessageReference { id, attribute: Some(attribute) } => {
                let name = (id.name, attribute.name);
                unused.remove(&name);
                match all.get(&name) {
                    Some(inner) => names.extend(variables(inner, all, unused, faults)),
                    None => faults.push(format!("{}.{} is missing", name.0, name.1)),
                }
            }
            other => faults.push(format!("{other:?} is not expected")),
        }
    }
    names
}

/// The plural categories that a text lacks.
fn lost_plurals(pattern: &Pattern<&str>, language: Language) -> Vec<String> {
    let mut lost = Vec::new();
    for element in &pattern.elements {
        let PatternElement::Placeable { expression: Expression::Select { variants, .. } } = element else { continue };
        let has = |category: &&str| {
            variants.iter().any(|variant| matches!(&variant.key, VariantKey::Identifier { name } if name == category))
        };
        lost.extend(plurals(language).iter().filter(|category| !has(category)).map(|name| format!("no plural {name}")));
    }
    lost
}

#[test]
fn no_text_or_argument_is_missing_or_unused_in_any_language() {
    let (letters, english) = (samples().unwrap(), file(Language::English));
    for language in Language::ALL {
        let faults = faults(*language, file(*language), english, &letters);
        assert!(faults.is_empty(), "{language}: {faults:#?}");
    }
}

#[test]
fn each_kind_of_fault_is_found() {
    let (letters, english) = (samples().unwrap(), file(Language::English));
    let mut tried = 0;
    for (language, from, to, fault) in [
        ("en", ".button = Download", "", "export_ready.button is missing"),
        ("en", ".second = ", ".third = ", "already_registered.third is unused"),
        ("en", ".second = ", ".third = ", "already_registered.second is missing"),
        ("en", "receipt =", "recipe =", "receipt.subject is missing"),
        ("en", "receipt =", "recipe =", "recipe.subject is unused"),
        ("en", "{ $reference }", "{ $number }", "$number is unknown"),
        ("en", "{ $reference }", "", "receipt.subject has other arguments than in English"),
        ("en", "{ link.minutes }", "", "$minutes is unused"),
        ("en", "{ link.minutes }", "", "link.minutes is unused"),
        ("en", "{ link.minutes }", "{ link.seconds }", "link.seconds is missing"),
        ("en", "[one] one hour", "", "no plural one"),
        ("en", "    .at = Time", "    .at = Time\n    .at = Hour", "fact.at is repeated"),
        ("en", "page =", "page = Text", "only attributes of messages are read"),
        ("en", "{ $product }", "{ $product", "syntax: "),
        ("en", "{ $product }", "{ NUMBER($product) }", " is not expected"),
        ("fr", "\n    .note = Quelque chose", "\n    .autre = Quelque chose", "receipt.note is missing"),
        ("fr", "chez { $product }", "chez nous", "verify_email.lead has other arguments than in English"),
        ("ar", "[few] { $hours } ساعات", "", "no plural few"),
    ] {
        let language: Language = language.parse().unwrap();
        let broken = file(language).replacen(from, to, 1);
        assert_ne!(broken, file(language), "{from} is there");
        let found = faults(language, &broken, english, &letters);
        assert!(found.iter().any(|found| found.contains(fault)), "{from} → {to}: {found:#?}");
        tried += 1;
    }
    assert_eq!(tried, 18);
}
