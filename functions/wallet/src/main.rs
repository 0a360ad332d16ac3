//! The binary of the wallet's functions; `_HANDLER` says which one this process is.

fn main() -> Result<(), runtime::Error> {
    api::main(&wallet::DOMAIN)
}
