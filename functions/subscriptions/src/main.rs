//! The binary of all functions of subscriptions; `_HANDLER` selects one.

fn main() -> Result<(), runtime::Error> {
    api::main(&subscriptions::DOMAIN)
}
