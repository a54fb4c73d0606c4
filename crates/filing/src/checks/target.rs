//! The filing number that an order starts from: its form, what the desk knows of it, and that whoever ends it means it.

use super::{Checking, Found, Told, WebsiteHere, Weight, registrable};
use crate::{
    orders::{Kind, Part, Target},
    tables::PROVINCES,
};
use rulebook::{Lang, half_width};
use std::fmt;

/// A filing number, taken apart. Numbers of those that had a licence when they filed have its form: `京ICP证030173号`, `粤B2-20090059-1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingNumber {
    /// The province whose bureau gave it, six digits.
    pub province: u32,
    /// The number of the subject alone.
    pub subject: String,
    /// Whether it is one of a filing (`ICP备`), as those are that the bureau gives by filing orders; the others are those of licences.
    pub is_filed: bool,
    /// Which of the subject's websites, from 1 to 9999; `None` for the subject itself.
    pub website: Option<u32>,
}

/// What is wrong with the number that an order starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetFault {
    /// It is no filing number.
    Form,
    /// No bureau begins its numbers so.
    Province(char),
    /// It is the number of a website, where that of a subject is needed.
    NotASubject {
        /// That of the website's subject.
        subject: String,
    },
    /// It is the number of a subject, where that of a website is needed.
    NotAWebsite,
    /// The account has no such number.
    Unknown {
        /// Whether it may be filed with another provider.
        elsewhere: bool,
    },
    /// It is filed here for another account. Whose is not said.
    OfAnotherAccount,
    /// It is cancelled.
    Cancelled(Instead),
    /// The website is hosted here already.
    HostedHere,
    /// The website is no longer hosted here, so that there is no access to cancel.
    NotHostedHere,
    /// A domain is none of the website's.
    NotOfWebsite,
    /// The number of a website is not one of the subject that the order is about.
    OfAnother,
    /// A website that is filed for the first time has no number yet: the bureau gives it.
    NotYetGiven,
    /// What was typed to confirm are not the digits of the number.
    Confirmation {
        /// Whether an access ends, and nothing that is filed.
        access: bool,
    },
    /// Nothing is wrong with the number: what is lost once it ends.
    Lost(Lost),
}

/// What leads on where a number is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The subject is cancelled: it is filed anew.
    FileAnew,
    /// The website is cancelled, and its subject may be alive.
    AddWebsite,
    /// Nothing: what the order asks for is done already.
    Nothing,
}

/// What is lost for ever, or ends, with what an order cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The subject's number and those of so many websites.
    Subject {
        /// How many are not cancelled yet.
        websites: usize,
    },
    /// The number of a website.
    Website,
    /// The access of a website; its number may follow.
    Access,
}

/// Websites of one subject that are counted: the largest have a few hundred, and what is longer is a slip of the keyboard.
const MOST_WEBSITES: u32 = 9_999;

impl FilingNumber {
    /// Reads a number that was tidied ([`crate::orders::Form::tidied`]).
    pub fn read(number: &str) -> Result<Self, TargetFault> {
        let mut rest = number.chars();
        let prefix = rest.next().ok_or(TargetFault::Form)?;
        let (subject, website) = parts(rest.as_str()).ok_or(TargetFault::Form)?;
        let province = PROVINCES.iter().find(|province| province.prefix.starts_with(prefix));
        let province = province.ok_or(TargetFault::Province(prefix))?.region;
        let is_filed = subject.starts_with("ICP备");
        Ok(Self { province, subject: format!("{prefix}{subject}"), is_filed, website })
    }
}

impl fmt::Display for FilingNumber {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.subject)?;
        self.website.map_or(Ok(()), |nth| write!(to, "-{nth}"))
    }
}

