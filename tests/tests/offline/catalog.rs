//! The catalog's endpoints.

use crate::Answer;
use domain::{Language, policy::RefundRule};
use lambda_http::http::StatusCode;
use serde_json::json;

async fn get(path: &str) -> Answer {
    crate::get(::catalog::DOMAIN.endpoints, path).await
}

#[tokio::test]
async fn the_policy_lists_refund_rules_and_plans() {
    let answer = get("/api/v1/policy").await;
    let (status, headers, policy) = (answer.status, &answer.headers, answer.json());
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["cache-control"], "public, max-age=3600");
    let ids: Vec<_> = policy["refunds"].as_array().unwrap().iter().map(|rule| rule["id"].clone()).collect();
    assert_eq!(ids, RefundRule::ALL.iter().map(|rule| serde_json::to_value(rule).unwrap()).collect::<Vec<_>>());
    let discounts: Vec<_> = policy["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["plan"].clone(), p["discount_percent"].clone()))
        .collect();
    let expected = [("starter", 0), ("pro", 10), ("enterprise", 25)];
    assert_eq!(discounts, expected.map(|(plan, percent)| (json!(plan), json!(percent))));
}

#[tokio::test]
async fn the_policy_is_in_the_language_of_its_address() {
    let mut texts = std::collections::BTreeSet::new();
    for language in Language::ALL {
        let answer = get(&format!("/api/v1/policy?language={language}")).await;
        assert_eq!(answer.headers["content-language"], language.code());
        let policy = answer.json();
        assert_eq!(policy["refunds"][1]["id"], "no_code");
        texts.insert(policy["refunds"][1]["when"].to_string() + &policy["ignored_messages"][0]["when"].to_string());
    }
    assert_eq!(texts.len(), Language::ALL.len(), "{texts:?}");
    let answer = get("/api/v1/policy?language=de").await;
    assert_eq!(answer.json()["errors"][0]["code"], "unknown_value");
}

#[tokio::test]
async fn invalid_parameters_are_reported_before_any_read() {
    for (path, wrong) in [
        ("/api/v1/services?q=what", vec![("q", "unknown_field")]),
        ("/api/v1/countries?q=what", vec![("q", "unknown_field")]),
        ("/api/v1/policy?q=what", vec![("q", "unknown_field")]),
        ("/api/v1/services/whatsapp/offers?country_code=gh", vec![("country_code", "malformed")]),
        ("/api/v1/services/whatsapp/offers?capability=voice", vec![("capability", "unknown_value")]),
        ("/api/v1/services/whatsapp/offers?limit=0&cursor=!", vec![("limit", "out_of_range"), ("cursor", "malformed")]),
        ("/api/v1/pricing/quote", vec![("service_name", "required"), ("country_code", "required")]),
        (
            "/api/v1/pricing/quote?service_name=whatsapp&country_code=GH&capability=fax",
            vec![("capability", "unknown_value")],
        ),
    ] {
        let answer = get(path).await;
        let (status, headers, problem) = (answer.status, &answer.headers, answer.json());
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        let errors: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| (&e["field"], &e["code"])).collect();
        let expected: Vec<_> = wrong.iter().map(|(field, code)| (json!(field), json!(code))).collect();
        assert_eq!(errors, expected.iter().map(|(field, code)| (field, code)).collect::<Vec<_>>(), "{path}");
    }
}

#[tokio::test]
async fn a_name_that_no_service_can_have_is_not_found() {
    let answer = get("/api/v1/services/What%20sApp/offers").await;
    let (status, problem) = (answer.status, answer.json());
    assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
}

#[tokio::test]
async fn without_the_database_lists_are_unavailable_and_not_cached() {
    for path in ["/api/v1/services", "/api/v1/countries", "/api/v1/services/whatsapp/offers"] {
        let answer = get(path).await;
        let (status, headers, problem) = (answer.status, &answer.headers, answer.json());
        assert_eq!((status, &problem["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")), "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(headers.contains_key("retry-after"), "{path}");
    }
}
