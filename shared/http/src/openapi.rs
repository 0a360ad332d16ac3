//! The OpenAPI document: the endpoints' own documents, and the parts that they share (problems, headers,
//! authentication, tags).

use crate::{
    binary::{Api, Domain},
    codes::{self, ValidationFailed},
    describe::{operations, problem_response},
    endpoint::Endpoint,
    language::Language,
    parse::{FieldError, Malformed},
    problem::{Code, ProblemBody},
};
use serde_json::json;
use std::collections::BTreeSet;
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        Components, ContactBuilder, HeaderBuilder, InfoBuilder, ObjectBuilder, Ref, RefOr, Required, Schema, Type,
        example::ExampleBuilder,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::{AdditionalProperties, ArrayItems},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
        server::ServerBuilder,
        tag::TagBuilder,
    },
};

#[derive(OpenApi)]
struct Empty;

/// The introduction of the document, in CommonMark.
const ABOUT: &str = "\
Temporary phone numbers for verification codes: buy a number for a service and a country, receive the code, pay only for \
what was delivered.

**Money** is a decimal string in credits (₵) with four decimals. **Times** are UTC, RFC 3339. **Lists** are \
`{items, next_cursor}`: pass `next_cursor` as `cursor` until it is null.

**Errors** are `application/problem+json` (RFC 9457) with a stable `code` for programs, a `detail` for people and the \
`request_id` for support. Title and details are in the language that `Accept-Language` prefers: English, French, Swahili, Hindi, \
Portuguese or Arabic. Another customer's objects return 404. Unknown fields and parameters are rejected, so that a typo \
is not silently ignored.

**Purchases** need an `Idempotency-Key`. Repeating a request with the same key never buys twice. It returns the same \
order in its current state, with `Idempotent-Replayed: true`, or 409 `in_progress` while the first request is still running.

**Limits** depend on the plan and apply per minute; `RateLimit` and `RateLimit-Policy` report them. The gateway in front may \
return 413, 429 or 503 by itself, as plain JSON `{\"message\": …}` without a code, and the firewall 403 or 413.";

/// Headers of responses: name, type, description, example.
const HEADERS: [(&str, Type, &str, &str); 8] = [
    ("Content-Language", Type::String, "The language of the texts: the one that `Accept-Language` prefers.", "en"),
    (
        "Idempotent-Replayed",
        Type::String,
        "`true` if the response belongs to an earlier request with the same key.",
        "true",
    ),
    (
        "RateLimit",
        Type::String,
        "The rest of the current window: `r` requests, for `t` seconds.",
        "\"requests\";r=99;t=42",
    ),
    ("RateLimit-Policy", Type::String, "The limit: `q` requests in `w` seconds.", "\"requests\";q=100;w=60"),
    ("Retry-After", Type::Integer, "Seconds after which the same request may succeed.", "2"),
    (
        "WWW-Authenticate",
        Type::String,
        "How to authenticate, and whether the credential that was sent is not valid (RFC 6750).",
        "Bearer error=\"invalid_token\"",
    ),
    ("X-Process-Time", Type::String, "Time spent on the request, in seconds.", "0.004213"),
    (
        "X-Request-ID",
        Type::String,
        "The request's id: yours if it has 8 to 64 letters, digits, `-`, `_` or `.`, otherwise a new one.",
        "req_01KAJ3Z8Q4T0V5W6X7Y8Z9ABCD",
    ),
];

