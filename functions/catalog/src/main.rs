//! The binary of the catalog's functions; `_HANDLER` says which one this process is.

fn main() -> Result<(), runtime::Error> {
    api::main(&catalog::DOMAIN)
}
