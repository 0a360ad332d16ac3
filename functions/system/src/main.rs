//! The binary of all functions of the system; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&system::DOMAIN)
}
