//! Addresses: the one where letters reach the subject goes down to the door and leaves out what the region says; the one of the
//! certificate is as the certificate has it.

use super::{Checking, Found, Told, Weight, region::names};
use rulebook::Lang;

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It is too short to be one.
    Short {
        /// Characters that it has.
        found: usize,
        /// Characters that it needs.
        least: usize,
    },
    /// It is longer than the bureau's field.
    Long {
        /// Characters that it has.
        found: usize,
    },
    /// It does not say which house or door.
    NoDoor {
        /// Whether the subject has a remark, which may say that there is none.
        remarked: bool,
    },
    /// It begins with what the region says already.
    Repeats {
        /// With what.
        name: &'static str,
    },
}

/// Characters of an address below the county: `文三路9号`, `王村5组` have more.
const LEAST: usize = 4;
/// Characters of the address of a certificate, which names a place too: `海盐县新桥路1号`.
const LEAST_OF_CERTIFICATE: usize = 6;
/// Characters that an address has at most: twice the longest that are known.
const MOST: usize = 200;
/// What stands in an address that goes down to the door.
const DOORS: [char; 19] = [
    '号', '室', '楼', '栋', '幢', '座', '层', '组', '队', '村', '户', '屯', '寨', '舍', '铺', '房', '弄',
    '厦', '院',
];

/// Checks the addresses of the subject.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let Some(subject) = asked.subject() else { return };
    if let Some(address) = subject.certificate_address.as_deref() {
        length("subject.certificate_address", address, LEAST_OF_CERTIFICATE, found);
    }
    let Some(address) = subject.address.as_deref() else { return };
    let path = "subject.address";
    length(path, address, LEAST, found);
    if !has_door(address) {
        found.push(path, AddressFault::NoDoor { remarked: subject.remark.is_some() });
    }
    let repeated = asked.subject_region().map(names).unwrap_or_default();
    if let Some(name) = repeated.into_iter().find(|name| address.starts_with(name)) {
        found.push(path, AddressFault::Repeats { name });
    }
}

/// Whether an address names a house or door; most are numbers, and many people leave out `号` behind them: `中山路88-302`.
fn has_door(address: &str) -> bool {
    address.contains(DOORS) || address.contains("单元") || address.contains(|c: char| c.is_ascii_digit())
}

fn length(path: &str, address: &str, least: usize, found: &mut Found) {
    let characters = address.chars().filter(|c| !c.is_whitespace()).count();
    if characters < least {
        found.push(path, AddressFault::Short { found: characters, least });
    }
    if characters > MOST {
        found.push(path, AddressFault::Long { found: characters });
    }
}

impl Told for AddressFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Short { .. } => "address-short",
            Self::Long { .. } => "address-long",
            Self::NoDoor { .. } => "address-no-door",
            Self::Repeats { .. } => "address-repeats",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::Repeats { .. } | Self::NoDoor { remarked: true } => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Short { found, least }) => {
                format!("地址只有 {found} 个字，至少应有 {least} 个字。")
            }
            (Lang::Zh, Self::Long { found }) => format!("地址有 {found} 个字，最多 {MOST} 个字。"),
            (Lang::Zh, Self::NoDoor { .. }) => "通信地址没有写到门牌号。".to_owned(),
            (Lang::Zh, Self::Repeats { name }) => format!("通信地址重复写了所在地区“{name}”。"),
            (Lang::En, Self::Short { found, least }) => {
                format!("The address has {found} characters; it needs at least {least}.")
            }
            (Lang::En, Self::Long { found }) => {
                format!("The address has {found} characters; {MOST} is the most.")
            }
            (Lang::En, Self::NoDoor { .. }) => "The address does not go down to the door.".to_owned(),
            (Lang::En, Self::Repeats { .. }) => {
                "The address begins with the region, which is given beside it.".to_owned()
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::NoDoor { remarked: true }) => {
                "能写到门牌号或房间号的，请补充；备注中已说明是最详细地址的，请继续，审核人员会核对。"
            }
            (Lang::Zh, Self::NoDoor { remarked: false }) => {
                "请写到门牌号或房间号，例如“文三路 9 号 2 幢 301 室”；农村地址请写到村和组。没有门牌号的，请在备注中说明“已是最详细地址”。"
            }
            (Lang::Zh, Self::Repeats { .. }) => "请只写区县以下的部分。",
            (Lang::Zh, Self::Long { .. }) => "请去掉与地址无关的说明，可以写在备注里。",
            (Lang::Zh, Self::Short { .. }) => "请写出完整的地址。",
            (Lang::En, Self::NoDoor { remarked: true }) => {
                "Add the number of the house or room where there is one; if the remark says that there is none, go on: a reviewer will look at it."
            }
            (Lang::En, Self::NoDoor { remarked: false }) => {
                "Add the number of the house or room, in the country the village and group; where there is none, say so in the remark."
            }
            (Lang::En, Self::Repeats { .. }) => "Give only what is below the county.",
            (Lang::En, Self::Long { .. }) => "Leave out what is no address; the remark has room for it.",
            (Lang::En, Self::Short { .. }) => "Give the whole address.",
        }
        .to_owned()
    }
}
