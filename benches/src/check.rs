//! `kebei check` on a large inventory, against the least that any program must do and against a script.

use crate::{
    instances::{Instances, moment},
    rounds::{ROUNDS, Rounds},
    table::{Line, Unit},
};
use anyhow::{Context, Result, ensure};
use rulebook::{Facts, Lang, Rulebook, calendar, decide};
use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Goals of the issue.
const OF_THE_FLOOR: f64 = 0.6;
const TIMES_THE_SCRIPT: f64 = 20.0;
const MEBIBYTES: f64 = 64.0;

/// So many lines are compared with what the rules themselves say.
const SAMPLE: usize = 20_000;

/// Every run of a program starts from the same rows.
const SEED: u64 = 11;

/// The moment asked about, [`moment`], as options take it.
const AT: &str = "2020-11-01T00:00:00+08:00";

/// The programs and places of a run.
pub(crate) struct Setting {
    /// The binary under test.
    pub(crate) kebei: PathBuf,
    /// The program `floor` of this package.
    pub(crate) floor: PathBuf,
    /// The script `check.py`.
    pub(crate) script: PathBuf,
    /// The rulebook that the script reads.
    pub(crate) rulebook: PathBuf,
    /// A folder for inventories.
    pub(crate) folder: PathBuf,
    /// Where all programs write when they are timed: a file that is made anew each time, or `/dev/null`.
    pub(crate) sink: PathBuf,
}

/// How much is measured.
pub(crate) struct Amount {
    pub(crate) rows: usize,
    /// A larger inventory, on which only memory is measured.
    pub(crate) large: Option<usize>,
}

pub(crate) fn run(setting: &Setting, amount: &Amount) -> Result<Vec<Line>> {
    let inventory = inventory(&setting.folder, amount.rows)?;
    let ours = Program::new(&setting.kebei, ["check".as_ref(), inventory.as_path()])
        .with(["--format", "jsonl", "--lang", "zh", "--at", AT]);
    let floor = Program::new(&setting.floor, [inventory.as_path()]);
    let script =
        Program::new("python3", [setting.script.as_path(), &setting.rulebook, &inventory]).with([AT]);
    let programs = [&ours, &floor, &script];
    let written = programs.map(|program| program.written(amount.rows));
    let [by_ours, by_floor, by_script] = written;
    let (by_ours, by_floor, by_script) = (by_ours?, by_floor?, by_script?);
    let wanted = expected(amount.rows.min(SAMPLE))?;
    agrees(&ours, &by_ours.sample, &wanted)?;
    agrees(&script, &by_script.sample, &wanted)?;
    let bytes = [by_ours.bytes, by_floor.bytes, by_script.bytes];
    // The first large file of all costs the machine what later ones do not.
    floor.timed(&setting.sink, by_floor.bytes)?;
    let mut seconds: [Rounds; 3] = Default::default();
    let mut peak = Rounds::default();
    for round in 1..=ROUNDS {
        eprintln!("check: round {round} of {ROUNDS}");
        for (at, program) in programs.iter().enumerate() {
            let run = program.timed(&setting.sink, bytes[at])?;
            seconds[at].0.push(run.seconds);
            if at == 0 {
                peak.0.push(run.peak);
            }
        }
    }
    let [took, floor_took, script_took] = &seconds;
    let what = |what: &str, rows: usize| format!("check of {rows} rows, {what}");
    let mut lines = vec![
        Line::faster(
            &what("against the floor", amount.rows),
            took,
            floor_took,
            Unit::Seconds,
            Some(OF_THE_FLOOR),
        )
        .run_as(floor.to_string()),
        Line::faster(
            &what("against a script", amount.rows),
            took,
            script_took,
            Unit::Seconds,
            Some(TIMES_THE_SCRIPT),
        )
        .run_as(script.to_string()),
        Line::under(&what("peak memory", amount.rows), &peak, MEBIBYTES, Unit::Mebibytes),
    ];
    renew(&setting.sink)?;
    fs::remove_file(&inventory)?;
    if let Some(rows) = amount.large {
        let peak = peak_at(setting, rows)?;
        lines.push(Line::under(&what("peak memory", rows), &peak, MEBIBYTES, Unit::Mebibytes));
    }
    Ok(lines)
}

