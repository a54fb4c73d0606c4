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

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Say<'static>> {
        use Argument as A;
        const FAULTS: &[Fault] = &[
            Fault::Missing(A::Query),
            Fault::Wrong(A::At),
            Fault::NoFinding { found: String::new() },
            Fault::Unknown { tool: Tool::WhyNot, name: String::new() },
        ];
        const FAILURES: &[Failure] = &[
            Failure::Forbidden,
            Failure::Unresolved,
            Failure::NotConnected(String::new()),
            Failure::Slow,
            Failure::TooLong(1),
            Failure::Broken(String::new()),
        ];
        let url = "http://127.0.0.1:1";
        let mut all =
            vec![Say::Data, Say::Cut, Say::FormLeftOut, Say::NoTool, Say::NoDesk { status: 200, url }];
        all.extend([true, false].map(|may_write| Say::Instructions { may_write }));
        all.extend([NothingDone::Asked, NothingDone::NotAllowed].map(Say::NothingDone));
        all.extend([NotLetIn::Host, NotLetIn::Origin, NotLetIn::Token].map(Say::NotLetIn));
        all.extend(FAULTS.iter().map(Say::Fault));
        all.extend(FAILURES.iter().map(|failure| Say::NotReached { failure, url }));
        for (status, right, retry_after) in
            [(401, None, None), (403, Some("look-up"), None), (429, None, Some(7)), (409, None, None)]
        {
            all.push(Say::Refused { status, right, retry_after });
        }
        for tool in Tool::ALL {
            let (required, optional) = tool.arguments();
            all.extend(required.iter().chain(optional).map(|argument| Say::Argument(*argument)));
            all.extend([true, false].map(|may_write| Say::About { tool, may_write }));
            all.extend([Say::Title(tool), Say::Done(tool)]);
        }
        all
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        for what in all() {
            let [zh, en] = Lang::ALL.map(|lang| say(&what, lang));
            assert!(zh.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)), "{what:?}: {zh}");
            assert!(
                !en.is_empty() && !en.chars().any(|c| ('\u{3000}'..='\u{303F}').contains(&c)),
                "{what:?}: {en}"
            );
            assert!(!zh.contains("  ") && !en.contains("  "), "{what:?}");
        }
    }
}
