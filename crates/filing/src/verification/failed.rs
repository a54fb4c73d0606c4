//! A verification that failed, as each reader may know it.

use super::{Asked, Cause, CauseWord, Proof, en, zh};
use crate::codes::{Cause as Ended, Standing, obstacle::reason};
use jiff::Timestamp;
use rulebook::{Code, Decision, Edition, Failure, Finding, Lang, Remedy as Mend, Row, Text, Verdict};

/// Who reads why a product was not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The account that owns the code, or bought the host.
    Owner,
    /// The account it was granted to, or another that has the password of the host: it does not see the owner's dates, amounts
    /// or account.
    Grantee,
    /// Anyone else: to him the instance is not there.
    Stranger,
    /// Who works for the provider.
    Staff,
}

impl Reader {
    /// Every reader.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Grantee, Self::Stranger, Self::Staff];

    /// Whether he may see all that is known of the instance.
    pub const fn sees_all(self) -> bool {
        matches!(self, Self::Owner | Self::Staff)
    }
}

/// A product that was not verified: exactly one cause.
#[derive(Clone, Debug)]
pub struct Failed<'a> {
    pub(super) edition: &'a Edition,
    pub(super) product: &'a str,
    pub(super) by_code: bool,
    pub(super) cause: Cause<'a>,
    /// The instance as an unused code of it would stand; `None` where it was not looked at.
    pub(super) standing: Option<Box<Standing<'a>>>,
}

/// What to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy<'f> {
    /// Compare the code with the original.
    CheckCode,
    /// Have its owner grant it to the account that files.
    HaveItGranted,
    /// Bind it to an instance first.
    BindFirst,
    /// Choose the product that was bought.
    ChooseProduct {
        /// Its id, for who may know it.
        product: Option<&'f str>,
    },
    /// See or reset the password of the host.
    SeeCredentials {
        /// Where.
        place: Option<&'f Text>,
    },
    /// Use another code of the instance, or apply for one there.
    UseAnotherCode,
    /// Use another instance.
    UseAnotherInstance,
    /// Apply for another code.
    ApplyForAnother,
    /// Renew the instance, or apply on one that is in its term.
    Renew {
        /// By so many months, for who may know it.
        months: Option<u32>,
        /// The expiry that this gives, for who may know it.
        until: Option<Timestamp>,
    },
    /// What the rulebook says about the instance: the remedy of its first finding.
    OfFinding {
        /// Its word.
        word: &'static str,
    },
    /// Try again later.
    TryAgain {
        /// When.
        at: Timestamp,
    },
}

impl Remedy<'_> {
    /// As answers carry it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::CheckCode => "check-code",
            Self::HaveItGranted => "have-it-granted",
            Self::BindFirst => "bind-first",
            Self::ChooseProduct { .. } => "choose-product",
            Self::SeeCredentials { .. } => "see-credentials",
            Self::UseAnotherCode => "use-another-code",
            Self::UseAnotherInstance => "use-another-instance",
            Self::ApplyForAnother => "apply-for-another",
            Self::Renew { .. } => "renew",
            Self::OfFinding { word } => word,
            Self::TryAgain { .. } => "try-again",
        }
    }
}

/// One finding on the instance, as a reader may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<'f> {
    /// Which.
    pub code: Code,
    /// All of it, for the owner and staff.
    pub finding: Option<Finding<'f>>,
    /// The sentence.
    pub message: String,
}

impl<'a> Failed<'a> {
    /// A failure that does not rest on the instance.
    pub(super) fn early(asked: &Asked<'a>, cause: Cause<'a>) -> Self {
        let by_code = matches!(asked.proof, Proof::Code(_));
        Self { edition: asked.edition, product: asked.product, by_code, cause, standing: None }
    }

    /// A failure with the instance as it stands.
    pub(super) fn late(asked: &Asked<'a>, cause: Cause<'a>, standing: Standing<'a>) -> Self {
        Self { standing: Some(Box::new(standing)), ..Self::early(asked, cause) }
    }