/// The most memory that ours takes on an inventory of so many rows.
fn peak_at(setting: &Setting, rows: usize) -> Result<Rounds> {
    eprintln!("check: {rows} rows");
    let inventory = inventory(&setting.folder, rows)?;
    let ours = Program::new(&setting.kebei, ["check".as_ref(), inventory.as_path()])
        .with(["--format", "jsonl", "--lang", "zh", "--at", AT]);
    let bytes = ours.written(rows)?.bytes;
    let peak = ours.timed(Path::new("/dev/null"), bytes)?.peak;
    fs::remove_file(&inventory)?;
    Ok(Rounds(vec![peak]))
}

/// Writes an inventory of `rows` random instances.
fn inventory(folder: &Path, rows: usize) -> Result<PathBuf> {
    let path = folder.join(format!("inventory-{rows}.csv"));
    let book = aliyun()?;
    let edition = book.editions.last().context("a rulebook has editions")?;
    let mut instances = Instances::new(edition, SEED);
    let mut to = csv::Writer::from_path(&path)?;
    to.write_record([
        "id",
        "product",
        "account",
        "region",
        "billing",
        "public_bandwidth_mbps",
        "public_ips",
        "purchased_at",
        "expires_at",
        "first_purchase_months",
        "first_order_amount",
        "codes_issued",
    ])?;
    for _ in 0..rows {
        to.write_record(cells(instances.draw()).context("everything is known")?)?;
    }
    to.flush()?;
    Ok(path)
}

fn cells(facts: Facts) -> Option<[String; 12]> {
    let ips: Vec<String> = facts.public_ips?.iter().map(ToString::to_string).collect();
    let time = |at| calendar::shanghai(at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    Some([
        facts.id,
        facts.product,
        facts.account?,
        facts.region?,
        facts.billing?.word().to_owned(),
        facts.public_bandwidth_mbps?.to_string(),
        if ips.is_empty() { "-".to_owned() } else { ips.join(";") },
        time(facts.purchased_at?),
        time(facts.expires_at?),
        facts.first_purchase_months?.to_string(),
        facts.first_order_amount?.to_string(),
        facts.codes_issued.to_string(),
    ])
}

fn aliyun() -> Result<Rulebook> {
    Rulebook::aliyun().map_err(|faults| anyhow::anyhow!("{faults:?}"))
}

/// What the rules say of the first rows.
fn expected(rows: usize) -> Result<Vec<serde_json::Value>> {
    let book = aliyun()?;
    let edition = book.in_force(moment())?;
    let mut instances = Instances::new(edition, SEED);
    let one = |_| {
        let facts = instances.draw();
        let decision = decide(edition, &facts, moment(), None);
        Ok(without_sentences(serde_json::to_value(decision.report(Lang::Zh))?))
    };
    (0..rows).map(one).collect()
}

/// A decision without its sentences: a peer may word them as it likes, as long as it has some.
fn without_sentences(mut decision: serde_json::Value) -> serde_json::Value {
    let findings = decision.get_mut("findings").and_then(serde_json::Value::as_array_mut);
    for finding in findings.into_iter().flatten() {
        if let Some(message) = finding.get_mut("message") {
            *message = (message.as_str().unwrap_or_default().len() > "message".len()).into();
        }
    }
    decision
}

/// Asserts that the first lines of a program say what the rules say, in every key but the wording of messages.
fn agrees(program: &Program, lines: &[String], wanted: &[serde_json::Value]) -> Result<()> {
    ensure!(lines.len() == wanted.len(), "`{program}` wrote {} lines", lines.len());
    for (at, (line, wanted)) in lines.iter().zip(wanted).enumerate() {
        let told = without_sentences(serde_json::from_str(line)?);
        ensure!(told == *wanted, "`{program}`, line {}: {told}\ninstead of {wanted}", at + 1);
    }
    eprintln!("`{program}` says of {} rows what the rules say", wanted.len());
    Ok(())
}

/// A program with its arguments.
struct Program {
    name: PathBuf,
    args: Vec<PathBuf>,
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only the last part of a path: the table is read elsewhere than it was made.
        for (at, part) in std::iter::once(&self.name).chain(&self.args).enumerate() {
            let part = part.file_name().unwrap_or(part.as_os_str());
            write!(f, "{}{}", if at == 0 { "" } else { " " }, part.display())?;
        }
        Ok(())
    }
}

