//! The binary of all functions of sign-in; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&auth::DOMAIN)
}
