//! Completes the operations of the OpenAPI document from their extractors' descriptions.

use super::{Authentication, Description, Extractors};
use crate::{
    codes::{BadRequest, Internal, ValidationFailed},
    language::Language,
    problem::Code,
};
use axum::handler::Handler;
use runtime::Context;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::openapi::{
    OpenApi, PathItem, Ref, RefOr, Response, ResponseBuilder, content::ContentBuilder, path::Operation,
    security::SecurityRequirement,
};

/// The document of a handler's operation, completed from the handler's extractors.
pub fn described<H, T>(_handler: &H, mut document: OpenApi) -> OpenApi
where
    H: Handler<T, Context>,
    T: Extractors,
{
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        T::description().complete(operation);
    }
    document
}

/// The operations of a path.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

impl Description {
    fn complete(mut self, operation: &mut Operation) {
        self.may_refuse([Internal::CODE]);
        if self.reads_query || self.refuses_query() {
            self.may_refuse([BadRequest::CODE, ValidationFailed::CODE]);
        }
        operation.security = Some(self.security());
        if self.is_idempotent {
            let parameters = operation.parameters.get_or_insert_default();
            let key = Ref::new("#/components/parameters/Idempotency-Key");
            parameters.push(RefOr::Ref(key));
        }
        let responses = &mut operation.responses.responses;
        for (status, answer) in responses.iter_mut() {
            if let RefOr::T(answer) = answer {
                self.add_headers(status, answer);
                if answer.description.is_empty() {
                    answer.description = operation.summary.as_ref().map_or_else(String::new, |text| format!("{text}."));
                }
            }
        }
        let mut refused = BTreeMap::<u16, Vec<&Code>>::new();
        for code in &self.problems {
            refused.entry(code.status()).or_default().push(*code);
        }
        for (status, codes) in refused {
            let answer = match codes.as_slice() {
                [code] => RefOr::Ref(Ref::from_response_name(code.name())),
                codes => problem_response(codes).into(),
            };
            // The answer to a repeated request may be the problem of the first one.
            let answer = match answer {
                RefOr::T(mut answer) if self.is_idempotent && matches!(status, 409 | 503) => {
                    add_headers(&mut answer, ["Idempotent-Replayed"]);
                    answer.into()
                }
                answer => answer,
            };
            responses.entry(status.to_string()).or_insert(answer);
        }
    }

    fn security(&self) -> Vec<SecurityRequirement> {
        let both = ["api_key", "bearer"];
        let with = |schemes: &[&str], scopes: &[&str]| -> Vec<_> {
            schemes.iter().map(|scheme| SecurityRequirement::new(*scheme, scopes.iter().copied())).collect()
        };
        match self.caller {
            Authentication::Unread => Vec::new(),
            Authentication::Optional => [vec![SecurityRequirement::default()], with(&both, &[])].concat(),
            Authentication::Required(permission) => {
                let schemes = if permission.is_for_keys() { &both[..] } else { &both[1..] };
                with(schemes, &[permission.as_str()])
            }
        }
    }

    fn add_headers(&self, status: &str, answer: &mut Response) {
        let limits = ["RateLimit", "RateLimit-Policy"].into_iter().filter(|_| self.counts_calls);
        let replays = ["Idempotent-Replayed"].into_iter().filter(|_| self.is_idempotent && status.starts_with('2'));
        add_headers(answer, limits.chain(replays));
    }
}

/// The response for problems of the same status.
pub(crate) fn problem_response(codes: &[&Code]) -> Response {
    let mut content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let mut texts = Vec::new();
    let mut more = BTreeSet::from(["Content-Language"]);
    for code in codes {
        let name = code.name();
        texts.push(format!("`{name}`: {}.", code.title(Language::English)));
        let example = Ref::new(format!("#/components/examples/{name}"));
        content.examples.insert(name.to_owned(), RefOr::Ref(example));
        more.extend(match code.status() {
            401 => vec!["WWW-Authenticate"],
            409 | 503 => vec!["Retry-After"],
            429 => vec!["RateLimit", "RateLimit-Policy", "Retry-After"],
            _ => Vec::new(),
        });
    }
    let answer = ResponseBuilder::new().description(texts.join(" "));
    let mut answer = answer.content("application/problem+json", content).build();
    add_headers(&mut answer, more);
    answer
}

/// Adds the headers that every response has, and more.
fn add_headers(answer: &mut Response, more: impl IntoIterator<Item = &'static str>) {
    for name in ["X-Process-Time", "X-Request-ID"].into_iter().chain(more) {
        let header = Ref::new(format!("#/components/headers/{name}"));
        answer.headers.entry(name.to_owned()).or_insert(RefOr::Ref(header));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        body::{Idempotent, Params},
        caller::{Balance, Caller, Owned},
        codes::{InsufficientFunds, NotFound},
        parse::Parse,
    };
    use axum::extract::State;
    use domain::order::Order;

    crate::access!(ReadWallet { needs: WalletRead, beside: Balance });
    crate::access!(Buy { needs: OrdersWrite, problems: [InsufficientFunds] });
    crate::access!(ReadOrder { needs: OrdersRead, beside: (Balance, Owned<Order>) });

    #[derive(Parse)]
    #[parse(problems(NotFound))]
    struct Wish {}

    fn completed<T: Extractors>() -> Operation {
        let mut operation = Operation::new();
        operation.responses.responses.insert("200".to_owned(), Response::new("").into());
        T::description().complete(&mut operation);
        operation
    }

    fn statuses(operation: &Operation) -> Vec<&str> {
        operation.responses.responses.keys().map(String::as_str).collect()
    }

    #[test]
    fn an_operation_promises_what_its_extractors_do() {
        let open = completed::<((),)>();
        assert_eq!(statuses(&open), ["200", "500"]);
        assert_eq!(open.security.unwrap().len(), 0);

        let wallet = completed::<((), State<Context>, Caller<ReadWallet>, Params<Wish>)>();
        assert_eq!(statuses(&wallet), ["200", "400", "401", "403", "404", "422", "429", "500", "503"]);
        let security = serde_json::to_value(wallet.security.unwrap()).unwrap();
        assert_eq!(security, serde_json::json!([{"api_key": ["wallet:read"]}, {"bearer": ["wallet:read"]}]));

        let buy = completed::<((), Caller<Buy>, Idempotent<Wish>)>();
        assert_eq!(
            statuses(&buy),
            ["200", "400", "401", "402", "403", "404", "409", "413", "415", "422", "429", "500", "503"]
        );
        let answer = serde_json::to_value(&buy.responses.responses["200"]).unwrap();
        for header in ["Idempotent-Replayed", "RateLimit", "X-Request-ID"] {
            assert!(answer["headers"][header]["$ref"].is_string(), "{header}");
        }
        assert_eq!(buy.parameters.unwrap().len(), 1);

        let order = completed::<((), Caller<ReadOrder>)>();
        assert!(statuses(&order).contains(&"404"), "what is read beside the caller may not be there");
    }
}
