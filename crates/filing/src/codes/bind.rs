//! May this code, made beforehand, be bound to this instance?

use super::{Asking, Held, Illegal, Move, Obstacle, State, Stored, apply, en, zh};
use crate::{Refusal, Refused};
use rulebook::Lang;

/// Why a code is not bound.
#[derive(Clone, Debug)]
pub enum BindRefusal<'d> {
    /// There is no such code, or it is somebody else's, which is never said.
    UnknownCode,
    /// It is past being bound.
    Illegal(Illegal),
    /// The instance, or the account, may not have it.
    Obstacle(Obstacle<'d>),
}

/// Decides whether `code` may be bound to the instance asked about, and gives its row afterwards. `None` stands for a code
/// that was not found, so that it is told like one of somebody else. Takes one place of the quota.
pub fn bind<'d>(asking: &Asking<'d>, code: Option<&Held<'_>>) -> Result<Stored, Refused<BindRefusal<'d>>> {
    let asker = asking.decision.case().asker;
    let own = code.filter(|code| match code.owner {
        Some(owner) => Some(owner) == asker,
        None => code.stored.state() == State::Init,
    });
    let bound = match own.map(|code| apply(code.stored, Move::Bind)) {
        None => Err(BindRefusal::UnknownCode),
        Some(Err(illegal)) => Err(BindRefusal::Illegal(illegal)),
        Some(Ok(bound)) => Ok(bound),
    };
    let obstacles = asking.obstacles(1).into_iter().map(BindRefusal::Obstacle);
    match bound {
        Ok(bound) => Refused::unless_none(obstacles.collect(), bound),
        Err(refusal) => Err(Refused::of(refusal, obstacles)),
    }
}

/// Where the code stands that cannot be bound; one that is not there is told as unknown, not as this.
fn state(illegal: &Illegal) -> State {
    illegal.from.map_or(State::Init, Stored::state)
}

impl Refusal for BindRefusal<'_> {
    fn word(&self) -> &'static str {
        match self {
            Self::UnknownCode => "unknown-code",
            Self::Illegal(_) => Illegal::WORD,
            Self::Obstacle(obstacle) => obstacle.word(),
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Self::UnknownCode => "check-code",
            Self::Illegal(_) => "use-another-code",
            Self::Obstacle(obstacle) => obstacle.action(),
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::UnknownCode | Self::Illegal(_) => "code",
            Self::Obstacle(obstacle) => obstacle.path(),
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Illegal(illegal), Lang::Zh) => zh::not_bindable(state(illegal)),
            (Self::Illegal(illegal), Lang::En) => en::not_bindable(state(illegal)),
            (Self::Obstacle(obstacle), _) => obstacle.message(lang),
            (Self::UnknownCode, Lang::Zh) => zh::UNKNOWN_CODE.to_owned(),
            (Self::UnknownCode, Lang::En) => en::UNKNOWN_CODE.to_owned(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Illegal(illegal), Lang::Zh) => zh::past_not_bindable(state(illegal)).to_owned(),
            (Self::Illegal(illegal), Lang::En) => en::past_not_bindable(state(illegal)).to_owned(),
            (Self::Obstacle(obstacle), _) => obstacle.suggestion(lang),
            (Self::UnknownCode, Lang::Zh) => zh::CHECK_CODE.to_owned(),
            (Self::UnknownCode, Lang::En) => en::CHECK_CODE.to_owned(),
        }
    }
}
