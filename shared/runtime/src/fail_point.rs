//! Named places where tests kill the process, to simulate a crash. Release builds do not contain them.

/// Kills the process by SIGKILL if the file `$NAMASKAH_LOCAL_DIR/failpoints/<name>` exists. The file is
/// removed first, so it kills one process.
#[cfg(feature = "local")]
pub fn here(name: &str) {
    let Ok(dir) = std::env::var("NAMASKAH_LOCAL_DIR") else { return };
    let file = std::path::Path::new(&dir).join("failpoints").join(name);
    if std::fs::remove_file(&file).is_ok() {
        let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
        // Nothing may happen before the signal arrives.
        loop {
            std::thread::park();
        }
    }
}

/// Does nothing outside the local cloud.
#[cfg(not(feature = "local"))]
pub const fn here(_name: &str) {}
