//! The pictures that were added: for purposes that the bureau knows, of the subject or of a website as each purpose wants, and every
//! one that the kind of order needs.

use super::{Checking, Found, Told};
use crate::{
    orders::{Kind, Part},
    tables::{PURPOSES, Purpose},
};
use rulebook::Lang;

/// What is wrong with the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaterialFault {
    /// No purpose has that number.
    Unknown(u16),
    /// It belongs to a website and does not say to which.
    OfWebsite(&'static Purpose),
    /// It belongs to the subject, and names a website.
    OfSubject(&'static Purpose),
    /// The order has no website of that number.
    NoWebsite {
        /// It, counted from 0.
        website: u16,
    },
    /// The same picture is there for the same already.
    Twice,
    /// No picture with that id was added to the order.
    NoPicture,
    /// A picture that is needed was not added.
    Needed {
        /// For what.
        purpose: &'static Purpose,
        /// For which website, counted from 0.
        website: Option<usize>,
    },
}

/// The certificate of the subject.
const SUBJECT: u16 = 2;
/// The certificate of the person in charge of it. An individual's is the subject's.
const IN_CHARGE: u16 = 3;
/// What every website needs: verification form, certificate of the person in charge of it, photo.
const OF_WEBSITE: [u16; 3] = [1, 4, 5];
/// What a website needs whose filing changes: nobody is verified face to face again.
const OF_CHANGED_WEBSITE: [u16; 2] = [1, 4];

/// Checks the pictures.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    if !asked.asks(Part::Materials) {
        return;
    }
    for (nth, material) in asked.form.materials.iter().enumerate() {
        let path = format!("materials[{nth}]");
        if let Some(id) = material.purpose {
            match (purpose(id), material.website) {
                (None, _) => found.push(format!("{path}.purpose"), MaterialFault::Unknown(id)),
                (Some(purpose), None) if purpose.of_website => {
                    found.push(format!("{path}.website"), MaterialFault::OfWebsite(purpose));
                }
                (Some(purpose), Some(_)) if !purpose.of_website => {
                    found.push(format!("{path}.website"), MaterialFault::OfSubject(purpose));
                }
                (Some(_), Some(website)) if usize::from(website) >= asked.form.websites.len() => {
                    found.push(format!("{path}.website"), MaterialFault::NoWebsite { website });
                }
                (Some(_), _) => {}
            }
        }
        let Some(attachment) = &material.attachment else { continue };
        if asked.form.materials.iter().take(nth).any(|before| before == material) {
            found.push(format!("{path}.attachment"), MaterialFault::Twice);
        } else if asked.known.pictures.as_ref().is_some_and(|pictures| !pictures.contains(attachment)) {
            found.push(format!("{path}.attachment"), MaterialFault::NoPicture);
        }
    }
    needed(asked, found);
}

fn purpose(id: u16) -> Option<&'static Purpose> {
    PURPOSES.iter().find(|purpose| purpose.entry.id == id)
}

fn needed(asked: Checking<'_>, found: &mut Found) {
    let mut need = |id: u16, website: Option<usize>| {
        let of = website.and_then(|website| u16::try_from(website).ok());
        let there = asked.form.materials.iter().any(|material| {
            material.purpose == Some(id) && material.website == of && material.attachment.is_some()
        });
        if let Some(purpose) = purpose(id).filter(|_| !there) {
            found.push("materials", MaterialFault::Needed { purpose, website });
        }
    };
    if asked.subject().is_some() {
        need(SUBJECT, None);
        if asked.by_an_organisation() {
            need(IN_CHARGE, None);
        }
    }
    let of_website = if asked.kind == Kind::Change { &OF_CHANGED_WEBSITE[..] } else { &OF_WEBSITE };
    for website in 0..asked.form.websites.len() {
        for id in of_website {
            need(*id, Some(website));
        }
    }
}

impl Told for MaterialFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "material-unknown",
            Self::OfWebsite(_) => "material-of-website",
            Self::OfSubject(_) => "material-of-subject",
            Self::NoWebsite { .. } => "material-no-website",
            Self::Twice => "material-twice",
            Self::NoPicture => "material-no-picture",
            Self::Needed { .. } => "material-needed",
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
            (Lang::Zh, Self::Unknown(_)) => "请重新选择材料的用途。",
            (Lang::Zh, Self::OfWebsite(_) | Self::NoWebsite { .. }) => "请选择材料属于哪个网站。",
            (Lang::Zh, Self::OfSubject(_)) => "请把它归到主体。",
            (Lang::Zh, Self::Twice) => "请删去一处。",
            (Lang::Zh, Self::NoPicture | Self::Needed { .. }) => {
                "请上传 JPEG 或 PNG 图片，文字和边框要清晰完整。"
            }
            (Lang::En, Self::Unknown(_)) => "Choose again what the picture is for.",
            (Lang::En, Self::OfWebsite(_) | Self::NoWebsite { .. }) => {
                "Choose the website that it belongs to."
            }
            (Lang::En, Self::OfSubject(_)) => "Put it with the subject.",
            (Lang::En, Self::Twice) => "Remove one of the two.",
            (Lang::En, Self::NoPicture | Self::Needed { .. }) => {
                "Add it as JPEG or PNG, with every word and all its edges clear to see."
            }
        }
        .to_owned()
    }
}

impl MaterialFault {
    fn zh(&self) -> String {
        match self {
            Self::Unknown(id) => format!("没有编号为 {id} 的材料用途。"),
            Self::OfWebsite(purpose) => format!("“{}”应注明属于哪个网站。", purpose.entry.zh),
            Self::OfSubject(purpose) => format!("“{}”属于主体，不属于某个网站。", purpose.entry.zh),
            Self::NoWebsite { website } => format!("订单里没有第 {} 个网站。", u32::from(*website) + 1),
            Self::Twice => "同一张图片以同一用途添加了两次。".to_owned(),
            Self::NoPicture => "订单里没有这张图片，可能已经删除。".to_owned(),
            Self::Needed { purpose, website: None } => format!("缺少“{}”。", purpose.entry.zh),
            Self::Needed { purpose, website: Some(website) } => {
                format!("第 {} 个网站缺少“{}”。", website + 1, purpose.entry.zh)
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Unknown(id) => format!("No purpose of pictures has the number {id}."),
            Self::OfWebsite(purpose) => {
                format!("`{}` must say to which website it belongs.", purpose.entry.en)
            }
            Self::OfSubject(purpose) => {
                format!("`{}` belongs to the subject and to no website.", purpose.entry.en)
            }
            Self::NoWebsite { website } => format!("The order has no website {}.", u32::from(*website) + 1),
            Self::Twice => "The same picture is there for the same already.".to_owned(),
            Self::NoPicture => "The order has no such picture; it may have been deleted.".to_owned(),
            Self::Needed { purpose, website: None } => format!("A picture is needed: {}.", purpose.entry.en),
            Self::Needed { purpose, website: Some(website) } => {
                format!("Website {} needs a picture: {}.", website + 1, purpose.entry.en)
            }
        }
    }
}
