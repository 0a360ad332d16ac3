//! The binary of all functions of verifications; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&verifications::DOMAIN)
}
