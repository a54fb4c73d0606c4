//! The system calls of a process, in the order in which they began and ended, as `strace -f -y` tells them.

/// A call when it began or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The thread or process.
    pub thread: u32,
    /// The name of the call.
    pub name: String,
    /// Its arguments, from the first on.
    pub arguments: String,
    /// Whether this is its end; a call that nothing came between begins and ends in one line and is told twice.
    pub ended: bool,
}

/// The calls in a trace.
pub fn calls(trace: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Ok(thread) = thread.parse() else { continue };
        let rest = rest.trim_start();
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let name = resumed.split(' ').next().unwrap_or_default();
            let begun = calls.iter().rfind(|call| call.thread == thread && !call.ended && call.name == name);
            calls.extend(begun.cloned().map(|begun| Call { ended: true, ..begun }));
            // Where bytes are received, only the end of the call tells them.
            if let Some(last) = calls.last_mut().filter(|last| last.thread == thread && last.ended) {
                last.arguments.push_str(resumed);
            }
        } else if let Some((name, arguments)) = rest.split_once('(') {
            let begun = Call { thread, name: name.to_owned(), arguments: arguments.to_owned(), ended: false };
            let whole = !arguments.contains("<unfinished ...>");
            calls.push(begun.clone());
            calls.extend(whole.then_some(Call { ended: true, ..begun }));
        }
    }
    calls
}
