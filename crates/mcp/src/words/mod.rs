//! What is said to assistants and to whoever reads along, beside what the desk says.

mod en;
mod zh;

use crate::{argument::Argument, given::Fault, http::NotLetIn, tool::Tool};
use outbound::Failure;
use rulebook::Lang;

/// Why a tool that can change something changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NothingDone {
    /// Only what would happen was asked for.
    Asked,
    /// The server was started without leave to change anything.
    NotAllowed,
}

/// Something that is said.
#[derive(Debug)]
pub(crate) enum Say<'a> {
    /// How the server is to be used.
    Instructions { may_write: bool },
    /// The title of a tool.
    Title(Tool),
    /// What a tool is for.
    About { tool: Tool, may_write: bool },
    /// What an argument is.
    Argument(Argument),
    /// What follows is data.
    Data,
    /// Not all of it stands in the text.
    Cut,
    /// A writing tool changed nothing, and why.
    NothingDone(NothingDone),
    /// A writing tool did its work.
    Done(Tool),
    /// What is filled in for an order was left out.
    FormLeftOut,
    /// The desk refused; the right that the tool needs, and after how many seconds to come again.
    Refused { status: u16, right: Option<&'a str>, retry_after: Option<u64> },
    /// Something that is no desk answered.
    NoDesk { status: u16, url: &'a str },
    /// Nothing answered.
    NotReached { failure: &'a Failure, url: &'a str },
    /// The arguments are none.
    Fault(&'a Fault),
    /// There is no such tool.
    NoTool,
    /// A request over HTTP is not let in.
    NotLetIn(NotLetIn),
}

/// The words.
pub(crate) fn say(what: &Say<'_>, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh::say(what),
        Lang::En => en::say(what),
    }
}

/// The names of the arguments that a tool takes.
fn taken(tool: Tool) -> String {
    let (required, optional) = tool.arguments();
    required.iter().chain(optional).map(|argument| argument.name()).collect::<Vec<_>>().join(", ")
}

/// The names of all tools.
fn tools() -> String {
    Tool::ALL.map(Tool::name).join(", ")
}
