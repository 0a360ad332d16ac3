//! The zip of an export, written to disk part by part, so that memory does not grow with the number of orders.
//!
//! A zip takes one file at a time. Tables that belong to the same records as a JSON list are written beside it, and
//! added afterwards.

use crate::scratch::Scratch;
use serde::Serialize;
use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::Path,
};
use thiserror::Error;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The zip could not be written.
#[derive(Debug, Error)]
pub(crate) enum ArchiveError {
    #[error("the zip: {0}")]
    Zip(#[from] ZipError),
    #[error("the disk: {0}")]
    Disk(#[from] io::Error),
    #[error("a record: {0}")]
    Json(#[from] serde_json::Error),
    #[error("a table: {0}")]
    Csv(#[from] csv::Error),
}

/// A zip that is being written.
pub(crate) struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    /// Whether the current list has a record.
    has_record: bool,
}

/// A table that is written beside the zip.
pub(crate) struct Table {
    name: &'static str,
    rows: csv::Writer<File>,
    scratch: Scratch,
}

impl Archive {
    /// A new zip at this place.
    pub(crate) fn create(scratch: &Scratch) -> Result<Self, ArchiveError> {
        Ok(Self { zip: ZipWriter::new(BufWriter::new(scratch.create()?)), has_record: false })
    }

    /// Adds a file.
    pub(crate) fn file(&mut self, name: &str, text: &[u8]) -> Result<(), ArchiveError> {
        self.begin(name)?;
        Ok(self.zip.write_all(text)?)
    }

    /// Adds a file with one record.
    pub(crate) fn record(&mut self, name: &str, record: &impl Serialize) -> Result<(), ArchiveError> {
        self.begin(name)?;
        Ok(serde_json::to_writer_pretty(&mut self.zip, record)?)
    }

    /// Begins a file with a list of records.
    pub(crate) fn begin_list(&mut self, name: &str) -> Result<(), ArchiveError> {
        self.begin(name)?;
        self.has_record = false;
        Ok(self.zip.write_all(b"[")?)
    }

    /// Adds a record to the list.
    pub(crate) fn push(&mut self, record: &impl Serialize) -> Result<(), ArchiveError> {
        self.zip.write_all(if self.has_record { b",\n" } else { b"\n" })?;
        self.has_record = true;
        Ok(serde_json::to_writer(&mut self.zip, record)?)
    }

    /// Ends the list.
    pub(crate) fn end_list(&mut self) -> Result<(), ArchiveError> {
        Ok(self.zip.write_all(b"\n]\n")?)
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, table: Table) -> Result<(), ArchiveError> {
        let Table { name, mut rows, scratch } = table;
        rows.flush()?;
        self.begin(name)?;
        copy(scratch.path(), &mut self.zip)
    }

    /// Ends the zip, which is complete on disk afterwards.
    pub(crate) fn finish(self) -> Result<(), ArchiveError> {
        Ok(self.zip.finish()?.flush()?)
    }

    fn begin(&mut self, name: &str) -> Result<(), ArchiveError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        Ok(self.zip.start_file(name, options)?)
    }
}

impl Table {
    /// A new table; `scratch` holds its rows until it is added.
    pub(crate) fn create(name: &'static str, scratch: Scratch, header: &[&str]) -> Result<Self, ArchiveError> {
        let mut rows = csv::Writer::from_writer(scratch.create()?);
        rows.write_record(header)?;
        Ok(Self { name, rows, scratch })
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, cells: &[String]) -> Result<(), ArchiveError> {
        Ok(self.rows.write_record(cells)?)
    }
}

/// A text from outside as a cell. Programs for spreadsheets would compute one that looks like a formula.
pub(crate) fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn copy(from: &Path, to: &mut impl Write) -> Result<(), ArchiveError> {
    let (mut file, mut buffer) = (File::open(from)?, vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        to.write_all(buffer.get(..read).unwrap_or_default())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use zip::ZipArchive;

    fn read(archive: &mut ZipArchive<File>, name: &str) -> String {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn lists_and_tables_are_read_back() {
        let scratch = Scratch::named("namaskah-archive-test.zip");
        let mut archive = Archive::create(&scratch).unwrap();
        archive.file("README.txt", "Akwaaba ₵".as_bytes()).unwrap();
        let name = "namaskah-archive-test.csv";
        let mut table = Table::create("orders.csv", Scratch::named(name), &["id", "text"]).unwrap();
        archive.begin_list("orders.json").unwrap();
        for n in 0..3 {
            archive.push(&json!({ "n": n, "text": "a \"b\", c" })).unwrap();
            table.push(&[n.to_string(), cell("=1+1, \"x\"")]).unwrap();
        }
        archive.end_list().unwrap();
        archive.table(table).unwrap();
        archive.begin_list("empty.json").unwrap();
        archive.end_list().unwrap();
        archive.finish().unwrap();

        let mut archive = ZipArchive::new(File::open(scratch.path()).unwrap()).unwrap();
        assert_eq!(read(&mut archive, "README.txt"), "Akwaaba ₵");
        let orders: Value = serde_json::from_str(&read(&mut archive, "orders.json")).unwrap();
        assert_eq!((orders.as_array().unwrap().len(), &orders[2]["n"]), (3, &json!(2)));
        assert_eq!(serde_json::from_str::<Value>(&read(&mut archive, "empty.json")).unwrap(), json!([]));
        let table = read(&mut archive, "orders.csv");
        assert_eq!(table.lines().collect::<Vec<_>>()[..2], ["id,text", "0,\"'=1+1, \"\"x\"\"\""]);
        let path = scratch.path().to_owned();
        drop(scratch);
        assert!(!path.exists() && !std::env::temp_dir().join(name).exists(), "nothing is left on the disk");
    }
}
