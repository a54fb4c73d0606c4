//! The one table that a run prints.

use crate::rounds::{MOST_SPREAD, Rounds};
use std::fmt;

/// A line of the table.
pub(crate) struct Line {
    what: String,
    ours: String,
    peer: String,
    ratio: f64,
    /// The least ratio that is good enough, where one is set.
    goal: Option<f64>,
    /// How much the baseline spread.
    spread: f64,
    /// Whether that leaves nothing to be said.
    void: bool,
    command: String,
}

impl Line {
    /// Ours against a peer that takes longer: the ratio is how many times longer, and should be at least `goal`.
    pub(crate) fn faster(what: &str, ours: &Rounds, peer: &Rounds, unit: Unit, goal: Option<f64>) -> Self {
        Self {
            what: what.to_owned(),
            ours: unit.show(ours.median()),
            peer: unit.show(peer.median()),
            ratio: peer.ratio_to(ours),
            goal,
            spread: peer.spread(),
            void: peer.spread() > MOST_SPREAD,
            command: String::new(),
        }
    }

    /// Ours against a fixed limit that it should stay under; the baseline is ours.
    pub(crate) fn under(what: &str, ours: &Rounds, limit: f64, unit: Unit) -> Self {
        Self {
            what: what.to_owned(),
            ours: unit.show(ours.median()),
            peer: format!("≤ {}", unit.show(limit)),
            ratio: limit / ours.median(),
            goal: Some(1.0),
            spread: ours.spread(),
            // Figures that are all under the limit, or all over it, say enough however they spread.
            void: ours.spread() > MOST_SPREAD
                && ours.0.iter().any(|figure| *figure <= limit)
                && ours.0.iter().any(|figure| *figure > limit),
            command: String::new(),
        }
    }

    /// A figure by itself, by which others are understood.
    pub(crate) fn alone(what: &str, figure: &Rounds, unit: Unit) -> Self {
        Self {
            what: what.to_owned(),
            ours: unit.show(figure.median()),
            peer: String::new(),
            ratio: f64::NAN,
            goal: None,
            spread: figure.spread(),
            void: false,
            command: String::new(),
        }
    }

    /// How the peer was run.
    pub(crate) fn run_as(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    fn judgement(&self) -> &'static str {
        match self.goal {
            _ if self.void => "void",
            None => "",
            Some(goal) if self.ratio >= goal => "met",
            Some(_) => "missed",
        }
    }

    fn cells(&self) -> [String; 8] {
        [
            self.what.clone(),
            self.ours.clone(),
            self.peer.clone(),
            match self.ratio {
                ratio if ratio.is_nan() => String::new(),
                ratio => format!("{ratio:.*}×", if ratio < 10.0 { 2 } else { 0 }),
            },
            self.goal.map(|goal| format!("≥ {}×", (goal * 1000.0).round() / 1000.0)).unwrap_or_default(),
            self.judgement().to_owned(),
            format!("{:.2}×", self.spread),
            self.command.clone(),
        ]
    }
}

/// In what something is measured.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    Nanoseconds,
    Microseconds,
    Seconds,
    Mebibytes,
}

impl Unit {
    fn show(self, figure: f64) -> String {
        match self {
            Self::Nanoseconds => format!("{figure:.1} ns"),
            Self::Microseconds => format!("{figure:.1} µs"),
            Self::Seconds => format!("{figure:.2} s"),
            Self::Mebibytes => format!("{figure:.1} MiB"),
        }
    }
}

/// The lines of a run, in columns.
#[derive(Default)]
pub(crate) struct Table(pub(crate) Vec<Line>);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head =
            ["what", "ours", "peer or limit", "ratio", "goal", "", "spread", "the peer's command line"];
        let lines: Vec<_> =
            std::iter::once(head.map(str::to_owned)).chain(self.0.iter().map(Line::cells)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        for line in &lines {
            for (column, cell) in line.iter().enumerate() {
                let fill = width(column) - cell.chars().count();
                let numbers = (1..=4).contains(&column) || column == 6;
                let (before, after) = if numbers { (fill, 0) } else { (0, fill) };
                write!(f, "{:before$}{cell}{:after$}  ", "", "")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
