//! The shared parts of all endpoints: authentication, rate limits, problems, parsing, idempotency keys,
//! headers, request logs, and the OpenAPI document.
//!
//! An endpoint is a function with extractors ([`Caller`], [`Json`], [`Params`], [`Idempotent`]) that returns
//! a value or a [`Problem`]. Nothing here knows an endpoint. The problems that any endpoint may answer are
//! declared here; their texts are in `text`.

mod anonymous;
mod around;
mod binary;
mod body;
mod caller;
mod compress;
mod conditional;
mod cors;
mod deadline;
mod describe;
mod endpoint;
mod function;
mod gateway;
mod headers;
mod language;
mod limits;
#[cfg(feature = "document")]
mod openapi;
mod origin;
mod page;
pub mod parse;
mod problem;
mod requested;
mod unstored;

pub use anonymous::{AddressLimit, AttemptLimit, ProcessLimit};
pub use around::{AsIs, Waited};
pub use binary::{Api, Domain, main};
pub use body::{Idempotent, Json, Params, PathId, PathIds, REPLAYED};
pub use caller::{Access, Balance, Balances, Beside, Caller, Owned, PathParams, Visitor};
pub use compress::accepts_gzip;
pub use conditional::conditional;
pub use deadline::Deadline;
#[cfg(feature = "document")]
pub use describe::described;
pub use describe::{Describe, Description, Extractors};
pub use endpoint::{Endpoint, any_route, router, service, with_route};
pub use function::FunctionSettings;
pub use gateway::Event;
pub use http_derive::{field_errors, problems, texts};
pub use language::{ByLanguage, Language, PageLanguage};
pub use limits::Meter;
#[cfg(feature = "document")]
pub use openapi::document;
pub use origin::{Origin, StaffNetwork};
pub use page::{Listed, PageParams};
pub use parse::{Between, Fault, FieldError, Label, Labels, List, NotALabel, Parse, labels_schema};
pub use problem::{Code, Example, Part, Problem, ProblemBody, Text, codes};
pub use requested::Requested;
pub use unstored::Unstored;

pub use axum;
pub use domain;
pub use pastey;
pub use utoipa;

// The code that the macros generate uses this name of the crate.
extern crate self as api;
