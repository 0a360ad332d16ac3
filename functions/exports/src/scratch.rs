//! Files of a run on the function's own disk. They go with the run, because the next one may be another person's.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// A file that is removed when it goes out of use.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A file with this name. Nothing is written yet.
    pub(crate) fn named(name: &str) -> Self {
        Self(std::env::temp_dir().join(name))
    }

    /// The file, empty.
    pub(crate) fn create(&self) -> io::Result<File> {
        File::create(&self.0)
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It may never have been written.
        let _ = fs::remove_file(&self.0);
    }
}
