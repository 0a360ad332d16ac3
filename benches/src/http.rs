//! A minimal HTTP/1.1 server on loopback: complete requests in, complete answers out, connections
//! kept open. It does not interpret requests. It uses plain threads, so that no async runtime
//! competes with the function.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    time::Instant,
};

/// A complete request.
pub struct Request {
    /// Path and query.
    pub path: String,
    /// The `X-Amz-Target` header, or an empty string.
    pub target: String,
    /// The body.
    pub body: Vec<u8>,
    /// When its first line arrived.
    pub began: Instant,
}

/// An answer.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers besides the length.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Answers requests, on one thread per connection. `None` closes the connection.
pub trait Handler: Send + Sync + 'static {
    /// Answers one request.
    fn answer(&self, request: Request) -> Option<Answer>;
}

/// Listens on a free loopback port until the process ends; returns the port.
pub fn serve<H: Handler>(handler: Arc<H>) -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handler = Arc::clone(&handler);
            // Errors of a connection are ignored, because they fail the function's call.
            std::thread::spawn(move || connection(&stream, handler.as_ref()));
        }
    });
    Ok(port)
}

fn connection(stream: &TcpStream, handler: &dyn Handler) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    let mut writer = stream;
    while let Some(request) = read(&mut reader)? {
        let Some(answer) = handler.answer(request) else { return Ok(()) };
        writer.write_all(&encode(&answer))?;
    }
    Ok(())
}

fn encode(answer: &Answer) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} X\r\nContent-Length: {}\r\n", answer.status, answer.body.len());
    for (name, value) in &answer.headers {
        // Writing to a string does not fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&answer.body);
    bytes
}

fn read(reader: &mut impl BufRead) -> Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let began = Instant::now();
    let path = line.split_whitespace().nth(1).ok_or_else(malformed)?.to_owned();
    let (mut length, mut chunked, mut target) = (0, false, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(|_| malformed())?,
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "x-amz-target" => value.clone_into(&mut target),
            _ => {}
        }
    }
    let body = if chunked { read_chunks(reader)? } else { read_exactly(reader, length)? };
    Ok(Some(Request { path, target, body, began }))
}

fn read_exactly(reader: &mut impl Read, length: usize) -> Result<Vec<u8>> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

fn read_chunks(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| malformed())?;
        if size == 0 {
            // Trailers, then an empty line.
            while reader.read_line(&mut String::new())? > 2 {}
            return Ok(body);
        }
        body.extend(read_exactly(reader, size)?);
        reader.read_line(&mut String::new())?;
    }
}

fn malformed() -> Error {
    Error::new(ErrorKind::InvalidData, "not an HTTP request")
}