/// What follows the province: the rest of the subject's number, and which website.
fn parts(rest: &str) -> Option<(&str, Option<u32>)> {
    let form = FORMS.iter().find(|form| rest.starts_with(form.begins))?;
    let digits = rest.get(form.begins.len()..)?.bytes().take_while(u8::is_ascii_digit).count();
    let (subject, website) = rest.split_at_checked(form.begins.len() + digits + form.ends.len())?;
    if !form.digits.contains(&digits) || !subject.ends_with(form.ends) {
        return None;
    }
    match website.strip_prefix('-') {
        None => website.is_empty().then_some((subject, None)),
        Some(nth) if nth.bytes().all(|digit| digit.is_ascii_digit()) => {
            let nth = nth.parse().ok().filter(|nth| (1..=MOST_WEBSITES).contains(nth))?;
            Some((subject, Some(nth)))
        }
        Some(_) => None,
    }
}

/// How numbers are written behind the sign of their province.
struct Written {
    begins: &'static str,
    /// How many digits there may be.
    digits: &'static [usize],
    ends: &'static str,
}

/// What is filed has eight digits, or since 2021 the year and six more. Numbers of licences are longer and shorter, those for the whole
/// country have the year and four.
const FORMS: [Written; 3] = [
    Written { begins: "ICP备", digits: &[8, 10], ends: "号" },
    Written { begins: "ICP证", digits: &[6, 7, 8, 9, 10], ends: "号" },
    Written { begins: "B2-", digits: &[8], ends: "" },
];

/// Checks the number that the order starts from, those of websites, and the confirmation.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let target = asked.form.target.as_ref().filter(|_| asked.asks(Part::Target));
    let number = target.and_then(|target| target.number.as_deref());
    let read = number.map(FilingNumber::read);
    match &read {
        Some(Err(fault)) => found.push("target.number", fault.clone()),
        Some(Ok(number)) => {
            let faults =
                of_other_sort(asked, number).map_or_else(|| of_what_is_known(asked), |fault| vec![fault]);
            found.all("target.number", faults);
        }
        None => {}
    }
    websites(asked, read.and_then(Result::ok).as_ref(), found);
    domains(asked, found);
    if asked.asks(Part::Cancellation)
        && let Some(number) = number
        && let Some(typed) = asked.form.cancellation.as_ref().and_then(|end| end.confirmation.as_deref())
        && !confirms(typed, number)
    {
        found.push(
            "cancellation.confirmation",
            TargetFault::Confirmation { access: asked.kind == Kind::CancelAccess },
        );
    }
}

/// Whether what somebody typed says that he means that number: all its digits, in their order.
pub fn confirms(typed: &str, number: &str) -> bool {
    digits(typed) == digits(number)
}

/// The digits, also where an input method for Chinese made them wide.
fn digits(text: &str) -> String {
    text.chars().map(half_width).filter(char::is_ascii_digit).collect()
}

/// Whether it is a website's number where a subject's is needed, or the other way round.
fn of_other_sort(asked: Checking<'_>, number: &FilingNumber) -> Option<TargetFault> {
    match (asked.kind.needs().target, number.website) {
        (Target::Subject, Some(_)) => Some(TargetFault::NotASubject { subject: number.subject.clone() }),
        (Target::Website, None) => Some(TargetFault::NotAWebsite),
        _ => None,
    }
}

fn of_what_is_known(asked: Checking<'_>) -> Vec<TargetFault> {
    let Some(target) = &asked.known.target else { return Vec::new() };
    let Some(filed) = target else {
        // What is filed with another provider is no less filed.
        let elsewhere = matches!(asked.kind, Kind::AddWebsite | Kind::AddAccess);
        let of_another = asked.known.of_another_account && elsewhere;
        let unknown = TargetFault::Unknown { elsewhere };
        return vec![if of_another { TargetFault::OfAnotherAccount } else { unknown }];
    };
    if filed.cancelled {
        return vec![TargetFault::Cancelled(match asked.kind {
            Kind::FirstFiling | Kind::AddWebsite | Kind::Change => Instead::FileAnew,
            Kind::AddAccess => Instead::AddWebsite,
            Kind::CancelSubject | Kind::CancelWebsite | Kind::CancelAccess => Instead::Nothing,
        })];
    }
    let told = match asked.kind {
        Kind::AddAccess => filed.hosted_here.then_some(TargetFault::HostedHere),
        Kind::CancelSubject => Some(TargetFault::Lost(Lost::Subject { websites: filed.websites })),
        Kind::CancelWebsite => Some(TargetFault::Lost(Lost::Website)),
        Kind::CancelAccess if !filed.hosted_here => Some(TargetFault::NotHostedHere),
        Kind::CancelAccess => Some(TargetFault::Lost(Lost::Access)),
        Kind::FirstFiling | Kind::AddWebsite | Kind::Change => None,
    };
    told.into_iter().collect()
}

