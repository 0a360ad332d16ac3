//! A loopback server that answers by a script, byte for byte: late, incomplete, or not at all.

#![allow(dead_code, reason = "each suite uses its own part of it")]

use std::{
    collections::VecDeque,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

/// The answer to one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status, a content type and a body.
    Full(u16, &'static str, String),
    /// A head that announces more than follows, and then a closed connection.
    Half,
    /// A closed connection.
    Hangup,
    /// No answer; the connection stays open.
    Silence,
    /// A status with one extra header and no body.
    Header(u16, &'static str),
}

impl Reply {
    pub fn json(body: impl Into<String>) -> Self {
        Self::Full(200, "application/json", body.into())
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self::Full(status, "text/plain; charset=utf-8", body.to_owned())
    }

    pub fn page(status: u16) -> Self {
        Self::Full(status, "text/html", format!("<html><h1>{status} Bad Gateway</h1></html>"))
    }
}

/// The server. It answers requests by the script in turn, and later requests with 500.
#[derive(Clone)]
pub struct Loopback {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Loopback {
    pub fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), heads: Arc::default() };
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let heads = Arc::clone(&server.heads);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (script, heads) = (Arc::clone(&script), Arc::clone(&heads));
                std::thread::spawn(move || serve(stream, &script, &heads));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// The complete head of each request so far.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// The path of each request so far.
    pub fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| head.split(' ').nth(1).unwrap().to_owned()).collect()
    }
}

fn serve(mut stream: TcpStream, script: &Mutex<VecDeque<Reply>>, heads: &Mutex<Vec<String>>) {
    while let Some(head) = read_head(&mut stream) {
        heads.lock().unwrap().push(head);
        let reply = script.lock().unwrap().pop_front().unwrap_or_else(|| Reply::text(500, "the script has ended"));
        let answer = match reply {
            Reply::Full(status, kind, body) => {
                format!("HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
            }
            Reply::Header(status, header) => format!("HTTP/1.1 {status} X\r\n{header}\r\ncontent-length: 0\r\n\r\n"),
            Reply::Half => {
                let _ = stream.write_all(b"HTTP/1.1 200 X\r\ncontent-length: 500\r\n\r\n{\"id\": 1");
                return;
            }
            Reply::Hangup => return,
            Reply::Silence => {
                // Longer than any deadline of these tests; then the thread ends with its
                // connection.
                std::thread::sleep(Duration::from_secs(5));
                return;
            }
        };
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}
