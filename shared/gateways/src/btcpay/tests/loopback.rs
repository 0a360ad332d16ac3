//! A loopback server that answers by a script.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// The server. It answers requests by the script in turn, and later ones with 500.
pub(super) struct Loopback {
    pub(super) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request that came.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Method and path.
    pub(super) line: String,
    pub(super) authorization: String,
    pub(super) body: String,
}

type Script = Arc<Mutex<VecDeque<(u16, String)>>>;

impl Loopback {
    pub(super) fn start(script: impl IntoIterator<Item = (u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script: Script = Arc::new(Mutex::new(script.into_iter().collect()));
        let requests = Arc::default();
        let server = Self { url, requests: Arc::clone(&requests) };
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (script, requests) = (Arc::clone(&script), Arc::clone(&requests));
                std::thread::spawn(move || serve(&stream, &script, &requests));
            }
        });
        server
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// Method and path of each request.
    pub(super) fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.line).collect()
    }
}

fn serve(stream: &TcpStream, script: &Script, requests: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        requests.lock().unwrap().push(request);
        let next = script.lock().unwrap().pop_front();
        let (status, body) = next.unwrap_or((500, "the script has ended".to_owned()));
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let mut writer = stream;
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let header = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    let mut body = vec![0; header("content-length: ").parse().unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let line = lines.first()?.trim_end_matches(" HTTP/1.1").to_owned();
    Some(Request { line, authorization: header("authorization: "), body: String::from_utf8(body).ok()? })
}
