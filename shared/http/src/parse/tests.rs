//! Tests with typical bodies and queries: the parsed values, and every error with its path.

use super::*;
use crate::{codes::NotFound, language::Language};
use domain::{Change, CountryCode, Credits, pricing::Capability};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;

/// A kind of event.
#[derive(Debug, PartialEq, Deserialize, Parse)]
#[serde(rename_all = "snake_case")]
enum EventKind {
    CodeReceived,
    OrderFailed,
}

#[derive(Debug, PartialEq, Parse)]
struct Header {
    name: String,
    value: String,
}

#[derive(Debug, PartialEq, Parse)]
struct Filter {
    countries: List<CountryCode, 1, 3>,
    highest: Option<Credits>,
}

#[derive(Debug, PartialEq, Parse)]
struct Webhook {
    events: List<EventKind, 1, 3>,
    #[parse(default = true)]
    enabled: bool,
    filter: Option<Filter>,
    #[parse(default)]
    headers: List<Header, 0, 2>,
    #[parse(default)]
    tags: Labels,
    retries: Option<Between<0, 5>>,
}

#[derive(Debug, PartialEq, Parse)]
struct Profile {
    language: Option<Language>,
}

#[derive(Debug, PartialEq, Parse)]
struct Page {
    limit: Option<Between<1, 100>>,
}

#[derive(Debug, PartialEq, Parse)]
#[parse(problems(NotFound))]
struct Search {
    #[parse(default)]
    capability: Capability,
    all: Option<bool>,
    r#type: Option<String>,
    #[parse(flatten)]
    page: Page,
}

fn read<T: Fields>(json: &Value, source: Source) -> Result<T, Vec<(String, String, String)>> {
    let mut at = At::new(source);
    let value = object(json.clone(), &mut at);
    let errors = at.errors.into_iter().map(|error| error.render(Language::English));
    let errors: Vec<_> = errors.map(|error| (error.field, error.code.to_owned(), error.detail)).collect();
    if errors.is_empty() { Ok(value.unwrap()) } else { Err(errors) }
}

