//! The binary of all functions of the wallet; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&wallet::DOMAIN)
}
