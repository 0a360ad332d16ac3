//! The binary of all functions of the back office; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&backoffice::DOMAIN)
}
