//! Writes the OpenAPI documents from the code. The system's binary embeds that of customers, so rebuild it afterwards.

use namaskah_tests::surface;

fn main() -> std::io::Result<()> {
    surface::DOCUMENTS
        .into_iter()
        .try_for_each(|(name, api)| std::fs::write(surface::file(name), surface::document(api)))
}
