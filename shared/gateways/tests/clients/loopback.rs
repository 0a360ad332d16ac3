//! A loopback server that answers by a script, and keeps what it was asked.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// The answer to one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status and a body.
    Full(u16, String),
    /// A head that announces more than follows, and then a closed connection.
    Half,
    /// A closed connection.
    Hangup,
}

impl Reply {
    pub fn ok(body: &impl ToString) -> Self {
        Self::Full(200, body.to_string())
    }
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// The path, with its query.
    pub path: String,
    /// The lines of the head, with names in lower case.
    pub headers: Vec<String>,
    pub body: String,
}

/// The server. It answers requests by the script in turn, and later requests with 500.
pub struct Loopback {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Loopback {
    pub fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), requests: Arc::default() };
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let requests = Arc::clone(&server.requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (script, requests) = (Arc::clone(&script), Arc::clone(&requests));
                std::thread::spawn(move || serve(&stream, &script, &requests));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The method and the path of each request so far.
    pub fn calls(&self) -> Vec<String> {
        self.requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }
}

fn serve(stream: &TcpStream, script: &Mutex<VecDeque<Reply>>, requests: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        requests.lock().unwrap().push(request);
        let ended = Reply::Full(500, "the script has ended".to_owned());
        let (answer, is_last) = match script.lock().unwrap().pop_front().unwrap_or(ended) {
            Reply::Full(status, body) => {
                (format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len()), false)
            }
            Reply::Half => ("HTTP/1.1 200 X\r\ncontent-length: 500\r\n\r\n{\"id\": ".to_owned(), true),
            Reply::Hangup => return,
        };
        let mut writer = stream;
        if writer.write_all(answer.as_bytes()).is_err() || is_last {
            return;
        }
    }
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Request> {
    let mut lines = reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let first = lines.next()?;
    let headers: Vec<_> = lines.collect();
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let length = headers.iter().find_map(|header| header.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, headers, body: String::from_utf8(body).ok()? })
}
