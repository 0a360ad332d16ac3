//! The OpenAPI document: from the endpoints' own descriptions, completed with what all of them share.

use crate::{
    endpoint::Endpoint,
    fields::FieldError,
    problem::{ProblemBody, ProblemCode},
};
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        Components, Content, InfoBuilder, Ref, ResponseBuilder,
        path::Operation,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
        server::Server,
    },
};

#[derive(OpenApi)]
struct Empty;

/// The tag of endpoints that anybody may call.
const PUBLIC: [&str; 2] = ["catalog", "system"];

/// The document of these endpoints.
pub fn document(endpoints: impl IntoIterator<Item = Endpoint>) -> utoipa::openapi::OpenApi {
    let mut document = Empty::openapi();
    document.info = InfoBuilder::new()
        .title("Namaskah SMS")
        .version("1")
        .description(Some(
            "Temporary phone numbers for verification codes. Amounts are decimal strings in credits (₵), times are UTC. \
             Errors are problem+json with a stable code. Requests that move money need an Idempotency-Key.",
        ))
        .build();
    document.servers = Some(vec![Server::new("/")]);
    for endpoint in endpoints {
        document.merge(endpoint.route.split_for_parts().1);
    }
    let components = document.components.get_or_insert_with(Components::new);
    components.schemas.insert("Problem".to_owned(), ProblemBody::schema());
    components.schemas.insert("FieldError".to_owned(), FieldError::schema());
    let mut nested = Vec::new();
    ProblemBody::schemas(&mut nested);
    components.schemas.extend(nested);
    let header = ApiKey::Header(ApiKeyValue::new("X-API-Key"));
    components.add_security_scheme("api_key", SecurityScheme::ApiKey(header));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        operations.into_iter().flatten().for_each(complete);
    }
    document
}

/// Adds the answers and the authentication that every operation has, so that no endpoint repeats them.
fn complete(operation: &mut Operation) {
    let tagged_public = operation.tags.iter().flatten().any(|tag| PUBLIC.contains(&tag.as_str()));
    if operation.security.is_none() {
        let none: [&str; 0] = [];
        let mut ways = vec![SecurityRequirement::new("api_key", none), SecurityRequirement::new("bearer", none)];
        if tagged_public {
            ways.push(SecurityRequirement::default());
        }
        operation.security = Some(ways);
    }
    let mut shared = vec![400, 401, 403, 422, 429, 500, 503];
    if operation.request_body.is_some() {
        shared.extend([413, 415]);
    }
    for status in shared {
        let codes: Vec<_> =
            ProblemCode::ALL.iter().map(|code| code.facts()).filter(|facts| facts.1 == status).collect();
        let texts: Vec<_> = codes.iter().map(|(code, _, title)| format!("`{code}`: {title}.")).collect();
        let answer = ResponseBuilder::new()
            .description(texts.join(" "))
            .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
            .build();
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| answer.into());
    }
}
