//! The binary of the system's functions; `_HANDLER` says which one this process is.

fn main() -> Result<(), runtime::Error> {
    api::main(&system::DOMAIN)
}
