//! How anything is measured here: five rounds in which everybody takes a turn, ratios within each round, their median.

/// How many rounds.
pub(crate) const ROUNDS: usize = 5;

/// A comparison whose baseline took this many times longer in one round than in another says nothing.
pub(crate) const MOST_SPREAD: f64 = 1.5;

/// What one contender took, a figure a round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rounds(pub(crate) Vec<f64>);

impl Rounds {
    pub(crate) fn median(&self) -> f64 {
        median(self.0.clone())
    }

    /// The slowest round over the fastest.
    pub(crate) fn spread(&self) -> f64 {
        let most = self.0.iter().copied().fold(f64::MIN, f64::max);
        let least = self.0.iter().copied().fold(f64::MAX, f64::min);
        most / least
    }

    /// The median of the ratios of this to `other`, round by round.
    pub(crate) fn ratio_to(&self, other: &Self) -> f64 {
        median(self.0.iter().zip(&other.0).map(|(this, other)| this / other).collect())
    }
}

/// The middle of `figures`; of an even number the upper of the two.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
