//! Whoever lays siege: starts the process, hears every line of it, and kills it.

use crate::{life::Life, line::Line, record::Record};
use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// A process that says nothing for so long has hung: not a measure of speed, but the end of patience.
const PATIENCE: Duration = Duration::from_mins(2);

/// The process while it lives. It is killed when this is dropped.
#[derive(Debug)]
pub struct Besieged {
    child: Child,
    lines: Receiver<Line>,
}

impl Besieged {
    /// Starts `life` in the program `binary`.
    pub fn start(binary: &str, life: &Life, record: &mut Record) -> Self {
        Self::start_by(Command::new(binary), life, record)
    }

    /// Starts `life` by a command that ends in the program, such as a tracer's.
    pub fn start_by(mut command: Command, life: &Life, record: &mut Record) -> Self {
        record.begins();
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the besieged process starts");
        let told = serde_json::to_vec(life).unwrap();
        child.stdin.take().unwrap().write_all(&told).expect("it reads its life");
        let (to, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = to.send(line.parse().expect("a line that is known"));
            }
        });
        Self { child, lines }
    }

    /// Hears up to `lines` lines; whether the process is still there.
    pub fn hear(&mut self, record: &mut Record, lines: u64) -> bool {
        (0..lines).all(|_| self.hear_one(record).is_some())
    }

    /// Hears one line; `None` at its end.
    pub fn hear_one(&mut self, record: &mut Record) -> Option<Line> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => {
                record.hear(line.clone());
                Some(line)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("the besieged process hangs"),
        }
    }

    /// Kills it with SIGKILL, and hears what it had said before.
    pub fn kill(mut self, record: &mut Record) {
        self.child.kill().expect("it can be killed");
        while self.hear_one(record).is_some() {}
        record.ended();
    }

    /// Hears it to its end; how it ended, and what it complained of.
    pub fn end(mut self, record: &mut Record) -> (ExitStatus, String) {
        while self.hear_one(record).is_some() {}
        let mut complaint = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
        (self.child.wait().unwrap(), complaint)
    }

    /// Hears it to its end, which must be a good one.
    pub fn finish(self, record: &mut Record) {
        let (status, complaint) = self.end(record);
        assert!(status.success(), "{status}: {complaint}");
    }
}

impl Drop for Besieged {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