/// What a program wrote.
struct Written {
    bytes: u64,
    sample: Vec<String>,
}

/// What a run took.
struct Run {
    seconds: f64,
    /// The most memory that was resident, in MiB.
    peak: f64,
}

impl Program {
    fn new<'a>(name: impl Into<PathBuf>, args: impl IntoIterator<Item = &'a Path>) -> Self {
        Self { name: name.into(), args: args.into_iter().map(Path::to_owned).collect() }
    }

    fn with<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.args.extend(args.into_iter().map(PathBuf::from));
        self
    }

    fn start(&self, out: impl Into<Stdio>) -> Result<Child> {
        let mut command = Command::new(&self.name);
        command.args(&self.args).stdin(Stdio::null()).stdout(out).stderr(Stdio::null());
        command.spawn().with_context(|| format!("`{self}` does not start"))
    }

    /// Waits for the end. 1 says that some instances are not eligible, which is so.
    fn end(&self, mut child: Child) -> Result<()> {
        let status = child.wait()?;
        ensure!(matches!(status.code(), Some(0 | 1)), "`{self}` failed: {status}");
        Ok(())
    }

    /// Runs the program and asserts that it wrote a line a row.
    fn written(&self, rows: usize) -> Result<Written> {
        let mut child = self.start(Stdio::piped())?;
        let mut out = BufReader::with_capacity(1 << 20, child.stdout.take().context("the output is a pipe")?);
        let (mut lines, mut bytes, mut line) = (0, 0, Vec::new());
        let mut sample = Vec::new();
        while out.read_until(b'\n', &mut line)? > 0 {
            lines += 1;
            bytes += line.len() as u64;
            if lines <= SAMPLE {
                sample.push(String::from_utf8(std::mem::take(&mut line))?);
            }
            line.clear();
        }
        self.end(child)?;
        ensure!(lines == rows, "`{self}` wrote {lines} lines for {rows} rows");
        Ok(Written { bytes, sample })
    }

    /// Runs the program into `sink`, and asserts that it wrote as many bytes this time too.
    fn timed(&self, sink: &Path, bytes: u64) -> Result<Run> {
        let out = renew(sink)?;
        let started = Instant::now();
        let child = self.start(out)?;
        let place = PathBuf::from(format!("/proc/{}", child.id()));
        let mut peak = 0.0_f64;
        // Until it is waited for, a process that has ended stays as a zombie whose counters can be read.
        loop {
            let status = fs::read_to_string(place.join("status"))?;
            if let Some(kibibytes) = field(&status, "VmHWM:") {
                peak = peak.max(kibibytes.parse::<f64>()? / 1024.0);
            }
            if field(&status, "State:") == Some("Z") {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        let seconds = started.elapsed().as_secs_f64();
        let io = fs::read_to_string(place.join("io"))?;
        let wrote: u64 = field(&io, "wchar:").context("no count of bytes written")?.parse()?;
        self.end(child)?;
        // Whatever starts a program may write a little of its own.
        ensure!(wrote >= bytes, "`{self}` wrote {wrote} bytes instead of {bytes}");
        Ok(Run { seconds, peak })
    }
}

/// Opens `sink` for writing; a file that was written before is made anew.
fn renew(sink: &Path) -> Result<File> {
    if fs::metadata(sink).is_ok_and(|there| there.is_file()) {
        fs::remove_file(sink)?;
    }
    Ok(OpenOptions::new().write(true).create(true).truncate(true).open(sink)?)
}

/// The first word after `name` in a file of `/proc`.
fn field<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()
}
