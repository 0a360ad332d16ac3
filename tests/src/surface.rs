//! What the product offers: its domains, and the document that they make.

use api::{Api, Domain};
use std::path::{Path, PathBuf};

/// Every domain, in the order in which a reader of the document meets them.
pub static DOMAINS: [&Domain; 4] = [&catalog::DOMAIN, &verifications::DOMAIN, &wallet::DOMAIN, &system::DOMAIN];

/// The OpenAPI document as it is committed: indented, with a newline at its end.
pub fn document() -> String {
    let document = api::document(Api::Public, &DOMAINS);
    let mut text = serde_json::to_string_pretty(&document).expect("the document is made of strings, numbers and maps");
    text.push('\n');
    text
}

/// A file of the repository.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// The text of all code that runs in functions.
pub fn code() -> String {
    let (mut folders, mut code) = (vec![file("functions"), file("shared")], String::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                code.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    code
}
