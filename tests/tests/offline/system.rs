//! The system's endpoints.

use crate::Answer;
use api::Language;
use lambda_http::http::{Request, StatusCode};
use namaskah_tests::surface;

async fn call(request: Request<String>) -> Answer {
    crate::call(::system::DOMAIN.endpoints, request).await
}

async fn get(path: &str) -> Answer {
    crate::get(::system::DOMAIN.endpoints, path).await
}

#[tokio::test]
async fn health_is_down_without_a_database() {
    let answer = get("/api/v1/health").await;
    let (status, headers, health) = (answer.status, &answer.headers, answer.json());
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(health["status"], "down");
    assert_eq!((&health["version"], &health["stage"]), (&"1.2.3".into(), &"local".into()));
    let dependencies = &health["dependencies"];
    assert_eq!(dependencies["database"], serde_json::json!({"state": "down"}));
    assert_eq!(dependencies["queues"]["state"], "down");
    assert_eq!(dependencies["supplier_5sim"], serde_json::json!({"state": "unknown", "as_of": null}));
    assert_eq!(dependencies["catalog"]["state"], "unknown");
    assert!(health["timestamp"].as_str() >= health["checked_at"].as_str());
}

#[tokio::test]
async fn the_document_and_the_page_have_types_and_validators() {
    for (path, kind) in [
        ("/api/v1/openapi.json", "application/json"),
        ("/api/docs", "text/html; charset=utf-8"),
        ("/api/docs/docs.css", "text/css; charset=utf-8"),
        ("/api/docs/docs.js", "text/javascript; charset=utf-8"),
        ("/api/docs/dom.js", "text/javascript; charset=utf-8"),
    ] {
        let Answer { status, headers, body, .. } = get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers["content-type"], kind, "{path}");
        assert!(headers["cache-control"].to_str().unwrap().starts_with("public"), "{path}");
        assert!(!body.is_empty());
        let known = Request::get(path).header("if-none-match", headers["etag"].clone()).body(String::new()).unwrap();
        let Answer { status, headers: again, body, .. } = call(known).await;
        assert_eq!(status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again["etag"], headers["etag"]);
        assert!(body.is_empty());
    }
    assert_eq!(get("/api/docs/../secret").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/api/docs/other.js").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_loads_only_our_own_files_and_all_of_them_exist() {
    let Answer { headers, body: page, .. } = get("/api/docs").await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
    assert!(!policy.contains("unsafe") && !policy.contains("http"));
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("style="));
    let files = page.split(['"', '\'']).filter_map(|part| part.strip_prefix("docs/")).map(str::to_owned);
    let mut wanted: Vec<String> = files.collect();
    let mut seen = Vec::new();
    while let Some(file) = wanted.pop() {
        let Answer { status, body: text, .. } = get(&format!("/api/docs/{file}")).await;
        assert_eq!(status, StatusCode::OK, "{file}");
        assert!(!text.contains("innerHTML") && !text.contains("eval("), "{file}");
        let imports = text.lines().filter_map(|line| line.strip_suffix("\";")?.split_once("from \"./"));
        wanted.extend(imports.map(|(_, name)| name.to_owned()).filter(|name| !seen.contains(name)));
        seen.push(file);
    }
    assert!(seen.len() >= 7, "{seen:?}");
}

#[tokio::test]
async fn every_problem_has_the_anchor_of_its_type() {
    let page = get("/api/docs").await.body;
    for code in surface::codes() {
        let name = code.name();
        assert!(page.contains(&format!("<tr id=\"problem-{name}\">")), "{name}");
        let row = format!("<td>{}</td><td>{}.</td>", code.status(), code.title(Language::English));
        assert!(page.contains(&row), "{name}");
    }
}

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let answer = get("/api/v1/no/such/thing").await;
    let (status, headers, problem) = (answer.status, &answer.headers, answer.json());
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(problem["code"], "not_found");
    assert_eq!(problem["type"], "https://namaskah.example/api/docs#problem-not_found");
    assert_eq!(problem["request_id"], headers["x-request-id"].to_str().unwrap());

    let wrong_method = Request::delete("/api/v1/verifications/vrf_x").body(String::new()).unwrap();
    let answer = call(wrong_method).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers["allow"], "GET, HEAD");
    assert_eq!(answer.json()["code"], "method_not_allowed");
}

#[tokio::test]
async fn metrics_need_a_key() {
    let answer = get("/api/v1/metrics").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json()["code"], "unauthenticated");
}
