//! Whoever lays siege: starts the process, hears every line of it, and kills it.

use crate::{life::Life, line::Line, record::Record};
use std::{
    hint::black_box,
    io::{BufRead, BufReader, Read, Write},
    os::unix::process::ExitStatusExt,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

/// A process that says nothing for so long has hung: not a measure of speed, but the end of patience.
const PATIENCE: Duration = Duration::from_mins(2);

/// The number of the signal that nobody survives.
const SIGKILL: i32 = 9;

/// The process while it lives. It is killed when this is dropped.
#[derive(Debug)]
pub struct Besieged {
    child: Child,
    lines: Receiver<Line>,
    /// Reads what it complains of, so that it never waits for a reader.
    complaint: Option<JoinHandle<String>>,
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
        let mut complaints = child.stderr.take().unwrap();
        let complaint = thread::spawn(move || {
            let mut complaint = String::new();
            let _ = complaints.read_to_string(&mut complaint);
            complaint
        });
        Self { child, lines, complaint: Some(complaint) }
    }

    /// Hears so many lines. It must not end before.
    #[track_caller]
    pub fn hear(&mut self, record: &mut Record, lines: u64) {
        for _ in 0..lines {
            self.hear_one(record);
        }
    }

    /// Hears one line. It must not end before.
    #[track_caller]
    pub fn hear_one(&mut self, record: &mut Record) -> Line {
        self.hear_last(record).unwrap_or_else(|| {
            let (status, complaint) = self.ended();
            panic!("it ended by itself, {status}: {complaint}")
        })
    }

    /// Hears one line; `None` at its end.
    fn hear_last(&mut self, record: &mut Record) -> Option<Line> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => {
                record.hear(line.clone());
                Some(line)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                panic!("the besieged process hangs: {}", self.ended().1)
            }
        }
    }

    /// Kills it with SIGKILL, and hears what it had said before.
    pub fn kill(mut self, record: &mut Record) {
        let unasked = self.child.try_wait().unwrap().map(|_| self.ended());
        assert!(unasked.is_none(), "it ended by itself: {unasked:?}");
        self.child.kill().expect("it can be killed");
        while self.hear_last(record).is_some() {}
        record.ended();
    }

    /// Hears so many lines of a short life, takes so many turns, and kills it with SIGKILL; `false` where it had come to a good end before.
    #[track_caller]
    pub fn kills_within(mut self, record: &mut Record, lines: u64, turns: u64) -> bool {
        for _ in 0..lines {
            if self.hear_last(record).is_none() {
                break;
            }
        }
        for turn in 0..turns {
            black_box(turn);
        }
        self.child.kill().expect("it can be killed");
        while self.hear_last(record).is_some() {}
        let (status, complaint) = self.ended();
        let is_killed = !status.success();
        assert_eq!((status.signal(), complaint.as_str()), (is_killed.then_some(SIGKILL), ""), "{status}");
        if is_killed {
            record.ended();
        }
        is_killed
    }

    /// Hears it to its end; how it ended, and what it complained of.
    pub fn end(mut self, record: &mut Record) -> (ExitStatus, String) {
        while self.hear_last(record).is_some() {}
        self.ended()
    }

    /// Hears it to its end, which must be a good one.
    #[track_caller]
    pub fn finish(self, record: &mut Record) {
        let (status, complaint) = self.end(record);
        assert!(status.success(), "{status}: {complaint}");
    }

    /// How it ended, and what it complained of.
    fn ended(&mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        let complaint = self.complaint.take().and_then(|complaint| complaint.join().ok());
        (status, complaint.unwrap_or_default())
    }
}

impl Drop for Besieged {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
