//! The binary of all functions of payments; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&payments::DOMAIN)
}
