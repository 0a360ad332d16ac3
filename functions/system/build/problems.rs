//! The table of problems in the page of the API reference. The build script writes it, so no function has to.

use serde_json::Value;

/// The rows of the table, by status. Each row has the anchor that problems link to.
pub fn rows(documents: &[Value]) -> String {
    let all = documents.iter().filter_map(|document| document["components"]["examples"].as_object()).flatten();
    let mut codes: Vec<_> = all.collect();
    codes.sort_by_key(|(name, code)| (code["value"]["status"].as_u64(), (*name).clone()));
    // Documents share most codes.
    codes.dedup_by_key(|(name, _)| *name);
    let row = |(name, code): (&String, &Value)| {
        let (status, title, advice) = (&code["value"]["status"], text(&code["summary"]), text(&code["description"]));
        format!(
            "<tr id=\"problem-{name}\"><th scope=\"row\"><a href=\"#problem-{name}\"><code>{name}</code></a></th>\
             <td>{status}</td><td>{title}.</td><td>{advice}</td></tr>\n"
        )
    };
    codes.into_iter().map(row).collect()
}

/// A text of the document as HTML: escaped, with backtick spans as code.
fn text(text: &Value) -> String {
    let escaped = text.as_str().unwrap_or_default().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let parts = escaped.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_are_escaped_before_they_are_marked_up() {
        let code = json!({"summary": "A & B", "description": "a `<b>` & c", "value": {"status": 409}});
        let document = json!({"components": {"examples": {"odd": code}}});
        let rows = rows(&[document.clone(), document]);
        assert_eq!(rows.matches("<tr").count(), 1, "documents may share a code");
        assert!(
            rows.starts_with("<tr id=\"problem-odd\">") && rows.contains("<td>409</td><td>A &amp; B.</td>"),
            "{rows}"
        );
        assert!(rows.contains("<td>a <code>&lt;b&gt;</code> &amp; c</td>"), "{rows}");
    }
}
