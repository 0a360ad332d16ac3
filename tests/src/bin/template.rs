//! Writes the endpoints' functions of the templates from the code.

use namaskah_tests::{surface, template};

fn main() -> std::io::Result<()> {
    let mut all = template::GENERATED.into_iter();
    all.try_for_each(|generated| std::fs::write(surface::file(generated.0), template::template(generated)))
}
