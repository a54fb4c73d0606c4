//! `kebei completions` and `kebei man`: made from the command line itself.

use crate::cli;
use rulebook::Lang;
use std::io::{self, Write};

/// Writes the completions for `shell`.
pub(crate) fn completions(shell: clap_complete::Shell, lang: Lang) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(lang), "kebei", &mut script);
    io::stdout().write_all(&script)
}

/// Writes the manual page: the program and each of its commands.
pub(crate) fn man(lang: Lang) -> io::Result<()> {
    let mut page = Vec::new();
    let mut command = cli::command(lang);
    command.build();
    pages(&command, &mut page)?;
    io::stdout().write_all(&page)
}

fn pages(command: &clap::Command, to: &mut Vec<u8>) -> io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(to)?;
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        pages(below, to)?;
    }
    Ok(())
}
