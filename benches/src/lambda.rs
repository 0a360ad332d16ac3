//! Runs one function process under the Runtime API: starts, calls, measures and ends it. It is
//! independent of endpoints and budgets.

use crate::{
    Fault,
    http::{self, Answer, Handler, Request},
    wire::{Usage, Wire},
};
use std::{
    io::Read,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

/// A timeout beyond any start or call, even of the slow languages.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program and the endpoint that it serves.
#[derive(Clone, Debug)]
pub struct Function {
    /// The command line.
    pub command: Vec<String>,
    /// `_HANDLER`.
    pub handler: String,
    /// Its own environment variables.
    pub env: Vec<(String, String)>,
}

/// An answered call.
pub struct Call {
    /// Time from sending the event to the complete answer.
    pub total: Duration,
    /// The same without the time that the fake services took.
    pub own: Duration,
    /// Calls to AWS and the supplier.
    pub usage: Usage,
    /// The answer.
    pub body: Vec<u8>,
}

/// A process of a function.
pub struct Process {
    child: Child,
    nexts: Receiver<Instant>,
    events: Sender<Vec<u8>>,
    answers: Receiver<Answered>,
    wire: Arc<Wire>,
    logged: Arc<AtomicU64>,
    /// Time from the start to the first `next`.
    pub init: Duration,
    /// The part of it in which the main thread had a processor, which is what remains on an idle
    /// machine.
    pub init_on_cpu: Duration,
    calls: u64,
}

struct Answered {
    sent: Instant,
    done: Instant,
    body: Vec<u8>,
    well: bool,
}

struct RuntimeApi {
    nexts: Mutex<Sender<Instant>>,
    events: Mutex<Receiver<Vec<u8>>>,
    sent: Mutex<Instant>,
    answers: Mutex<Sender<Answered>>,
}

/// A lock is held for one statement only, so a thread that panicked left no inconsistent state.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Handler for RuntimeApi {
    fn answer(&self, request: Request) -> Option<Answer> {
        if request.path.ends_with("/invocation/next") {
            held(&self.nexts).send(request.began).ok()?;
            let event = held(&self.events).recv().ok()?;
            let deadline = crate::fixtures::now().plus(PATIENCE).millis();
            let headers = vec![
                ("Content-Type", "application/json".to_owned()),
                ("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned()),
                ("Lambda-Runtime-Deadline-Ms", deadline.to_string()),
                (
                    "Lambda-Runtime-Invoked-Function-Arn",
                    "arn:aws:lambda:us-east-1:123456789012:function:bench".to_owned(),
                ),
                ("Lambda-Runtime-Trace-Id", "Root=1-6b016ba0-da1fd106afb396d1c1ddf606;Sampled=0".to_owned()),
            ];
            *held(&self.sent) = Instant::now();
            return Some(Answer { status: 200, headers, body: event });
        }
        let (sent, done) = (*held(&self.sent), Instant::now());
        let well = request.path.ends_with("/response");
        held(&self.answers).send(Answered { sent, done, body: request.body, well }).ok()?;
        Some(Answer { status: 202, headers: Vec::new(), body: Vec::new() })
    }
}

impl Process {
    /// Starts a function and waits until it requests its first event.
    pub fn start(function: &Function, wire: &Arc<Wire>) -> Result<Self, Fault> {
        let ((next_in, nexts), (events, event_out), (answer_in, answers)) = (channel(), channel(), channel());
        let api = Arc::new(RuntimeApi {
            nexts: Mutex::new(next_in),
            events: Mutex::new(event_out),
            sent: Mutex::new(Instant::now()),
            answers: Mutex::new(answer_in),
        });
        let port = http::serve(api)?;
        let (program, arguments) = function.command.split_first().ok_or("an empty command")?;
        let mut command = Command::new(program);
        command.args(arguments).env_clear().stdout(Stdio::piped()).stdin(Stdio::null());
        command.envs(function.env.iter().map(|(name, value)| (name, value)));
        command.env("PATH", std::env::var("PATH").unwrap_or_default());
        for (name, value) in [
            ("_HANDLER", function.handler.as_str()),
            ("AWS_LAMBDA_RUNTIME_API", &format!("127.0.0.1:{port}")),
            ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "bench"),
            ("AWS_SECRET_ACCESS_KEY", "bench"),
            ("AWS_SESSION_TOKEN", "bench"),
            ("AWS_ENDPOINT_URL", &wire.url()),
            ("FIVESIM_BASE_URL", &format!("{}/v1", wire.url())),
        ] {
            command.env(name, value);
        }
        let started = Instant::now();
        let mut child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
        let logged = Arc::new(AtomicU64::new(0));
        if let Some(out) = child.stdout.take() {
            let logged = Arc::clone(&logged);
            std::thread::spawn(move || count_bytes(out, &logged));
        }
        let mut process = Self {
            child,
            nexts,
            events,
            answers,
            wire: Arc::clone(wire),
            logged,
            init: Duration::ZERO,
            init_on_cpu: Duration::ZERO,
            calls: 0,
        };
        process.init = process.next()?.saturating_duration_since(started);
        let schedule = std::fs::read_to_string(format!("/proc/{}/schedstat", process.child.id())).unwrap_or_default();
        let nanoseconds = schedule.split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or_default();
        process.init_on_cpu = Duration::from_nanos(nanoseconds);
        process.wire.take();
        Ok(process)
    }

    fn next(&mut self) -> Result<Instant, Fault> {
        self.nexts.recv_timeout(PATIENCE).map_err(|_| "the function never requested an event".into())
    }

    /// Sends an event and waits for its answer, and until the function is ready again.
    pub fn call(&mut self, event: &serde_json::Value) -> Result<Call, Fault> {
        self.events.send(serde_json::to_vec(event)?)?;
        let answer = self.answers.recv_timeout(PATIENCE).map_err(|_| "the function never answered")?;
        self.next()?;
        self.calls += 1;
        if !answer.well {
            return Err(format!("the function failed: {}", String::from_utf8_lossy(&answer.body)).into());
        }
        let total = answer.done.saturating_duration_since(answer.sent);
        let usage = self.wire.take();
        Ok(Call { total, own: total.saturating_sub(usage.think_time), usage, body: answer.body })
    }

    /// The peak memory of the process in kilobytes (`VmHWM`).
    pub fn peak_kilobytes(&self) -> Result<u32, Fault> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
        Ok(line.split_whitespace().next().ok_or("no VmHWM")?.parse()?)
    }

    /// Average log bytes per call.
    pub fn log_bytes_a_call(&self) -> u64 {
        self.logged.load(Ordering::Relaxed) / self.calls.max(1)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may already have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn count_bytes(mut out: impl Read, logged: &AtomicU64) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = out.read(&mut buffer) {
        logged.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
    }
}
