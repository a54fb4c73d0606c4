//! What can go wrong with orders, as problems. `faults.rs` has everything else.

use super::{Fault, IllegalMove, Kind, Problem};
use crate::{api::orders::shapes::FaultBody, words::Say};
use app::{
    orders::{
        MOST_FILLED_BYTES, OrderFault, SaveFault, SubmitFault,
        attachments::{AddFault, MOST_ATTACHMENTS, PictureFault, ReadFault, RemoveFault},
        bureau::{FileFault, RejectFault, SendFault},
        review::{ReviewFault, SayFault},
    },
    personal::{EraseFault, SeeFault},
    registry::{CorrectFault, NumberFault},
};
use filing::orders::{Illegal, Move, Remark, RemarkFault, RemarkWrong, Says, State};
use jiff::Span;
use rulebook::{Lang, calendar::shanghai};

impl Fault for Illegal {
    fn problem(&self, lang: Lang) -> Problem {
        illegal(self, self.message(lang), lang)
    }
}

/// A move that cannot be made, with `message` for what was tried.
fn illegal(fault: &Illegal, message: String, lang: Lang) -> Problem {
    let body = IllegalMove {
        state: fault.from.map(State::word),
        tried: fault.tried.word(),
        legal: fault.legal.iter().copied().map(Move::word).collect(),
    };
    let problem = Problem::new(Kind::IllegalMove, lang);
    problem.with("", Illegal::WORD, message, fault.suggestion(lang)).illegal_move(body)
}

impl Fault for OrderFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown => Problem::new(Kind::NotFound, lang).saying(Say::UnknownOrder.to_text(lang)),
            Self::Illegal(illegal) => illegal.problem(lang),
            Self::SmsAnswered => {
                Problem::against(lang, "", "sms-answered", Say::SmsAnswered, Say::WaitForBureau)
            }
            Self::TooManyDrafts { most } => {
                let say = Say::TooManyDrafts { most: *most };
                Problem::against(lang, "", "too-many-drafts", say, Say::FinishDrafts)
            }
            Self::UnknownNumber => {
                Problem::new(Kind::NotFound, lang).saying(Say::UnknownNumber.to_text(lang))
            }
            Self::NumberUnsuited => Problem::invalid(
                lang,
                "number",
                "number-unsuited",
                Say::NumberUnsuited,
                Say::ChooseOtherNumber,
            ),
            Self::Corrected { draft } => {
                let id = draft.to_string();
                Problem::against(lang, "", "corrected", Say::OrderCorrected, Say::EditOrder { id: &id })
            }
            Self::Changed { .. } => Problem::new(Kind::Changed, lang),
            Self::Erased => Problem::against(lang, "", "erased", Say::OrderErased, Say::OpenAnotherOrder),
        }
    }
}

impl Fault for SaveFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::NoSuchPart(_) => Problem::new(Kind::NotFound, lang).saying(Say::NoSuchPart.to_text(lang)),
            Self::TooMany(lists) => lists.iter().fold(Problem::new(Kind::Invalid, lang), |told, list| {
                let say = Say::LongList { most: list.most, found: list.found }.to_text(lang);
                told.with(&list.path, "list-long", say, Say::ShortenList.to_text(lang))
            }),
            Self::TooLong { .. } => {
                let say = Say::TooMuchFilledIn { most: MOST_FILLED_BYTES >> 10 };
                Problem::new(Kind::TooLarge, lang).saying(say.to_text(lang))
            }
        }
    }
}

impl Fault for SubmitFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::Faulty(faults) => faulty(FaultBody::all(faults, lang), lang),
            Self::NoEdition(none) => none.problem(lang),
        }
    }
}

/// Everything that must be mended. What is only warned of stands in nobody's way, and is told by a check.
fn faulty(faults: impl IntoIterator<Item = FaultBody>, lang: Lang) -> Problem {
    let stopping = faults.into_iter().filter(FaultBody::stops);
    stopping.fold(Problem::new(Kind::OrderFaulty, lang), |told, fault| {
        told.with(&fault.path, fault.code, fault.message, fault.suggestion)
    })
}

impl Fault for ReviewFault {
    fn problem(&self, lang: Lang) -> Problem {
        let (code, says) = match self {
            Self::Order(fault) => return fault.problem(lang),
            Self::Faulty(faults) => {
                return faulty(FaultBody::for_staff(faults, lang), lang);
            }
            Self::NotInReview(fault) => {
                let state = fault.from.map_or("", |state| state.label(lang));
                return illegal(fault, Say::NotToBeClaimed { state }.to_text(lang), lang);
            }
            Self::ClaimedByAnother => {
                ("claimed-by-another", [Say::ClaimedByAnother, Say::ChooseAnotherOrder])
            }
            Self::NotClaimed => ("not-claimed", [Say::NotClaimed, Say::ClaimFirst]),
            Self::NothingToMend => ("nothing-to-mend", [Say::NothingToMend, Say::RemarkOrApprove]),
            Self::ToBeMended(count) => {
                ("to-be-mended", [Say::ToBeMended { count: *count }, Say::ReturnOrTakeBack])
            }
        };
        let [message, suggestion] = says;
        Problem::against(lang, "", code, message, suggestion)
    }
}

