//! What the besieged process says, a line at a time, each with one `write(2)`.

use std::{fmt, fs::File, io::Write, os::fd::AsFd, str::FromStr, sync::Arc};
use uuid::Uuid;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The desk is open.
    Ready,
    /// This ask is about to be asked.
    Ask(u64),
    /// It was answered: from here on it must be there whatever happens.
    Got(u64, Told),
    /// It was not answered, and is asked again.
    Failed(u64, String),
    /// Something is about to be committed.
    Commit(u64),
    /// It was committed, and nobody was answered yet.
    Committed(u64),
    /// A commit was cut off, so that nobody knew whether it was done; it is asked again at once.
    CutOff,
    /// So many entries of the ledger were given their places.
    Placed(u64),
    /// So many orders were reminded of, or moved on by themselves.
    Woken(u64),
    /// A run forgot so many things.
    Forgot(u64),
    /// So many warnings went into the outbox.
    Warned(u64),
    /// All is asked and answered.
    Done,
}

/// What an ask was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The entry of the ledger; nil where there is none.
    pub entry: Uuid,
    /// What it came to: codes, which are none when they were refused; ids; states and versions.
    pub words: Vec<String>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready => f.write_str("ready"),
            Self::Ask(nth) => write!(f, "ask {nth}"),
            Self::Got(nth, Told { entry, words }) => {
                write!(f, "got {nth} {entry}")?;
                words.iter().try_for_each(|word| write!(f, " {word}"))
            }
            Self::Failed(nth, why) => write!(f, "failed {nth} {}", why.replace('\n', " ")),
            Self::Commit(nth) => write!(f, "commit {nth}"),
            Self::Committed(nth) => write!(f, "committed {nth}"),
            Self::CutOff => f.write_str("cut-off"),
            Self::Placed(entries) => write!(f, "placed {entries}"),
            Self::Woken(orders) => write!(f, "woken {orders}"),
            Self::Forgot(things) => write!(f, "forgot {things}"),
            Self::Warned(warnings) => write!(f, "warned {warnings}"),
            Self::Done => f.write_str("done"),
        }
    }
}

impl FromStr for Line {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let wrong = || format!("`{line}` is no line");
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let number = || number.parse::<u64>().map_err(|_| wrong());
        Ok(match word {
            "ready" => Self::Ready,
            "ask" => Self::Ask(number()?),
            "got" => {
                let mut words = rest.split_whitespace();
                let entry = words.next().and_then(|entry| entry.parse().ok()).ok_or_else(wrong)?;
                Self::Got(number()?, Told { entry, words: words.map(str::to_owned).collect() })
            }
            "failed" => Self::Failed(number()?, rest.to_owned()),
            "commit" => Self::Commit(number()?),
            "committed" => Self::Committed(number()?),
            "cut-off" => Self::CutOff,
            "placed" => Self::Placed(number()?),
            "woken" => Self::Woken(number()?),
            "forgot" => Self::Forgot(number()?),
            "warned" => Self::Warned(number()?),
            "done" => Self::Done,
            _ => return Err(wrong()),
        })
    }
}

/// Writes lines on the standard output, past every buffer.
#[derive(Clone)]
pub(crate) struct Pen(Arc<File>);

impl Pen {
    pub(crate) fn new() -> Self {
        let out = std::io::stdout().as_fd().try_clone_to_owned().unwrap();
        Self(Arc::new(File::from(out)))
    }

    /// Lines are shorter than what a pipe takes in one piece, so that none is cut and none are mixed.
    pub(crate) fn write(&self, line: &Line) {
        (&*self.0).write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}
