//! The binary of the audit trail's worker.

fn main() -> Result<(), runtime::Error> {
    api::main(&audit::DOMAIN)
}
