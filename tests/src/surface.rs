//! The product's domains, and their OpenAPI document.

use api::{Api, Code, Domain, Endpoint};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The methods that an endpoint may have.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// All domains, in the order of the document.
pub static DOMAINS: &[&Domain] = &[
    &auth::DOMAIN,
    &account::DOMAIN,
    &keys::DOMAIN,
    &catalog::DOMAIN,
    &verifications::DOMAIN,
    &wallet::DOMAIN,
    &payments::DOMAIN,
    &invoices::DOMAIN,
    &subscriptions::DOMAIN,
    &exports::DOMAIN,
    &system::DOMAIN,
    &letters::DOMAIN,
    &audit::DOMAIN,
    &backoffice::DOMAIN,
];

/// All endpoints behind an API Gateway. The others have a URL of their own, and the same path.
pub fn endpoints() -> impl Iterator<Item = Endpoint> {
    DOMAINS.iter().flat_map(|domain| domain.endpoints).copied().filter(|endpoint| endpoint.api != Api::Hooks)
}

/// The files of the OpenAPI documents, each with its API.
pub const DOCUMENTS: [(&str, Api); 2] = [("docs/openapi.json", Api::Public), ("docs/openapi-staff.json", Api::Staff)];

/// The OpenAPI document of an API in its committed form: indented, with a final newline.
pub fn document(api: Api) -> String {
    let document = api::document(api, DOMAINS);
    let mut text = serde_json::to_string_pretty(&document).expect("the document is made of strings, numbers and maps");
    text.push('\n');
    text
}

/// Every code that a problem can have: those that domains share, then each domain's own.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    api::codes::CODES.iter().chain(DOMAINS.iter().flat_map(|domain| domain.codes)).copied()
}

/// The routes of a document: `GET /api/v1/wallet`.
pub fn routes_of(document: &serde_json::Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &serde_json::Value)| {
        let methods = METHODS.into_iter().filter(|method| item.get(method).is_some());
        methods.map(|method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// The routes of an endpoint; `$default` if it has none.
pub fn routes(endpoint: &Endpoint) -> BTreeSet<String> {
    let document = serde_json::to_value((endpoint.document)()).expect("a document of strings, numbers and maps");
    let routes = routes_of(&document);
    if routes.is_empty() { BTreeSet::from(["$default".to_owned()]) } else { routes }
}

/// The routes of an endpoint at the gateway.
pub fn gateway_routes(endpoint: &Endpoint) -> BTreeSet<String> {
    routes(endpoint).iter().map(|route| gateway_route(route)).collect()
}

/// A route at the gateway, which does not send `HEAD` to a route for `GET` (decision 0032). So a `GET` takes each
/// method that has no route of its own, and answers 405 to all but `HEAD`.
pub fn gateway_route(route: &str) -> String {
    route.strip_prefix("GET ").map_or_else(|| route.to_owned(), |path| format!("ANY {path}"))
}

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Callers {
    /// Customers only.
    Customers,
    /// Anybody. Customers get the prices of their plan.
    Everybody,
    /// Anybody. A credential is not read.
    Strangers,
}

/// Who may call an endpoint, as its description says.
pub fn callers(endpoint: &Endpoint) -> Callers {
    let document = serde_json::to_value((endpoint.document)()).expect("a document of strings, numbers and maps");
    let operations =
        document["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object()).flatten();
    let callers = operations.filter(|(method, _)| METHODS.contains(&method.as_str())).map(|(_, operation)| {
        let security = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
        match security {
            [] => Callers::Strangers,
            [first, ..] if first.as_object().is_some_and(serde_json::Map::is_empty) => Callers::Everybody,
            _ => Callers::Customers,
        }
    });
    // The endpoint for unknown paths has no operation.
    callers.max().unwrap_or(Callers::Strangers)
}

/// A file of the repository.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// The text of all code that runs in functions.
pub fn code() -> String {
    let (mut folders, mut code) = (vec![file("functions"), file("shared")], String::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                code.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    code
}
