//! The binary of all functions of API keys; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&keys::DOMAIN)
}
