//! The binary of all functions of invoices; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&invoices::DOMAIN)
}
