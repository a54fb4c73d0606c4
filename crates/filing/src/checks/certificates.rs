//! Certificates that belong together: the kind of the subject's to its nature, that of people to people, and whose is whose.

use super::{Checking, Found, Told, Weight, eighteen::Symbols};
use crate::{
    orders::{Certificate, Subject},
    tables::{CertificateKind, NATURES, NumberForm, certificate, entry},
};
use jiff::civil::Date;
use rulebook::Lang;

/// Years from which on nobody warns.
const OF_AGE: i16 = 18;

/// What does not belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// No nature of a subject has the number.
    UnknownNature {
        /// It.
        nature: u16,
    },
    /// No kind of certificate has the number.
    UnknownKind {
        /// It.
        kind: u16,
    },
    /// Subjects of that nature do not have such a certificate.
    OfOtherNature {
        /// The certificate.
        kind: &'static CertificateKind,
        /// The nature of the subject.
        nature: u16,
    },
    /// Somebody in charge has a certificate that no person has.
    OfNoPerson {
        /// The certificate.
        kind: &'static CertificateKind,
    },
    /// An organisation and somebody in charge of it have the same number.
    SameNumber,
    /// Somebody who files for himself is another person than the one in charge.
    NotOwn,
    /// Somebody else is in charge of the website of somebody who files for himself.
    NotHimself,
    /// The holder is not of age.
    Minor {
        /// Whole years.
        years: i16,
    },
}

/// Checks that certificates belong together.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    if let Some(subject) = asked.subject() {
        of_subject(asked, subject, found);
    }
    for one in asked.people() {
        let path = format!("{}.certificate", one.path);
        match one.person.certificate.kind.map(|kind| (kind, certificate(kind))) {
            Some((kind, None)) => found.push(format!("{path}.kind"), CertificateFault::UnknownKind { kind }),
            Some((_, Some(kind))) if !kind.personal => {
                found.push(format!("{path}.kind"), CertificateFault::OfNoPerson { kind });
            }
            _ => {}
        }
        let of_subject = asked.subject().and_then(|subject| subject.certificate.number.as_ref());
        if asked.by_an_organisation()
            && of_subject.is_some()
            && one.person.certificate.number.as_ref() == of_subject
        {
            found.push(format!("{path}.number"), CertificateFault::SameNumber);
        }
    }
    for (path, form, number) in asked.numbers() {
        if let Some(years) = age(form, number, asked.today).filter(|years| *years < OF_AGE) {
            found.push(path, CertificateFault::Minor { years });
        }
    }
}

fn of_subject(asked: Checking<'_>, subject: &Subject, found: &mut Found) {
    let unknown = |nature: &u16| entry(NATURES, *nature).is_none();
    if let Some(nature) = subject.nature.filter(unknown) {
        found.push("subject.nature", CertificateFault::UnknownNature { nature });
    }
    match (subject.certificate.kind.map(|kind| (kind, certificate(kind))), asked.nature()) {
        (Some((kind, None)), _) => {
            found.push("subject.certificate.kind", CertificateFault::UnknownKind { kind });
        }
        (Some((_, Some(kind))), Some(nature)) if kind.nature != nature && !unknown(&nature) => {
            found.push("subject.certificate.kind", CertificateFault::OfOtherNature { kind, nature });
        }
        _ => {}
    }
    if asked.individual() && differ(&subject.certificate, &subject.person.certificate) {
        found.push("subject.person.certificate.number", CertificateFault::NotOwn);
    }
    if asked.individual() {
        let others =
            asked.websites().filter(|(_, website)| differ(&subject.certificate, &website.person.certificate));
        for (path, _) in others {
            found.push(format!("{path}.person.certificate.number"), CertificateFault::NotHimself);
        }
    }
}

/// Whether two certificates are surely not the same; what is blank is its holder's.
fn differ(own: &Certificate, of_person: &Certificate) -> bool {
    let kinds = own.kind.zip(of_person.kind).is_some_and(|(own, other)| own != other);
    let numbers = own.number.as_ref().zip(of_person.number.as_ref()).is_some_and(|(own, other)| own != other);
    kinds || numbers
}

/// Whole years of a holder whose number says when he was born.
pub(super) fn age(form: NumberForm, number: &str, today: Date) -> Option<i16> {
    if !matches!(form, NumberForm::IdCard | NumberForm::ResidencePermit(_) | NumberForm::PermanentResident) {
        return None;
    }
    Symbols::read(number).ok().filter(|read| read.fits)?.years(today)
}

