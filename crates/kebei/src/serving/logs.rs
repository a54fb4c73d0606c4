//! The log: events with stable names, as text for people and as JSON for machines, on standard error.

use crate::settings::Settings;
use std::io::{self, IsTerminal};
use tracing_subscriber::fmt;

/// Begins to log as the settings say. The events are listed in `docs/logging.md`.
pub(crate) fn begin(settings: &Settings) {
    let level = match settings.log_level.as_str() {
        "error" => tracing::Level::ERROR,
        "warn" => tracing::Level::WARN,
        "debug" => tracing::Level::DEBUG,
        _ => tracing::Level::INFO,
    };
    let terminal = io::stderr().is_terminal();
    let as_json = settings.log_format == "json" || (settings.log_format == "auto" && !terminal);
    let log = fmt().with_max_level(level).with_writer(io::stderr).with_ansi(terminal);
    // A second begin in one process changes nothing; there is none.
    let _ = if as_json {
        tracing::subscriber::set_global_default(
            log.json().flatten_event(true).with_span_list(false).with_current_span(true).finish(),
        )
    } else {
        tracing::subscriber::set_global_default(log.with_target(false).finish())
    };
}
