//! How far a long call has come: shown on a terminal while the results go elsewhere, never on a pipe.

use indicatif::{ProgressBar, ProgressStyle};
use rulebook::Lang;
use std::{
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
};

/// The bar is told of this many records at a time.
const STEP: u64 = 1024;

pub(crate) struct Progress {
    bar: ProgressBar,
    decided: u64,
    lang: Lang,
}

impl Progress {
    /// A bar over the bytes of `files`; without sizes, as for standard input, only what was done so far.
    pub(crate) fn new(files: &[PathBuf], lang: Lang) -> Self {
        let visible = io::stderr().is_terminal() && !io::stdout().is_terminal();
        let size =
            |path: &Path| std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        let total: Option<u64> = files.iter().map(|path| size(path)).sum();
        let bar = match (visible, total) {
            (false, _) => ProgressBar::hidden(),
            (true, Some(total)) => ProgressBar::new(total).with_style(style(lang, true)),
            (true, None) => ProgressBar::new_spinner().with_style(style(lang, false)),
        };
        Self { bar, decided: 0, lang }
    }

    /// Counts what is read from `input`.
    pub(crate) fn watch(&self, input: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        if self.bar.is_hidden() { input } else { Box::new(self.bar.wrap_read(input)) }
    }

    pub(crate) fn decided(&mut self) {
        self.decided += 1;
        if self.decided.is_multiple_of(STEP) && !self.bar.is_hidden() {
            self.bar.set_message(match self.lang {
                Lang::Zh => format!("已判定 {} 个", self.decided),
                Lang::En => format!("{} decided", self.decided),
            });
        }
    }

    /// Prints a line to standard error without disturbing the bar.
    pub(crate) fn print(&self, line: &str) {
        self.bar.suspend(|| crate::terminal::tell(line));
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(lang: Lang, sized: bool) -> ProgressStyle {
    let template = match (lang, sized) {
        (Lang::Zh, true) => "{bar:20} {percent:>3}% {bytes_per_sec} 剩余 {eta} {wide_msg}",
        (Lang::En, true) => "{bar:20} {percent:>3}% {bytes_per_sec} {eta} left {wide_msg}",
        (_, false) => "{spinner} {bytes} {bytes_per_sec} {wide_msg}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
