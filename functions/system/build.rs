//! Prepares the served files: each with its compressed form and its tag, so that no function does it at its start.

#[path = "build/problems.rs"]
mod problems;

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{
    env,
    error::Error,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

const DOCUMENT: &str = "../../docs/openapi.json";
/// The document of the API for staff is not served, but its problems link to the page, too.
const STAFF: &str = "../../docs/openapi-staff.json";
const ASSETS: &str = "assets";
/// The page, in which the table of problems has a place.
const PAGE: &str = "index.html";
const PROBLEMS_HERE: &str = "<!-- problems -->";

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let document = fs::read_to_string(DOCUMENT)?;
    prepare(&out, "openapi.json", &document)?;
    for entry in fs::read_dir(ASSETS)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let (name, mut text) = (name.to_str().ok_or("a name that is not UTF-8")?, fs::read_to_string(path)?);
        if name == PAGE {
            let documents = [serde_json::from_str(&document)?, serde_json::from_str(&fs::read_to_string(STAFF)?)?];
            text = text.replace(PROBLEMS_HERE, &problems::rows(&documents));
        }
        prepare(&out, name, &text)?;
    }
    for source in [DOCUMENT, STAFF, ASSETS, "build"] {
        println!("cargo:rerun-if-changed={source}");
    }
    Ok(())
}

/// Writes a file, its compressed form, and its tag. The tag is weak, because both forms have it.
fn prepare(out: &Path, name: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    fs::write(out.join(name), text)?;
    fs::write(out.join(format!("{name}.gz")), encoder.finish()?)?;
    let digest = Sha256::digest(text.as_bytes());
    fs::write(out.join(format!("{name}.tag")), format!("W/\"{}\"", hex::encode(&digest[..12])))?;
    Ok(())
}
