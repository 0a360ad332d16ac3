//! The binary of all functions of the catalog; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&catalog::DOMAIN)
}
