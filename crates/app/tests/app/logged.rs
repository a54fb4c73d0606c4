//! What is logged in the process of a test, statements included.

use std::{
    fmt::Write as _,
    sync::{Mutex, OnceLock},
};

/// Everything that is logged in this process, statements included.
pub(crate) fn logged() -> &'static Mutex<Vec<String>> {
    static LOGGED: OnceLock<Mutex<Vec<String>>> = OnceLock::new();
    LOGGED.get_or_init(|| {
        tracing::subscriber::set_global_default(Logged).unwrap();
        Mutex::default()
    })
}

struct Logged;

impl tracing::Subscriber for Logged {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Line(String);
        impl tracing::field::Visit for Line {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                write!(self.0, "{field}={value:?} ").unwrap();
            }
        }
        let mut line = Line(String::new());
        event.record(&mut line);
        logged().lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

/// The statements that were run since this was last asked.
pub(crate) fn statements() -> Vec<String> {
    let lines = std::mem::take(&mut *logged().lock().unwrap());
    lines.into_iter().filter(|line| line.contains("store.statement")).collect()
}