impl Fault for SendFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::Faulty(finds) => faulty(FaultBody::for_staff(finds, lang), lang).with(
                "",
                "became-faulty",
                Say::BecameFaulty.to_text(lang),
                Say::ReviewAgain.to_text(lang),
            ),
        }
    }
}

impl Fault for SayFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Review(fault) => fault.problem(lang),
            Self::Unfit(faults) => faults.iter().fold(Problem::new(Kind::Invalid, lang), |told, fault| {
                told.with(part(fault), fault.code(), fault.message(lang), fault.suggestion(lang))
            }),
        }
    }
}

/// Where the request has it, which carries one remark and its path in the address.
fn part(fault: &RemarkFault) -> &'static str {
    match fault.what {
        RemarkWrong::Empty(says) | RemarkWrong::TooLong(says) | RemarkWrong::Unprintable(says) => {
            match says {
                Says::Problem => "problem",
                Says::Suggestion => "suggestion",
            }
        }
        RemarkWrong::NoSuchField | RemarkWrong::None | RemarkWrong::TooMany => "field",
    }
}

impl Fault for FileFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::SubjectNumber => Problem::invalid(
                lang,
                "subject_number",
                "subject-number",
                Say::NeedsSubjectNumber,
                Say::CopySubjectNumber,
            ),
            Self::WebsiteNumbers { wanted } => Problem::invalid(
                lang,
                "website_numbers",
                "website-numbers",
                Say::NeedsWebsiteNumbers { wanted: *wanted },
                Say::CopyWebsiteNumbers,
            ),
            Self::NumberCancelled(number) => {
                let say = Say::CancelledUnder { number };
                Problem::against(lang, "", "number-cancelled", say, Say::CompareWithBureau)
            }
            Self::NumberTaken(number) => {
                let say = Say::NumberTaken { number };
                Problem::against(lang, "", "number-taken", say, Say::CompareOrCorrect)
            }
            Self::NothingFiled => {
                Problem::against(lang, "", "nothing-filed", Say::NothingFiled, Say::CompareWithBureau)
            }
            Self::NotItsNumber(number) => {
                let say = Say::NotItsNumber { number };
                Problem::invalid(lang, "", "not-its-number", say, Say::CompareWithBureau)
            }
            Self::Cancelled(number) => {
                let say = Say::NumberIsCancelled { number };
                Problem::against(lang, "", "number-cancelled", say, Say::RecordRejection)
            }
            Self::OtherProvince => Problem::invalid(
                lang,
                "subject_number",
                "other-province",
                Say::OtherProvince,
                Say::CompareWithBureau,
            ),
            Self::Number(illegal) => illegal.problem(lang),
            Self::DomainTaken => {
                Problem::against(lang, "", "domain-taken", Say::DomainTaken, Say::CompareWithBureau)
            }
            Self::SubjectFiled => {
                Problem::against(lang, "", "subject-filed", Say::SubjectFiledAlready, Say::CompareWithBureau)
            }
        }
    }
}

impl Fault for filing::registry::Illegal {
    fn problem(&self, lang: Lang) -> Problem {
        let (message, suggestion) = (self.message(lang), self.suggestion(lang));
        Problem::new(Kind::Refused, lang).with("", Self::WORD, message, suggestion)
    }
}

impl Fault for NumberFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown => Problem::new(Kind::NotFound, lang).saying(Say::UnknownNumber.to_text(lang)),
            Self::Illegal(illegal) => illegal.problem(lang),
            Self::NotConfirmed { number } => {
                let (say, what) = (Say::NumberNotConfirmed, Say::TypeDigitsOf { number });
                Problem::invalid(lang, "confirmation", "cancellation-not-confirmed", say, what)
            }
            Self::HostedHere(numbers) => {
                let say = Say::StillHosted { numbers };
                Problem::against(lang, "", "hosted-here", say, Say::DropAccessFirst)
            }
            Self::HostedElsewhere(numbers) => {
                let say = Say::HostedElsewhere { numbers };
                Problem::against(lang, "reason", "hosted-elsewhere", say, Say::RecordLeftFirst)
            }
            Self::NothingUntrue => {
                Problem::against(lang, "", "nothing-untrue", Say::NothingUntrue, Say::RecordUntrueFirst)
            }
            Self::Mendable(day) => {
                let (until, from) =
                    (&*day.to_string(), &*day.saturating_add(Span::new().days(1)).to_string());
                let (say, what) = (Say::MendableUntil { day: until }, Say::DropFrom { day: from });
                Problem::against(lang, "", "mendable", say, what)
            }
            Self::NotWarned => {
                Problem::against(lang, "", "owner-not-warned", Say::OwnerNotWarned, Say::WatchWarns)
            }
            Self::Runs { instance, until } => {
                let until = until.map(|until| shanghai(until).date().to_string());
                let say = Say::InstanceRuns { instance, until: until.as_deref() };
                Problem::against(lang, "reason", "instance-runs", say, Say::CheckReasonOrInventory)
            }
            Self::Held { domain, until } => {
                let say = Say::DomainHeld { domain, until: &until.to_string() };
                Problem::against(lang, "reason", "domain-held", say, Say::CheckReasonOrTerm)
            }
        }
    }
}