/// The numbers of websites that are filed already: of the subject that the order is about.
fn websites(asked: Checking<'_>, target: Option<&FilingNumber>, found: &mut Found) {
    for (nth, (path, website)) in asked.websites().enumerate() {
        let Some(number) = website.number.as_deref() else { continue };
        if asked.kind != Kind::Change {
            // Who names a website that is hosted here too says once more which.
            let again = asked.kind == Kind::AddAccess && target == FilingNumber::read(number).ok().as_ref();
            found.all(&format!("{path}.number"), (!again).then_some(TargetFault::NotYetGiven));
            continue;
        }
        let here = asked.known.websites.as_ref().and_then(|here| here.get(nth));
        let fault = match FilingNumber::read(number) {
            Err(fault) => fault,
            Ok(number) if number.website.is_none() => TargetFault::NotAWebsite,
            Ok(number) if target.is_some_and(|target| target.subject != number.subject) => {
                TargetFault::OfAnother
            }
            Ok(_) => match here {
                Some(WebsiteHere::Unknown) => TargetFault::Unknown { elsewhere: false },
                Some(WebsiteHere::Cancelled) => TargetFault::Cancelled(Instead::AddWebsite),
                Some(WebsiteHere::Filed | WebsiteHere::Unnumbered) | None => continue,
            },
        };
        found.push(format!("{path}.number"), fault);
    }
}

/// What is hosted here too are domains of the website that is filed.
fn domains(asked: Checking<'_>, found: &mut Found) {
    let Some(filed) = asked.filed().filter(|_| asked.kind == Kind::AddAccess) else { return };
    for (path, website) in asked.websites() {
        for (at, domain) in website.domains.iter().enumerate() {
            if registrable(domain).is_ok_and(|domain| !filed.domains.contains(&domain)) {
                found.push(format!("{path}.domains[{at}]"), TargetFault::NotOfWebsite);
            }
        }
    }
}

impl Told for TargetFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Form => "filing-number-form",
            Self::Province(_) => "filing-number-province",
            Self::NotASubject { .. } => "filing-number-not-a-subject",
            Self::NotAWebsite => "filing-number-not-a-website",
            Self::Unknown { .. } => "filing-number-unknown",
            Self::OfAnotherAccount => "filing-number-of-another-account",
            Self::Cancelled(_) => "filing-number-cancelled",
            Self::HostedHere => "filing-number-hosted-here",
            Self::NotHostedHere => "filing-number-not-hosted-here",
            Self::NotOfWebsite => "domain-not-of-website",
            Self::OfAnother => "filing-number-of-another",
            Self::NotYetGiven => "filing-number-not-asked",
            Self::Confirmation { .. } => "cancellation-not-confirmed",
            Self::Lost(Lost::Subject { .. } | Lost::Website) => "lost-for-ever",
            Self::Lost(Lost::Access) => "access-ends",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::Unknown { elsewhere: true } | Self::Lost(_) => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.suggestion_zh(),
            Lang::En => self.suggestion_en().to_owned(),
        }
    }
}

