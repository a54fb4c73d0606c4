//! The commands of a walk, and what becomes of them.

use app::Failure;
use filing::orders::{Form, Kind};
use store::{BlacklistId, CodeId, OrderId};

#[derive(Clone, Debug)]
pub(super) enum Command {
    Buy { who: usize },
    BuyHost { who: usize },
    Issue { who: usize, instance: String },
    Release { code: CodeId },
    Grant { who: usize, code: CodeId, to: usize },
    TakeBack { who: usize, code: CodeId },
    Verify { who: usize, code: String },
    Prove { who: usize, host: String },
    Open { who: usize, websites: u16, licence: Option<String> },
    About { who: usize, kind: Kind, number: String, together: bool },
    Name { who: usize, order: OrderId, verifications: Vec<String> },
    Submit { who: usize, order: OrderId },
    Withdraw { who: usize, order: OrderId },
    Claim { order: OrderId },
    Approve { order: OrderId },
    GiveBack { order: OrderId },
    Send { order: OrderId },
    Answer { order: OrderId },
    File { order: OrderId, kind: Kind },
    Reject { order: OrderId },
    Correct { who: usize, order: OrderId },
    List { licence: String },
    Unlist { entry: BlacklistId },
    Force { number: String, serious: bool },
    Drop { number: String },
    End { number: String },
    Rename { number: String, to: String },
    Wait { minutes: i64 },
}

/// All that has to be done in a run, or it has shown nothing; and each kind of order opened, and most filed.
pub(super) const WORDS: [&str; 25] = [
    "answer",
    "approve",
    "buy",
    "buy host",
    "claim",
    "correct",
    "drop",
    "end",
    "force",
    "give back",
    "grant",
    "issue",
    "list",
    "name",
    "prove",
    "reject",
    "release",
    "rename",
    "send",
    "submit",
    "take back",
    "unlist",
    "verify",
    "wait",
    "withdraw",
];

/// What a command came to.
pub(super) enum Came {
    Nothing,
    Bought { who: usize, instance: String },
    BoughtHost { who: usize, host: String },
    Issued { who: usize, code: CodeId, typed: String },
    Granted { who: usize, code: CodeId },
    Verified { who: usize, id: String },
    Opened { who: usize, order: OrderId, kind: Kind, form: Box<Form> },
    Renamed { from: String, to: String },
    Filed { order: OrderId, subject: Option<String>, websites: Vec<String> },
}

/// Why a command did nothing.
#[derive(Debug)]
pub(super) enum Refused {
    Why(String),
    /// Others were in the way too often; nobody knows better than to ask again.
    Busy,
}

pub(super) type Done = Result<Came, Refused>;

pub(super) fn told<T, E: std::fmt::Debug>(answer: Result<T, Failure<E>>) -> Result<T, Refused> {
    answer.map_err(|failure| match failure {
        Failure::Because(fault) => Refused::Why(format!("{fault:?}")),
        Failure::KeyUsed => panic!("a key was used twice"),
        Failure::Desk(error) if error.trouble() == app::Trouble::Busy => Refused::Busy,
        Failure::Desk(error) => panic!("{error}"),
    })
}

pub(super) fn refused(why: &str) -> Done {
    Err(Refused::Why(why.to_owned()))
}

pub(super) fn order_of(command: &Command) -> Option<OrderId> {
    match command {
        Command::Name { order, .. }
        | Command::Submit { order, .. }
        | Command::Withdraw { order, .. }
        | Command::Claim { order }
        | Command::Approve { order }
        | Command::GiveBack { order }
        | Command::Send { order }
        | Command::Answer { order }
        | Command::File { order, .. }
        | Command::Reject { order }
        | Command::Correct { order, .. } => Some(*order),
        _ => None,
    }
}

pub(super) fn word(command: &Command) -> &'static str {
    match command {
        Command::Buy { .. } => "buy",
        Command::BuyHost { .. } => "buy host",
        Command::Issue { .. } => "issue",
        Command::Release { .. } => "release",
        Command::Grant { .. } => "grant",
        Command::TakeBack { .. } => "take back",
        Command::Verify { .. } => "verify",
        Command::Prove { .. } => "prove",
        Command::Open { .. } | Command::About { .. } => "open",
        Command::Name { .. } => "name",
        Command::Submit { .. } => "submit",
        Command::Withdraw { .. } => "withdraw",
        Command::Claim { .. } => "claim",
        Command::Approve { .. } => "approve",
        Command::GiveBack { .. } => "give back",
        Command::Send { .. } => "send",
        Command::Answer { .. } => "answer",
        Command::File { .. } => "file",
        Command::Reject { .. } => "reject",
        Command::Correct { .. } => "correct",
        Command::List { .. } => "list",
        Command::Unlist { .. } => "unlist",
        Command::Force { .. } => "force",
        Command::Drop { .. } => "drop",
        Command::End { .. } => "end",
        Command::Rename { .. } => "rename",
        Command::Wait { .. } => "wait",
    }
}

/// As it is counted: orders are opened and filed by their kinds.
pub(super) fn counted_as(command: &Command) -> String {
    match command {
        Command::Open { .. } => format!("open {}", Kind::FirstFiling.word()),
        Command::About { kind, .. } => format!("open {}", kind.word()),
        Command::File { kind, .. } => format!("file {}", kind.word()),
        _ => word(command).to_owned(),
    }
}
