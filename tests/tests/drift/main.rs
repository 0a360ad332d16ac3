//! Code, `docs/openapi.json`, `template.yaml`, `docs/runbook.md` and `events/` are consistent. Nothing here
//! needs a cloud.

#![allow(clippy::unwrap_used, reason = "tests")]

mod codes;
mod document;
mod edge;
mod events;
mod operations;
mod roles;
mod routes;
mod runbook;
mod sandbox;
mod settings;
mod template;
mod workers;

use namaskah_tests::surface;

/// The content of a file of this repository.
fn text_of(name: &str) -> String {
    std::fs::read_to_string(surface::file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
