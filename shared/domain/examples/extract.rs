//! Reads JSON lines `{"message": "…"}` from standard input and prints `{"code": …}` for each: the code, or `null`.
//!
//! With `--explain` each line has the candidates too. An invalid line gives `{"code": null,
//! "error": "…"}`.

use namaskah_domain::code::{Candidate, extract};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufWriter, Write};

#[derive(Deserialize)]
struct Input {
    message: String,
}

#[derive(Default, Serialize)]
struct Output {
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<Candidate>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn read(line: &[u8], explain: bool) -> Output {
    match serde_json::from_slice::<Input>(line) {
        Ok(input) => {
            let found = extract(&input.message);
            Output { code: found.code, candidates: explain.then_some(found.candidates), error: None }
        }
        Err(error) => Output { error: Some(error.to_string()), ..Output::default() },
    }
}

fn main() -> io::Result<()> {
    let explain = std::env::args().any(|argument| argument == "--explain");
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        serde_json::to_writer(&mut output, &read(&line, explain))?;
        output.write_all(b"\n")?;
    }
    output.flush()
}
