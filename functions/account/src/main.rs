//! The binary of all functions of the account; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&account::DOMAIN)
}