/// The fields and codes of the errors.
fn wrong<T: Fields + std::fmt::Debug>(json: &Value, source: Source) -> Vec<(String, String)> {
    read::<T>(json, source).unwrap_err().into_iter().map(|(field, code, _)| (field, code)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
}

#[test]
fn a_body_is_parsed_completely() {
    let body = json!({
        "events": ["code_received", "order_failed"], "filter": {"countries": ["GH"]}, "retries": 5,
        "headers": [{"name": "a", "value": "b"}], "tags": {"project": "crm"},
    });
    let webhook: Webhook = read(&body, Source::Body).unwrap();
    assert_eq!(webhook.events.into_inner(), [EventKind::CodeReceived, EventKind::OrderFailed]);
    assert!(webhook.enabled);
    assert_eq!(webhook.filter.unwrap().countries.into_inner(), ["GH".parse().unwrap()]);
    assert_eq!(webhook.headers.into_inner(), [Header { name: "a".into(), value: "b".into() }]);
    assert_eq!(webhook.tags, Labels::from([("project".into(), "crm".into())]));
    assert_eq!(webhook.retries.map(Between::get), Some(5));
}

#[test]
fn null_counts_as_missing() {
    let (null, missing) = (
        json!({"events": ["code_received"], "enabled": null, "filter": null, "headers": null, "tags": null, "retries": null}),
        json!({"events": ["code_received"]}),
    );
    assert_eq!(read::<Webhook>(&null, Source::Body), read(&missing, Source::Body));
    assert_eq!(wrong::<Webhook>(&json!({"events": null}), Source::Body), pairs(&[("events", "required")]));
}

#[test]
fn null_removes_the_value_of_a_change() {
    #[derive(Debug, PartialEq, Parse)]
    struct Changes {
        cap: Change<Credits>,
    }
    let cap = "1.5".parse().unwrap();
    for (body, change) in
        [(json!({}), Change::Keep), (json!({"cap": null}), Change::Clear), (json!({"cap": "1.5"}), Change::To(cap))]
    {
        assert_eq!(read::<Changes>(&body, Source::Body), Ok(Changes { cap: change }), "{body}");
    }
    assert_eq!(wrong::<Changes>(&json!({"cap": 1}), Source::Body), pairs(&[("cap", "wrong_type")]));
}

#[test]
fn every_error_is_reported_with_its_path() {
    let body = json!({
        "events": ["code_received", "fax", 7], "enabled": "true", "retries": 6, "extra": true,
        "filter": {"countries": ["GH", "gh"], "highest": 1, "more": {}},
        "headers": [{"name": "a"}, {"name": "b", "value": "c", "x": 1}],
        "tags": {"a": 1, "": "b", "c": "\n", "good": "text"},
    });
    let errors = [
        ("events[1]", "unknown_value"),
        ("events[2]", "wrong_type"),
        ("enabled", "wrong_type"),
        ("filter.countries[1]", "malformed"),
        ("filter.highest", "wrong_type"),
        ("filter.more", "unknown_field"),
        ("headers[0].value", "required"),
        ("headers[1].x", "unknown_field"),
        ("tags.", "malformed"),
        ("tags.a", "wrong_type"),
        ("tags.c", "malformed"),
        ("retries", "out_of_range"),
        ("extra", "unknown_field"),
    ];
    assert_eq!(wrong::<Webhook>(&body, Source::Body), pairs(&errors));
}

#[test]
fn details_name_valid_values() {
    let body =
        json!({"events": ["fax"], "filter": {"countries": "GH"}, "headers": [1, 2, 3], "tags": [], "retries": 1.5});
    let details: Vec<_> = read::<Webhook>(&body, Source::Body).unwrap_err().into_iter().map(|error| error.2).collect();
    assert_eq!(
        details,
        [
            "must be one of: code_received, order_failed",
            "must be a list",
            "must have 0 to 2 items",
            "must be an object",
            "must be a whole number from 0 to 5",
        ]
    );
}

#[test]
fn a_language_is_read_by_its_code() {
    let read = |code| read::<Profile>(&json!({"language": code}), Source::Body);
    assert_eq!(read("sw"), Ok(Profile { language: Some(Language::Swahili) }));
    for unknown in ["SW", "Swahili", "de"] {
        let errors = read(unknown).unwrap_err();
        assert_eq!(errors[0].2, "must be one of: en, fr, sw, hi, pt, ar", "{unknown}");
    }
}

#[test]
fn every_value_of_a_query_is_a_string() {
    let good = json!({"capability": "sms", "all": "true", "type": "x", "limit": "100"});
    let search: Search = read(&good, Source::Query).unwrap();
    assert_eq!(
        (search.all, search.r#type.as_deref(), search.page.limit.map(Between::get)),
        (Some(true), Some("x"), Some(100))
    );
    let none: Search = read(&json!({}), Source::Query).unwrap();
    assert_eq!((none.capability, none.all, none.page.limit), (Capability::Sms, None, None));
    for (name, bad, code) in [
        ("capability", "fax", "unknown_value"),
        ("all", "1", "unknown_value"),
        ("limit", "0", "out_of_range"),
        ("limit", "101", "out_of_range"),
        ("limit", "+1", "out_of_range"),
        ("limit", "0x1", "out_of_range"),
        ("limit", "", "out_of_range"),
        ("limit", "99999999999999999999", "out_of_range"),
        ("limmit", "1", "unknown_field"),
    ] {
        assert_eq!(wrong::<Search>(&json!({name: bad}), Source::Query), pairs(&[(name, code)]), "{bad}");
    }
    assert_eq!(
        wrong::<Search>(&json!({"limit": "5", "all": "true"}), Source::Body),
        pairs(&[("all", "wrong_type"), ("limit", "wrong_type")])
    );
    assert_eq!(Search::PROBLEMS, [NotFound::CODE]);
    assert!(Page::PROBLEMS.is_empty());
}

#[test]
fn the_number_of_errors_is_limited() {
    let name = "x".repeat(1000);
    let errors = wrong::<Page>(&json!({name: 1}), Source::Body);
    assert_eq!(errors, pairs(&[(&"x".repeat(64), "unknown_field")]));
    let many: Object = (0..1000).map(|n| (format!("f{n}"), json!(1))).collect();
    assert_eq!(wrong::<Page>(&many.into(), Source::Body).len(), 50);
    let many: Object = (0..11).map(|n| (format!("f{n}"), json!("x"))).collect();
    let errors = wrong::<Webhook>(&json!({"events": ["code_received"], "tags": many}), Source::Body);
    assert_eq!(errors, pairs(&[("tags", "out_of_range")]));
}

/// Values of the right and of wrong types.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,80}".prop_map(Value::from),
        prop::sample::select(vec!["code_received", "GH", "1.5", "25", "true", ""]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let names = prop_oneof![".{0,70}", "name|value|countries|highest"];
        let object = prop::collection::hash_map(names, inner.clone(), 0..12);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            object.prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_object_has_a_value_or_errors(
        fields in prop::collection::hash_map(
            prop_oneof![".{0,8}", "events|enabled|filter|headers|tags|retries|limit|all|type|capability"], values(), 0..8,
        ),
        is_query: bool,
    ) {
        let object = Value::Object(fields.into_iter().collect());
        let source = if is_query { Source::Query } else { Source::Body };
        let webhook = read::<Webhook>(&object, source).err();
        let search = read::<Search>(&object, source).err();
        for errors in [webhook, search].into_iter().flatten() {
            prop_assert!((1..=50).contains(&errors.len()), "{:?}", errors);
            prop_assert!(errors.iter().all(|(field, ..)| field.chars().count() < 400), "{:?}", errors);
        }
    }
}
