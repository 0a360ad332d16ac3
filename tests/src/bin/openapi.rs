//! Writes `docs/openapi.json` from the code. The system's binary holds that file, so build it again afterwards.

use namaskah_tests::surface;

fn main() -> std::io::Result<()> {
    std::fs::write(surface::file("docs/openapi.json"), surface::document())
}
