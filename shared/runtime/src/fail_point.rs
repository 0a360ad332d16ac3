//! Named places where tests kill the process, as a crash would. Release builds have none of this.

/// Dies here by SIGKILL if the test asked for it: the file `$NAMASKAH_LOCAL_DIR/failpoints/<name>` is removed and the process
/// ends, once for each file.
#[cfg(feature = "local")]
pub fn here(name: &str) {
    let Ok(dir) = std::env::var("NAMASKAH_LOCAL_DIR") else { return };
    let file = std::path::Path::new(&dir).join("failpoints").join(name);
    if std::fs::remove_file(&file).is_ok() {
        let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
        // The signal is on its way; nothing may happen before it arrives.
        loop {
            std::thread::park();
        }
    }
}

/// Does nothing outside the local cloud.
#[cfg(not(feature = "local"))]
pub const fn here(_name: &str) {}
