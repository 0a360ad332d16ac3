//! The rendering of problems as `application/problem+json` (RFC 9457).

use super::Problem;
use crate::{body::REPLAYED, compress::varies_by, language::Language, parse::FieldErrorBody};
use axum::response::{IntoResponse, Response};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// The body of an error answer, `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Link to the description of the code.
    #[serde(rename = "type")]
    #[schema(examples("https://api.namaskah.app/api/docs#problem-validation_failed"))]
    pub kind: String,
    /// Short summary of the code, in the language of the answer.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Explanation of this occurrence, and how to resolve it, in the language of the answer.
    pub detail: String,
    /// Stable code, for use by programs.
    #[schema(examples("validation_failed"))]
    pub code: &'static str,
    /// Identifier of the request, for support.
    pub request_id: String,
    /// Invalid fields, with status 422.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldErrorBody>,
    /// More members, depending on the code: `missing`, `from`, `required_scope` …
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Map<String, Value>,
}

impl Problem {
    /// Renders the answer to a request.
    pub(crate) fn render(self, public_url: &str, request_id: &str, language: Language) -> Response {
        let body = ProblemBody {
            kind: format!("{public_url}/api/docs#problem-{}", self.code.name()),
            title: self.code.title(language),
            status: self.code.status(),
            detail: self.detail.render(language, &self.members),
            code: self.code.name(),
            request_id: request_id.to_owned(),
            errors: self.errors.into_iter().map(|error| error.render(language)).collect(),
            more: self.members,
        };
        let status = status_of(body.status);
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        varies_by("Accept-Language", headers);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if self.is_replay {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn status_of(status: u16) -> StatusCode {
    // Declared codes have a status from 400 to 599.
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The response has no body yet. The layer around all endpoints renders it, with the request's id and language.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = status_of(self.code.status()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codes::PriceAboveMax,
        parse::{FieldError, Malformed},
    };
    use axum::body::to_bytes;
    use serde_json::json;

    async fn rendered(problem: Problem) -> (Response, Value) {
        let (parts, body) = problem.render("https://example.com", "req_1", Language::English).into_parts();
        let body = serde_json::from_slice(&to_bytes(body, 10_000).await.unwrap()).unwrap();
        (Response::from_parts(parts, ().into_response().into_body()), body)
    }

    #[tokio::test]
    async fn a_problem_is_rendered_with_its_arguments() {
        let problem = PriceAboveMax { price: "0.9".parse().unwrap(), max_price: "0.8".parse().unwrap() };
        let (response, body) = rendered(Problem::from(problem).with("order_id", "vrf_1").retry_after(2)).await;
        assert_eq!(
            (response.status(), &response.headers()["retry-after"]),
            (StatusCode::CONFLICT, &"2".parse().unwrap())
        );
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let expected = json!({
            "type": "https://example.com/api/docs#problem-price_above_max",
            "title": "The price is above max_price",
            "status": 409,
            "detail": "The price is ₵0.9000 at present, above the max_price of ₵0.8000. Raise max_price, or choose \
                       another operator or country.",
            "code": "price_above_max",
            "request_id": "req_1",
            "price": "0.9000",
            "max_price": "0.8000",
            "order_id": "vrf_1",
        });
        assert_eq!(body, expected);
    }

    #[tokio::test]
    async fn only_the_texts_depend_on_the_language() {
        let problem =
            || Problem::from(PriceAboveMax { price: "0.9".parse().unwrap(), max_price: "0.8".parse().unwrap() });
        let mut details = std::collections::BTreeSet::new();
        let mut others = std::collections::BTreeSet::new();
        for language in Language::ALL {
            let response = problem().render("", "req_1", *language);
            assert_eq!(response.headers()["content-language"], language.code());
            assert_eq!(response.headers()["vary"], "Accept-Language");
            let body = to_bytes(response.into_body(), 10_000).await.unwrap();
            let mut body: Map<String, Value> = serde_json::from_slice(&body).unwrap();
            let detail = body.remove("detail").unwrap();
            assert!(detail.as_str().unwrap().contains("0.9000"), "{detail}");
            details.insert((body.remove("title").unwrap().to_string(), detail.to_string()));
            others.insert(serde_json::to_string(&body).unwrap());
        }
        assert_eq!((details.len(), others.len()), (Language::ALL.len(), 1), "{details:?} {others:?}");
    }

    #[tokio::test]
    async fn a_replayed_problem_says_so() {
        for is_replay in [false, true] {
            let (response, _) = rendered(Problem::not_found().replayed(is_replay)).await;
            assert_eq!(response.headers().contains_key("idempotent-replayed"), is_replay);
        }
    }

    #[tokio::test]
    async fn wrong_fields_are_listed_with_code_and_detail() {
        let (response, body) = rendered(Problem::fields(vec![FieldError::new("tags.a", Malformed::Label)])).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let detail = "must have a name and a value of 1 to 64 visible characters each";
        assert_eq!(body["errors"], json!([{"field": "tags.a", "code": "malformed", "detail": detail}]));
    }
}