    /// The cause, for the ledger and staff. What a customer may be told of it is [`Failed::cause`].
    pub const fn true_cause(&self) -> &Cause<'a> {
        &self.cause
    }

    /// The cause as `reader` may know it: that a code is there is told to its owner and staff only.
    pub fn cause(&self, reader: Reader) -> CauseWord {
        match self.cause.name() {
            CauseWord::NotGranted if !reader.sees_all() => CauseWord::UnknownCode,
            cause => cause,
        }
    }

    /// Which of the three failures it is.
    pub const fn failure(&self) -> Failure {
        self.cause.name().failure()
    }

    /// Whether a code was given for proof, and not the login of a host.
    pub const fn is_by_code(&self) -> bool {
        self.by_code
    }

    /// The sentence that says why.
    pub fn message(&self, reader: Reader, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::message(self, reader),
            Lang::En => en::message(self, reader),
        }
    }

    /// What `reader` can do about it, in a sentence.
    pub fn suggestion(&self, reader: Reader, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::suggestion(self, reader),
            Lang::En => en::suggestion(self, reader),
        }
    }

    /// What `reader` can do about it.
    pub fn remedy(&self, reader: Reader) -> Remedy<'_> {
        match &self.cause {
            Cause::NotGranted if reader.sees_all() => Remedy::HaveItGranted,
            Cause::MalformedCode(_) | Cause::UnknownCode | Cause::NotGranted => Remedy::CheckCode,
            Cause::CodeUnbound => Remedy::BindFirst,
            Cause::ProductMismatch { bought } => {
                Remedy::ChooseProduct { product: Some(*bought).filter(|_| reader != Reader::Stranger) }
            }
            Cause::BadCredentials => Remedy::SeeCredentials { place: self.credentials_from() },
            Cause::CodeRecorded { room: true } | Cause::CodeRecording { room: true } => {
                Remedy::UseAnotherCode
            }
            Cause::CodeRecorded { room: false }
            | Cause::CodeRecording { room: false }
            | Cause::InstanceLimitReached
            | Cause::InstanceExpired { gone: true } => Remedy::UseAnotherInstance,
            Cause::CodeVoid => Remedy::ApplyForAnother,
            Cause::InstanceExpired { gone: false } if self.is_dead_end() => Remedy::UseAnotherInstance,
            Cause::InstanceExpired { gone: false } => self.renewal(reader),
            Cause::InstanceIneligible => {
                let word = self.helpful().next().map(|finding| finding.remedy.word());
                word.filter(|_| reader != Reader::Stranger)
                    .map_or(Remedy::UseAnotherInstance, |word| Remedy::OfFinding { word })
            }
            Cause::UpstreamUnavailable { retry_at } => Remedy::TryAgain { at: *retry_at },
        }
    }

    /// The findings for which the instance cannot back a filing, where that is the cause: in full for the owner and staff, the
    /// codes with sentences that tell no date, amount or account for a grantee, none for a stranger.
    pub fn findings(&self, reader: Reader, lang: Lang) -> Vec<Told<'_>> {
        let told = matches!(
            self.cause,
            Cause::InstanceIneligible | Cause::InstanceExpired { .. } | Cause::InstanceLimitReached
        );
        let Some(decision) = self.decision().filter(|_| told && reader != Reader::Stranger) else {
            return Vec::new();
        };
        let dead_end = self.is_dead_end();
        self.found().map(|finding| tell(decision, finding, dead_end, reader, lang)).collect()
    }

    /// The same as sentences, without what to do: that is the suggestion.
    pub(super) fn reasons(&self, reader: Reader, lang: Lang) -> Vec<String> {
        let told = self.findings(reader, lang).into_iter();
        told.map(|told| match (self.decision(), told.finding) {
            (Some(decision), Some(finding)) => reason(decision, &finding, lang),
            _ => told.message,
        })
        .collect()
    }

    /// What the rulebook says against the instance.
    pub(super) fn found(&self) -> impl Iterator<Item = Finding<'_>> {
        let voiding =
            self.standing.iter().flat_map(|standing| standing.causes()).filter_map(|cause| match cause {
                Ended::Finding(finding) => Some(finding),
                Ended::Gone | Ended::Ended(_) => None,
            });
        // Neither of the two makes a code void, and so the standing does not tell them.
        let limit = matches!(self.cause, Cause::InstanceLimitReached);
        let besides = move |finding: &Finding<'_>| {
            finding.code == Code::FiledElsewhere || (limit && finding.code == Code::QuotaExhausted)
        };
        let elsewhere = self.decision().is_some_and(|decision| decision.verdict() == Verdict::Elsewhere);
        let decision = self.decision().filter(|_| elsewhere || limit);
        voiding.chain(decision.into_iter().flat_map(move |decision| decision.findings().filter(besides)))
    }

    /// Whether only another instance helps.
    pub(super) fn is_dead_end(&self) -> bool {
        self.found().any(|finding| finding.code.is_dead_end())
    }

    /// The findings whose remedies help: beside a dead end none that pays for the instance.
    pub(super) fn helpful(&self) -> impl Iterator<Item = Finding<'_>> {
        let dead_end = self.is_dead_end();
        self.found().filter(move |finding| !(finding.remedy.mends() && dead_end))
    }

    /// Today's decision on the instance, asked as its buyer.
    pub fn decision(&self) -> Option<&Decision<'a>> {
        self.standing.as_ref().and_then(|standing| standing.decision())
    }

    /// When the instance ended, where the decision does not look at that.
    pub(super) fn ended(&self) -> Option<Timestamp> {
        self.standing.iter().flat_map(|standing| standing.causes()).find_map(|cause| match cause {
            Ended::Ended(at) => Some(at),
            Ended::Gone | Ended::Finding(_) => None,
        })
    }

    /// What the edition says of the product that was chosen.
    pub(super) fn chosen(&self) -> Option<&'a Row> {
        self.edition.row(self.product)
    }

    fn credentials_from(&self) -> Option<&'a Text> {
        self.chosen()?.credentials_from.as_ref().map(|stated| &stated.value)
    }

    fn renewal(&self, reader: Reader) -> Remedy<'_> {
        let (months, until) = self
            .found()
            .filter(|_| reader.sees_all())
            .find_map(|finding| match finding.remedy {
                Mend::Renew { months, until } => Some((Some(months), until)),
                _ => None,
            })
            .unwrap_or_default();
        Remedy::Renew { months, until }
    }
}

fn tell<'f>(
    decision: &'f Decision<'_>,
    finding: Finding<'f>,
    dead_end: bool,
    reader: Reader,
    lang: Lang,
) -> Told<'f> {
    let code = finding.code;
    if reader.sees_all() {
        let message = decision.message_beside(&finding, dead_end, lang).to_string();
        return Told { code, finding: Some(finding), message };
    }
    let message = match lang {
        Lang::Zh => zh::brief(code),
        Lang::En => en::brief(code),
    };
    Told { code, finding: None, message: message.to_owned() }
}
