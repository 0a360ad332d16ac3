//! Writes `docs/openapi.json` from the code. The system's binary embeds that file, so rebuild it afterwards.

use namaskah_tests::surface;

fn main() -> std::io::Result<()> {
    std::fs::write(surface::file("docs/openapi.json"), surface::document())
}
