//! Writes the endpoints' functions of `template.yaml` from the code.

use namaskah_tests::{surface, template};

fn main() -> std::io::Result<()> {
    std::fs::write(surface::file("template.yaml"), template::template())
}
