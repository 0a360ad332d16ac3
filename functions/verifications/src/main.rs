//! The binary of the verifications' functions; `_HANDLER` says which one this process is.

fn main() -> Result<(), runtime::Error> {
    api::main(&verifications::DOMAIN)
}