impl TargetFault {
    fn zh(&self) -> String {
        match self {
            Self::Form => "备案号的格式不正确。".to_owned(),
            Self::Province(prefix) => format!("没有以“{prefix}”开头的备案号。"),
            Self::NotASubject { .. } => "这里应填写主体备案号，您填写的是网站备案号。".to_owned(),
            Self::NotAWebsite => "这里应填写网站备案号，您填写的是主体备案号。".to_owned(),
            Self::Unknown { elsewhere: false } => "您的账号下没有这个备案号。".to_owned(),
            Self::Unknown { elsewhere: true } => {
                "您的账号下没有这个备案号，可能是在其他接入服务商处备案的。".to_owned()
            }
            Self::OfAnotherAccount => "这个备案号已经在其他账号下备案。".to_owned(),
            Self::Cancelled(_) => "这个备案号已经注销，不能恢复。".to_owned(),
            Self::HostedHere => "这个网站已经在本服务商接入，不用再办理。".to_owned(),
            Self::NotHostedHere => "这个网站已经取消接入，不用再办理。".to_owned(),
            Self::NotOfWebsite => "这个域名不属于所填备案号的网站。".to_owned(),
            Self::OfAnother => "这个网站备案号不属于订单所填的主体。".to_owned(),
            Self::NotYetGiven => "这里不用填写网站备案号。".to_owned(),
            Self::Confirmation { .. } => "您填写的数字与备案号中的数字不一致。".to_owned(),
            Self::Lost(lost) => lost.zh(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Lost(lost) => return lost.en(),
            Self::Form => "This is not the form of a filing number.",
            Self::Province(_) => "No bureau begins its filing numbers like this.",
            Self::NotASubject { .. } => "This is the number of a website; that of the subject is needed.",
            Self::NotAWebsite => "This is the number of a subject; that of a website is needed.",
            Self::Unknown { elsewhere: false } => "Your account has no such filing number.",
            Self::Unknown { elsewhere: true } => {
                "Your account has no such filing number; it may be filed with another provider."
            }
            Self::OfAnotherAccount => "This filing number is filed here already, under another account.",
            Self::Cancelled(_) => "This filing number is cancelled, and does not come back.",
            Self::HostedHere => "This website is hosted here already: there is nothing to do.",
            Self::NotHostedHere => "This website is no longer hosted here: there is nothing to do.",
            Self::NotOfWebsite => "The website with that filing number does not have this domain.",
            Self::OfAnother => "This website is not one of the subject that the order is about.",
            Self::NotYetGiven => "No filing number of a website is asked for here.",
            Self::Confirmation { .. } => "What was typed to confirm are not the digits of the filing number.",
        }
        .to_owned()
    }

    fn suggestion_zh(&self) -> String {
        match self {
            Self::Form | Self::Province(_) => {
                "主体备案号如“浙ICP备12345678号”，网站备案号如“浙ICP备12345678号-1”。".to_owned()
            }
            Self::NotASubject { subject } => format!("请填写“{subject}”。"),
            Self::NotAWebsite => "请在末尾加上网站的序号，例如“-1”。".to_owned(),
            Self::Unknown { elsewhere: false } => "请核对备案号，或者换用当时备案的账号。".to_owned(),
            Self::Unknown { elsewhere: true } => {
                "请核对备案号；无误的请继续，审核人员会到工信部系统查询。".to_owned()
            }
            Self::OfAnotherAccount => "请用当时备案的账号办理，或者联系客服。".to_owned(),
            Self::Cancelled(Instead::FileAnew) => "请重新办理首次备案。".to_owned(),
            Self::Cancelled(Instead::AddWebsite) => {
                "请为该主体办理新增网站；主体也已注销的，请重新办理首次备案。".to_owned()
            }
            Self::Cancelled(Instead::Nothing) => "不用再办理，请撤回这份订单。".to_owned(),
            Self::NotHostedHere => "请撤回这份订单。".to_owned(),
            Self::HostedHere => "如果接入信息有变化，请办理变更备案。".to_owned(),
            Self::NotOfWebsite => "请填写该网站已备案的域名；新域名请先办理变更备案或新增网站。".to_owned(),
            Self::OfAnother => "请核对网站备案号。".to_owned(),
            Self::NotYetGiven => "请清空这一项：新网站的备案号由管局在备案成功时给出。".to_owned(),
            Self::Confirmation { access: false } => {
                "注销后不能恢复。确定要办理的，请填写备案号中的全部数字。".to_owned()
            }
            Self::Confirmation { access: true } => {
                "取消接入后，本服务商不再为该网站提供访问。确定要办理的，请填写备案号中的全部数字。"
                    .to_owned()
            }
            Self::Lost(_) => "确定要办理的，请继续；不需要的，请撤回这份订单。".to_owned(),
        }
    }

    fn suggestion_en(&self) -> &'static str {
        match self {
            Self::Form | Self::Province(_) => {
                "Copy it from the foot of the website or from the notice of the bureau."
            }
            Self::NotASubject { .. } => "Leave out the dash and what follows it.",
            Self::NotAWebsite => "Add the number of the website behind it, such as `-1`.",
            Self::Unknown { elsewhere: false } => "Compare the number, or use the account that filed it.",
            Self::Unknown { elsewhere: true } => {
                "Compare the number; if it is right, go on: a reviewer will look it up."
            }
            Self::OfAnotherAccount => "Use the account that filed it, or ask support.",
            Self::Cancelled(Instead::FileAnew) => "File the subject anew.",
            Self::Cancelled(Instead::AddWebsite) => {
                "Add it as a new website of its subject; if that is cancelled too, file the subject anew."
            }
            Self::Cancelled(Instead::Nothing) => "There is nothing left to do: withdraw this order.",
            Self::NotHostedHere => "Withdraw this order.",
            Self::HostedHere => "If something changed, change the filing.",
            Self::NotOfWebsite => "Enter a domain that the website has; a new one is filed first.",
            Self::OfAnother => "Compare the number of the website.",
            Self::NotYetGiven => {
                "Leave it empty: the bureau gives a new website its number when it is filed."
            }
            Self::Confirmation { access: false } => {
                "This cannot be undone. If it is meant, enter all digits of the filing number."
            }
            Self::Confirmation { access: true } => {
                "The website can then no longer be served from here. If it is meant, enter all digits of the filing number."
            }
            Self::Lost(_) => "Go on if it is meant; otherwise withdraw this order.",
        }
    }
}

