//! A desk that is served by the real binary, and calling it.

use crate::kebei;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long anything may take before a test gives up; nothing is asserted of times.
const PATIENCE: Duration = Duration::from_mins(1);

/// A process that serves; killed when it is dropped.
pub(crate) struct Served {
    child: Child,
    /// Where, such as `127.0.0.1:4711`.
    pub(crate) address: String,
    /// What it printed until it served.
    pub(crate) printed: String,
    log: mpsc::Receiver<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Served {
    /// Starts the call, and waits for it to print where it serves and, after that, the line that has `last` in it.
    pub(crate) fn by(mut command: Command, last: &str) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (tell, log) = mpsc::channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut printed = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        while !printed.lines().last().is_some_and(|line| line.contains(last)) {
            let read = out.read_line(&mut printed).unwrap();
            assert!(read > 0, "it ended: {printed}\n{:?}", log.try_iter().collect::<Vec<_>>());
        }
        // Kept open, as a terminal is.
        thread::spawn(move || out.read_to_end(&mut Vec::new()));
        let at = printed.split("http://").nth(1).unwrap();
        let address =
            at.split(|c: char| !(c.is_ascii_digit() || ".:".contains(c))).next().unwrap().to_owned();
        Self { child, address, printed, log }
    }

    /// A call on the desk in that folder, on a free port.
    pub(crate) fn desk(folder: &std::path::Path, more: &[&str]) -> Command {
        let mut command = kebei(&["serve", "--lang", "en", "--listen", "127.0.0.1:0"]);
        command.args(more).arg("--data").arg(folder.join("desk"));
        for name in ["KEBEI_DATABASE", "KEBEI_MASTER_KEY", "KEBEI_MASTER_KEY_FILE", "KEBEI_CONFIG"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn get(&self, path: &str) -> Answered {
        get(&self.address, path)
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let killed = Command::new("kill").arg(format!("-{signal}")).arg(self.child.id().to_string()).status();
        assert!(killed.unwrap().success());
    }

    /// Waits for it to end; how it did, and what it logged.
    pub(crate) fn ended(mut self) -> (ExitStatus, Vec<String>) {
        let status = self.child.wait().unwrap();
        (status, self.log.iter().collect())
    }

    /// Waits for an event in the log.
    pub(crate) fn logged(&self, event: &str) -> String {
        loop {
            let line = self.log.recv_timeout(PATIENCE).unwrap();
            if line.contains(event) {
                return line;
            }
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn get(address: &str, path: &str) -> Answered {
    call(address, "GET", path, "")
}

/// The same with any method, and more lines of the head.
pub(crate) fn call(address: &str, method: &str, path: &str, more: &str) -> Answered {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: desk\r\n{more}Connection: close\r\n\r\n").unwrap();
    answer(stream)
}

/// Reads the answer to the end of the connection.
pub(crate) fn answer(mut stream: TcpStream) -> Answered {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answered { status, head: head.to_owned(), body: body.to_owned() }
}