/// The document of an API, with its domains in this order.
pub fn document(api: Api, domains: &[&Domain]) -> utoipa::openapi::OpenApi {
    let mut document = Empty::openapi();
    let support = ContactBuilder::new().name(Some("Namaskah support")).build();
    document.info =
        InfoBuilder::new().title("Namaskah SMS").version("1").description(Some(ABOUT)).contact(Some(support)).build();
    document.servers = Some(vec![ServerBuilder::new().url("/").description(Some("This installation.")).build()]);
    let tag = |domain: &Domain| TagBuilder::new().name(domain.name).description(Some(domain.about)).build();
    // A domain without endpoints of this API has nothing to show.
    let is_of_api = |endpoint: &&Endpoint| endpoint.api == api;
    let domains = domains.iter().filter(|domain| domain.endpoints.iter().any(|endpoint| is_of_api(&endpoint)));
    document.tags = Some(domains.clone().map(|domain| tag(domain)).collect());
    let declared = domains.clone().flat_map(|domain| domain.codes);
    let codes: BTreeSet<&Code> = codes::CODES.iter().chain(declared).copied().collect();
    for endpoint in domains.flat_map(|domain| domain.endpoints).filter(is_of_api) {
        document.merge((endpoint.document)());
    }
    let bodies: Vec<String> =
        document.paths.paths.values_mut().flat_map(operations).filter_map(|operation| body_schema(operation)).collect();
    let components = document.components.get_or_insert_with(Components::new);
    for name in bodies {
        if let Some(RefOr::T(Schema::Object(body))) = components.schemas.get_mut(&name) {
            // The parser rejects unknown fields.
            body.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        let schema = body_schema(operation).and_then(|name| components.schemas.get(&name));
        if let (Some(RefOr::T(body)), Some(RefOr::T(Schema::Object(schema)))) = (&mut operation.request_body, schema)
            && schema.required.is_empty()
        {
            // A missing body counts as an empty object.
            body.required = Some(Required::False);
        }
    }
    refer_to_items(components);
    add_problems(components, &codes);
    add_headers(components);
    add_authentication(components);
    document
}

/// The name of the schema of an operation's body.
fn body_schema(operation: &Operation) -> Option<String> {
    let RefOr::T(body) = operation.request_body.as_ref()? else { return None };
    let RefOr::T(content) = body.content.get("application/json")? else { return None };
    let Some(RefOr::Ref(schema)) = &content.schema else { return None };
    schema.ref_location.strip_prefix("#/components/schemas/").map(str::to_owned)
}

/// Makes lists refer to the schema of their items, if it is a named component, instead of repeating it.
fn refer_to_items(components: &mut Components) {
    let known: Vec<(String, RefOr<Schema>)> = components.schemas.clone().into_iter().collect();
    for (name, schema) in &mut components.schemas {
        let Some(item) = name.strip_prefix("Listed_") else { continue };
        if let RefOr::T(Schema::Object(list)) = schema
            && let Some(RefOr::T(Schema::Array(items))) = list.properties.get_mut("items")
            && known.iter().any(|(name, _)| name == item)
        {
            items.items = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(item))));
        }
    }
}

fn add_problems(components: &mut Components, codes: &BTreeSet<&Code>) {
    let mut nested = vec![("Problem".to_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut nested);
    components.schemas.extend(nested);
    if let Some(RefOr::T(Schema::Object(problem))) = components.schemas.get_mut("Problem")
        && let Some(RefOr::T(Schema::Object(code))) = problem.properties.get_mut("code")
    {
        code.enum_values = Some(codes.iter().map(|code| json!(code.name())).collect());
    }
    for code in codes {
        let (title, advice) = (code.title(Language::English), code.advice());
        let example = ExampleBuilder::new().summary(title).description(advice).value(Some(example(code)));
        components.examples.insert(code.name().to_owned(), example.into());
        components.responses.insert(code.name().to_owned(), problem_response(&[code]).into());
    }
}

/// An example of a problem.
fn example(code: &Code) -> serde_json::Value {
    let (detail, members) = code.example(Language::English);
    let mut problem = json!({
        "type": format!("https://namaskah.example/api/docs#problem-{}", code.name()),
        "title": code.title(Language::English),
        "status": code.status(),
        "detail": detail,
        "code": code.name(),
        "request_id": "req_01KAJ3Z8Q4T0V5W6X7Y8Z9ABCD",
    });
    if code == ValidationFailed::CODE {
        let wrong = FieldError::new("country_code", Malformed::CountryCode).render(Language::English);
        problem["errors"] = json!([wrong]);
    }
    for (name, value) in members {
        problem[name] = value;
    }
    problem
}

fn add_headers(components: &mut Components) {
    for (name, kind, text, example) in HEADERS {
        let schema = ObjectBuilder::new().schema_type(kind);
        let example = example.parse::<u32>().map_or_else(|_| json!(example), |number| json!(number));
        let header = HeaderBuilder::new().schema(Some(schema.examples([example]))).description(Some(text)).build();
        components.headers.insert(name.to_owned(), header.into());
    }
    let text = "A unique string for this operation, such as a UUID. Send the same one to retry safely.";
    let schema = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(128));
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(text))
        .schema(Some(schema.pattern(Some("^[!-+.-~-]+$"))))
        .example(Some(json!("3f1c1f0e-6f0a-4f7e-9b60-3f6f0f3a2b11")))
        .build();
    components.parameters.insert("Idempotency-Key".to_owned(), key.into());
}

fn add_authentication(components: &mut Components) {
    let key = ApiKeyValue::with_description(
        "X-API-Key",
        "An API key, `nsk_live_…`. It has the scopes chosen at its creation.",
    );
    components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Header(key)));
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The access token of a session, or an API key."));
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer.build()));
}