impl Fault for CorrectFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Unknown => Problem::new(Kind::NotFound, lang).saying(Say::UnknownNumber.to_text(lang)),
            Self::Illegal(illegal) => illegal.problem(lang),
            Self::Unlike(unlike) => Problem::invalid(
                lang,
                "to",
                "not-alike",
                Say::NumberNotAlike(*unlike),
                Say::CompareWithBureau,
            ),
            Self::Taken(number) => {
                let say = Say::NumberTaken { number };
                Problem::against(lang, "to", "number-taken", say, Say::CompareWithBureau)
            }
            Self::Revives(number) => {
                let say = Say::CancelledUnder { number };
                Problem::against(lang, "to", "number-cancelled", say, Say::CompareWithBureau)
            }
            Self::NotConfirmed(number) => {
                let (say, what) = (Say::NumberNotConfirmed, Say::TypeDigitsOf { number });
                Problem::invalid(lang, "confirmation", "not-confirmed", say, what)
            }
            Self::UnderWay(orders) => {
                let orders: Vec<_> = orders.iter().map(ToString::to_string).collect();
                let say = Say::NamedUnderWay { orders: &orders };
                Problem::against(lang, "", "orders-under-way", say, Say::EndOrdersFirst)
            }
        }
    }
}

impl Fault for RejectFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::Reason => {
                let say = Say::ReasonLength { most: Remark::LONGEST_PROBLEM };
                Problem::invalid(lang, "reason", "reason-length", say, Say::CopyReason)
            }
        }
    }
}

impl Fault for AddFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::Picture(fault) => {
                let too_large = matches!(fault, PictureFault::TooLarge { .. });
                let (message, suggestion) = (fault.message(lang), fault.suggestion(lang));
                let problem = Problem::new(if too_large { Kind::TooLarge } else { Kind::Invalid }, lang);
                problem.saying(message.clone()).with("", fault.code(), message, suggestion)
            }
            Self::Field(fault) => {
                let told = FaultBody::of_check(fault, lang);
                // The request has one field of a picture, as parameters.
                let path = told.path.trim_start_matches("materials[].");
                Problem::new(Kind::Invalid, lang).with(path, told.code, told.message, told.suggestion)
            }
            Self::NoPictures => {
                Problem::against(lang, "", "no-pictures", Say::NoPictures, Say::LeaveOutPictures)
            }
            Self::Locked(paths) => locked(paths, lang),
            Self::TooMany => {
                let say = Say::TooManyPictures { most: MOST_ATTACHMENTS };
                Problem::against(lang, "", "too-many-pictures", say, Say::RemovePicture)
            }
        }
    }
}

impl Fault for RemoveFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::Order(fault) => fault.problem(lang),
            Self::NoPicture => no_picture(lang),
            Self::Locked(paths) => locked(paths, lang),
        }
    }
}

impl Fault for ReadFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NotAllowed => Problem::new(Kind::Forbidden, lang),
            Self::Order(fault) => fault.problem(lang),
            Self::NoPicture => no_picture(lang),
        }
    }
}

/// The order has no such picture.
pub(crate) fn no_picture(lang: Lang) -> Problem {
    Problem::new(Kind::NotFound, lang).saying(Say::NoSuchPicture.to_text(lang))
}

/// What was not given back to be mended; nothing of it was changed.
fn locked(paths: &[String], lang: Lang) -> Problem {
    let [message, suggestion] = [Say::FieldLocked, Say::MendWhatIsOpened].map(|say| say.to_text(lang));
    paths.iter().fold(Problem::new(Kind::Refused, lang), |told, path| {
        told.with(path, "field-locked", message.clone(), suggestion.clone())
    })
}

impl Fault for SeeFault {
    fn problem(&self, lang: Lang) -> Problem {
        match self {
            Self::NotAllowed(_) => Problem::new(Kind::Forbidden, lang),
            Self::Order(fault) => fault.problem(lang),
        }
    }
}

impl Fault for EraseFault {
    fn problem(&self, lang: Lang) -> Problem {
        let refused = || Problem::new(Kind::Refused, lang);
        match self {
            Self::Unknown => Problem::new(Kind::NotFound, lang).saying(Say::NothingToErase.to_text(lang)),
            Self::InProgress(orders) => orders.iter().fold(refused(), |told, order| {
                let say = Say::OrderInProgress { id: &order.to_string() }.to_text(lang);
                told.with("", "order-in-progress", say, Say::FinishOrder.to_text(lang))
            }),
            Self::Filed(numbers) => numbers.iter().fold(refused(), |told, number| {
                let say = Say::SubjectFiled { number }.to_text(lang);
                told.with("", "subject-filed", say, Say::CancelSubjectFirst.to_text(lang))
            }),
            Self::TooMany => {
                Problem::against(lang, "", "too-many-keys", Say::TooMuchToErase, Say::EraseOneByOne)
            }
        }
    }
}
