//! Writes sample invoices. `cargo run -p namaskah-invoices --example invoice -- out.pdf [language [sample]]` writes
//! one, and `-- <folder>` writes every sample in every language.

mod samples;

use domain::Language;
use samples::{NAMES, sample};
use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = PathBuf::from(arguments.next().ok_or("name a file that ends in .pdf, or a folder")?);
    if path.extension().is_some_and(|ending| ending == "pdf") {
        let language = arguments.next().map_or(Ok(Language::English), |code| code.parse())?;
        let name = arguments.next().unwrap_or_else(|| NAMES[0].to_owned());
        let invoice = sample(&name)?.ok_or_else(|| format!("the samples are {}", NAMES.join(", ")))?;
        std::fs::write(path, invoice_files::render(&invoice, language)?)?;
        return Ok(());
    }
    std::fs::create_dir_all(&path)?;
    for name in NAMES {
        let Some(invoice) = sample(name)? else { continue };
        for language in Language::ALL {
            let file = invoice_files::render(&invoice, *language)?;
            std::fs::write(path.join(format!("{name}-{language}.pdf")), file)?;
        }
    }
    Ok(())
}
