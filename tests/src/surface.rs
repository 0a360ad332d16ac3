//! What the product offers: every domain's endpoints, and the document that they make.

use api::Endpoint;
use std::path::{Path, PathBuf};

/// Every domain's endpoints, by the name of its binary.
pub fn domains() -> [(&'static str, Vec<Endpoint>); 4] {
    [
        ("catalog", catalog::endpoints()),
        ("verifications", verifications::endpoints()),
        ("wallet", wallet::endpoints()),
        ("system", system::endpoints()),
    ]
}

/// The OpenAPI document as it is committed: indented, with a newline at its end.
pub fn document() -> String {
    let document = api::document(domains().into_iter().flat_map(|(_, endpoints)| endpoints));
    let mut text = serde_json::to_string_pretty(&document).expect("the document is made of texts, numbers and maps");
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