impl Lost {
    fn zh(self) -> String {
        const AFTER: &str = "不能恢复，网站不得继续访问；再次备案须使用新的备案服务号，并会得到新的备案号。";
        match self {
            Self::Subject { websites: 0 } => {
                "办结后，该主体的备案号将永久注销，不能恢复；再次备案会得到新的备案号。".to_owned()
            }
            Self::Subject { websites } => {
                format!("办结后，该主体及其 {websites} 个网站的备案号将永久注销，{AFTER}")
            }
            Self::Website => format!("办结后，该网站的备案号将永久注销，{AFTER}"),
            Self::Access => {
                "办结后，本服务商不能再为该网站提供访问；没有其他接入的网站，备案号可能被管局注销。"
                    .to_owned()
            }
        }
    }

    fn en(self) -> String {
        const AFTER: &str =
            "may not be served any more; a new filing needs a fresh code and gets a new number.";
        match self {
            Self::Subject { websites: 0 } => {
                "The number of the subject ends for ever; a new filing gets a new one.".to_owned()
            }
            Self::Subject { websites: 1 } => {
                format!("The numbers of the subject and of its website end for ever. The website {AFTER}")
            }
            Self::Subject { websites } => {
                format!("The numbers of the subject and of its {websites} websites end for ever. The websites {AFTER}")
            }
            Self::Website => format!("The number of the website ends for ever. The website {AFTER}"),
            Self::Access => {
                "The website can then no longer be served from here; the bureau may cancel the number of one that nobody hosts."
                    .to_owned()
            }
        }
    }
}
