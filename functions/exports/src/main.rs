//! The binary of all functions of exports; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&exports::DOMAIN)
}
