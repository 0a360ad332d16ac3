//! The binary of all functions of letters; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&letters::DOMAIN)
}