impl Told for CertificateFault {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownNature { .. } => "nature-unknown",
            Self::UnknownKind { .. } => "certificate-kind-unknown",
            Self::OfOtherNature { .. } => "certificate-of-other-nature",
            Self::OfNoPerson { .. } => "certificate-of-no-person",
            Self::SameNumber => "certificate-same-number",
            Self::NotOwn => "certificate-not-own",
            Self::NotHimself => "certificate-not-himself",
            Self::Minor { .. } => "certificate-minor",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::NotHimself | Self::Minor { .. } => Weight::Warning,
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
        match (lang, self) {
            (Lang::Zh, Self::UnknownNature { .. } | Self::UnknownKind { .. }) => "请从列表中重新选择。",
            (Lang::Zh, Self::OfOtherNature { .. }) => "请核对单位性质，并选择与其对应的证件。",
            (Lang::Zh, Self::OfNoPerson { .. }) => "请选择负责人本人的证件，例如身份证。",
            (Lang::Zh, Self::SameNumber) => "请填写负责人本人的证件号码，而不是单位的。",
            (Lang::Zh, Self::NotOwn) => "请删除负责人的证件信息（将使用主体本人的证件），或者改为一致。",
            (Lang::Zh, Self::NotHimself) => "请改为主体本人；多数省份的管局不接受其他人。",
            (Lang::Zh, Self::Minor { .. }) => "部分省份不接受未满 18 周岁的人员备案，请先确认，或改由成年人备案。",
            (Lang::En, Self::UnknownNature { .. } | Self::UnknownKind { .. }) => "Choose one of the list.",
            (Lang::En, Self::OfOtherNature { .. }) => {
                "Look whether the nature is the right one, and choose a certificate that goes with it."
            }
            (Lang::En, Self::OfNoPerson { .. }) => {
                "Choose the person's own certificate, such as an ID card."
            }
            (Lang::En, Self::SameNumber) => "Enter the person's own number, not the organisation's.",
            (Lang::En, Self::NotOwn) => {
                "Leave the certificate of the person in charge blank, so that the subject's own counts, or enter the same."
            }
            (Lang::En, Self::NotHimself) => {
                "Put the person in charge who files; most bureaus take nobody else."
            }
            (Lang::En, Self::Minor { .. }) => {
                "Some provinces take nobody under 18: ask first, or let somebody file who is of age."
            }
        }
        .to_owned()
    }
}

impl CertificateFault {
    fn zh(&self) -> String {
        let zh = Lang::Zh;
        match self {
            Self::UnknownNature { nature } => format!("没有编号为 {nature} 的单位性质。"),
            Self::UnknownKind { kind } => format!("没有编号为 {kind} 的证件类型。"),
            Self::OfOtherNature { kind, nature } => format!(
                "单位性质为“{}”的主体不能使用“{}”，它属于“{}”。",
                nature_label(*nature, zh),
                kind.entry.label(zh),
                nature_label(kind.nature, zh)
            ),
            Self::OfNoPerson { kind } => {
                format!("负责人不能使用“{}”，它不是个人证件。", kind.entry.label(zh))
            }
            Self::SameNumber => "负责人的证件号码与单位的证件号码相同。".to_owned(),
            Self::NotOwn => "个人备案的负责人就是本人，但负责人的证件与主体的证件不一致。".to_owned(),
            Self::NotHimself => {
                "个人备案的网站应由本人负责，但网站负责人的证件与主体的证件不一致。".to_owned()
            }
            Self::Minor { years } => format!("证件持有人现在 {years} 周岁，未满 18 周岁。"),
        }
    }

    fn en(&self) -> String {
        let en = Lang::En;
        match self {
            Self::UnknownNature { nature } => format!("No nature of a subject has the number {nature}."),
            Self::UnknownKind { kind } => format!("No kind of certificate has the number {kind}."),
            Self::OfOtherNature { kind, nature } => format!(
                "The certificate “{}” belongs to the nature “{}”, but the subject's is “{}”.",
                kind.entry.label(en),
                nature_label(kind.nature, en),
                nature_label(*nature, en)
            ),
            Self::OfNoPerson { kind } => {
                format!(
                    "The certificate “{}” is no person's, so that nobody in charge has it.",
                    kind.entry.label(en)
                )
            }
            Self::SameNumber => {
                "The number of the person in charge is the same as that of the organisation's certificate."
                    .to_owned()
            }
            Self::NotOwn => {
                "Who files for himself is the person in charge, but the two certificates are not the same."
                    .to_owned()
            }
            Self::NotHimself => {
                "Who files for himself is in charge of his website, but the certificate is somebody else's."
                    .to_owned()
            }
            Self::Minor { years } => format!("The holder of the certificate is {years}, which is under 18."),
        }
    }
}

fn nature_label(nature: u16, lang: Lang) -> &'static str {
    entry(NATURES, nature).map_or("", |nature| nature.label(lang))
}
