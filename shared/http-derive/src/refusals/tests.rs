//! Tests of the generated code and of the compile errors.

use super::*;

const TOO_EARLY: &str = r#"#[status(409)] pub struct TooEarly { #[example("10:02")] from: Timestamp }"#;
const WORDS: &str = "\
### What may happen
too_early = Too early
    .advice = Wait until `from`.
    .detail = Possible from { $from }
        on; see /{\"{\"}id{\"}\"}.
";

/// The code with these texts in English, and the same without the advice in every other language.
fn expanded(code: &str, kind: Kind, texts: &str) -> std::result::Result<String, String> {
    let is_advice = |line: &&str| line.trim_start().starts_with(".advi");
    let others = texts.lines().filter(|line| !is_advice(line)).collect::<Vec<_>>().join("\n") + "\n";
    in_languages(code, kind, &|file| Ok(if file.starts_with("text/en/") { texts.to_owned() } else { others.clone() }))
}

fn in_languages(
    code: &str,
    kind: Kind,
    read: &dyn Fn(&str) -> std::result::Result<String, String>,
) -> std::result::Result<String, String> {
    let written = expand_with(code.parse().unwrap(), kind, read);
    written.map(|code| code.to_string().replace(' ', "")).map_err(|error| error.to_string())
}

fn problem(code: &str, texts: &str) -> std::result::Result<String, String> {
    expanded(code, Kind::Problem, texts)
}

#[test]
fn a_problem_has_its_code_its_texts_and_its_arguments() {
    let code = problem(TOO_EARLY, WORDS).unwrap();
    for part in [
        "#[derive(Clone,Debug,PartialEq)]pubstructTooEarly{#[doc=\"Theargumentofthisname.\"]pubfrom:Timestamp}",
        r#"::api::Code::new("too_early",409,::api::ByLanguage{en:"Tooearly",fr:"Tooearly","#,
        r#"ar:"Tooearly"},"Waituntil`from`.",::api::Example"#,
        r#"members:&[("from","\"10:02\"")]"#,
        r#"::api::Part::Text("Possiblefrom"),::api::Part::Argument("from"),::api::Part::Text("on;see/{id}.")"#,
        "TooEarly{from}=>::api::Problem::new(TooEarly::CODE,",
        r#".with("from",from)"#,
        "pubconstCODES:&[&::api::Code]=&[TooEarly::CODE];",
    ] {
        assert!(code.contains(part), "{part} in {code}");
    }
}

#[test]
fn each_variant_has_a_text() {
    let kinds = "enum OutOfRange { Number { least: u32, most: u32 }, FarAway }";
    let texts = "out_of_range =\n    .number = must be { $least } to { $most }\n    .far_away = is far away\n";
    let code = expanded(kinds, Kind::Field, texts).unwrap();
    for part in [
        r#"OutOfRange::Number{least,most}=>::api::Fault::new("out_of_range","#,
        r#".with("least",least).with("most",most)"#,
        "OutOfRange::FarAway=>::api::Fault::new",
    ] {
        assert!(code.contains(part), "{part} in {code}");
    }
    let required = expanded("struct Required;", Kind::Field, "required = is required\n").unwrap();
    assert!(required.contains("Required=>::api::Fault::new"), "{required}");
}

#[test]
fn texts_that_do_not_match_their_types_do_not_compile() {
    let missing = WORDS.replace(".advice", ".advise");
    let unknown = WORDS.replace("$from", "$until");
    let without = WORDS.replace("{ $from }", "then");
    let more = format!("{WORDS}late = Late\n");
    let select = WORDS.replace("{ $from }", "{ $from ->\n       *[other] then\n    }");
    for (texts, message) in [
        (missing.as_str(), "en: `too_early.advice` is missing"),
        (&unknown, r#"en: `too_early.detail` uses the arguments {"until"}, its type has {"from"}"#),
        (&without, r#"en: `too_early.detail` uses the arguments {}, its type has {"from"}"#),
        (&more, "text/en/problems.ftl: `late` is not used"),
        (&format!("{WORDS}{WORDS}"), "text/en/problems.ftl: too_early is defined twice"),
        (&select, "text/en/problems.ftl: too_early.detail: only texts and arguments are supported"),
        ("-brand = Namaskah\n", "text/en/problems.ftl: -brand: terms are not supported"),
    ] {
        assert_eq!(problem(TOO_EARLY, texts).unwrap_err(), message, "{texts}");
    }
    assert!(problem(TOO_EARLY, "too_early = { $\n").unwrap_err().starts_with("text/en/problems.ftl: line 1: "));
    let unread = expand_with(TOO_EARLY.parse().unwrap(), Kind::Problem, &|_| Err("no such file".to_owned()));
    assert_eq!(unread.unwrap_err().to_string(), "text/en/problems.ftl: no such file");
}

#[test]
fn every_language_has_the_texts_of_english_and_their_arguments() {
    let in_hindi = |hindi: &str| {
        let other = WORDS.replace("    .advice = Wait until `from`.\n", "");
        in_languages(TOO_EARLY, Kind::Problem, &|file| {
            Ok(if file.starts_with("text/hi/") {
                hindi.to_owned()
            } else if file.starts_with("text/en/") {
                WORDS.to_owned()
            } else {
                other.clone()
            })
        })
    };
    assert!(in_hindi("too_early = a\n    .detail = b { $from }\n").unwrap().contains(r#"hi:"a""#));
    for (hindi, message) in [
        ("too_early = a\n", "hi: `too_early.detail` is missing"),
        ("too_early =\n    .detail = b { $from }\n", "hi: `too_early` is missing"),
        (
            "too_early = a\n    .detail = b { $until }\n",
            r#"hi: `too_early.detail` uses the arguments {"until"}, its type has {"from"}"#,
        ),
        (
            "too_early = { $from }\n    .detail = b { $from }\n",
            r#"hi: `too_early` uses the arguments {"from"}, its type has {}"#,
        ),
        (
            "too_early = a\n    .advice = c\n    .detail = b { $from }\n",
            "text/hi/problems.ftl: `too_early.advice` is not used",
        ),
    ] {
        assert_eq!(in_hindi(hindi).unwrap_err(), message, "{hindi}");
    }
}

#[test]
fn a_text_of_an_answer_is_chosen_by_language() {
    let code =
        expanded("enum When { NoCode, Cancelled }", Kind::Text, "when =\n    .no_code = a\n    .cancelled = b\n");
    let code = code.unwrap();
    for part in ["When::NoCode=>{constTEXT:", r#"=::api::ByLanguage{en:"a",fr:"a","#, "TEXT.of(language)"] {
        assert!(code.contains(part), "{part} in {code}");
    }
    assert!(expanded("struct Full;", Kind::Text, "full = all\n").unwrap().contains("Full=>{const"));
    let error = expanded("struct Full { amount: u32 }", Kind::Text, "full = { $amount }\n").unwrap_err();
    assert_eq!(error, "a text of an answer has no arguments");
}

#[test]
fn wrong_declarations_do_not_compile() {
    let status = "a problem needs a `#[status(…)]`, a field error must not have one";
    let example = "an argument of a problem needs an `#[example(…)]`, one of a field error must not have it";
    for (code, kind, message) in [
        ("fn a() {}", Kind::Problem, "expected a struct or an enum"),
        ("struct A;", Kind::Problem, status),
        ("#[status(409)] struct A;", Kind::Field, status),
        ("#[status(200)] struct A;", Kind::Problem, "expected a status from 400 to 599"),
        ("#[status(409)] struct A(u32);", Kind::Problem, "expected a named field"),
        ("#[status(409)] struct A { a: u32 }", Kind::Problem, example),
        ("struct A { #[example(1)] a: u32 }", Kind::Field, example),
        (
            "#[status(409)] struct A { #[example(1)] title: u32 }",
            Kind::Problem,
            "every problem already has a member with this name",
        ),
        ("#[status(409)] enum A {}", Kind::Problem, "a code needs at least one text"),
    ] {
        assert_eq!(expanded(code, kind, "").unwrap_err(), message, "{code}");
    }
}
