//! The least that a program reading an inventory and answering every row must do: read the rows, parse their two times,
//! write a line each. `kebei check` is measured against it.
//!
//! usage: floor INVENTORY > LINES

use anyhow::{Context, Result};
use csv::{ByteRecord, ReaderBuilder};
use jiff::fmt::temporal::DateTimeParser;
use std::{
    hint::black_box,
    io::{BufWriter, Write},
};

/// The columns of purchase and expiry.
const TIMES: [usize; 2] = [7, 8];

const LINE: [u8; 500] = {
    let mut line = [b'-'; 500];
    line[499] = b'\n';
    line
};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("usage: floor INVENTORY")?;
    let mut rows = ReaderBuilder::new().buffer_capacity(1 << 16).from_path(path)?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let parser = DateTimeParser::new();
    let mut row = ByteRecord::new();
    while rows.read_byte_record(&mut row)? {
        for column in TIMES {
            let cell = row.get(column).context("a column is missing")?;
            black_box(parser.parse_datetime(cell)?);
        }
        out.write_all(&LINE)?;
    }
    out.flush()?;
    Ok(())
}
