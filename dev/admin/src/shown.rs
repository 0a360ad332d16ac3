//! How answers and failures are printed.

use crate::Failure;
use serde_json::{Value, json};
use std::{
    io::{BufRead, IsTerminal, Write},
    process::ExitCode,
};

/// What a command answers.
pub struct Answer {
    /// An object, or a list of objects.
    pub value: Value,
    /// Whether everything is as it should be. A proof that fails answers, too.
    pub is_well: bool,
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self { value, is_well: true }
    }
}

/// Prints an answer.
pub fn answer(answer: &Answer, as_json: bool) -> Result<ExitCode, Failure> {
    let text = match &answer.value {
        value if as_json => object(value).to_string(),
        Value::Array(rows) if rows.is_empty() => "nothing".to_owned(),
        Value::Array(rows) => rows.iter().map(fields).collect::<Vec<_>>().join("\n\n"),
        value => fields(value),
    };
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(if answer.is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints why a command did nothing.
pub fn failure(text: &str, as_json: bool) -> ExitCode {
    let line = if as_json { json!({ "error": text }).to_string() } else { format!("✗ {}", visible(text)) };
    // If the terminal is gone, the exit code has to do.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
    ExitCode::FAILURE
}

/// Asks a person; fails without a terminal.
pub fn confirm(what: &str) -> Result<(), Failure> {
    let refused = |why: &str| Err(Failure::Refused(format!("{what}: {why}")));
    if !std::io::stdin().is_terminal() {
        return refused("repeat the command with --yes");
    }
    write!(std::io::stderr().lock(), "{what}. Type yes to go on: ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    if line.trim() == "yes" { Ok(()) } else { refused("nothing was done") }
}

/// With `--json` there is always one object.
fn object(value: &Value) -> Value {
    if value.is_array() { json!({ "items": value }) } else { value.clone() }
}

/// One line for each field.
fn fields(value: &Value) -> String {
    let Value::Object(fields) = value else { return plain(value) };
    let width = fields.keys().map(String::len).max().unwrap_or(0);
    let line = |(name, value): (&String, &Value)| format!("{name:width$}  {}", plain(value));
    fields.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => visible(text),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

/// The text on one line. What customers and suppliers wrote must not control the terminal or look like another field.
fn visible(text: &str) -> String {
    let escaped = |c: char| -> String { if c.is_control() { c.escape_default().collect() } else { c.to_string() } };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_and_controls_nothing() {
        let value = json!({ "reason": "x\u{1b}[2J\nid  usr_FORGED", "id": "ok é" });
        assert_eq!(fields(&value), "id      ok é\nreason  x\\u{1b}[2J\\nid  usr_FORGED");
    }

    #[test]
    fn answers_are_lines_for_people_and_one_object_for_programs() {
        let value = json!({ "id": "usr_1", "active": true, "reason": null });
        assert_eq!(fields(&value), "active  true\nid      usr_1\nreason  -");
        assert_eq!(object(&json!([value])), json!({ "items": [value] }));
        assert_eq!(object(&value), value);
    }
}
