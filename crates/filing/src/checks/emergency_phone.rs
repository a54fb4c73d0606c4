//! Emergency phones: a mobile or a landline under which somebody is reached when the person in charge is not, so that it is not his
//! own mobile again.

use super::{
    Checking, Found, Told,
    mobile::{is_mobile, without_country},
    office_phone::is_landline,
};
use rulebook::Lang;

/// What is wrong with an emergency phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmergencyPhoneFault {
    /// It is neither a mobile number nor a landline of the mainland.
    NoPhone,
    /// It is the mobile of the same person.
    SameAsMobile,
}

/// Checks the emergency phone of everybody in charge.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for one in asked.people() {
        let person = one.person;
        if let Some(fault) =
            person.emergency_phone.as_deref().and_then(|phone| fault(phone, person.mobile.as_deref()))
        {
            found.push(format!("{}.emergency_phone", one.path), fault);
        }
    }
}

fn fault(phone: &str, mobile: Option<&str>) -> Option<EmergencyPhoneFault> {
    let plain = phone.replace('-', "");
    let bare = |number: &str| without_country(number).unwrap_or(number).to_owned();
    if mobile.is_some_and(|mobile| bare(mobile) == bare(&plain)) {
        Some(EmergencyPhoneFault::SameAsMobile)
    } else if is_mobile(&plain) || is_landline(phone) {
        None
    } else {
        Some(EmergencyPhoneFault::NoPhone)
    }
}

impl Told for EmergencyPhoneFault {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPhone => "emergency-phone",
            Self::SameAsMobile => "emergency-phone-same",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::NoPhone) => "应急联系电话应为中国大陆的手机号码，或者带区号的固定电话。",
            (Lang::Zh, Self::SameAsMobile) => "应急联系电话与这位负责人的手机号码相同。",
            (Lang::En, Self::NoPhone) => {
                "An emergency phone is a mobile number of mainland China, or a landline with its area code."
            }
            (Lang::En, Self::SameAsMobile) => "The emergency phone is the mobile of the same person.",
        }
        .to_owned()
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::NoPhone) => "请填写不带国家代码的号码，例如 13800000000 或 0571-88888888。",
            (Lang::Zh, Self::SameAsMobile) => "请填写另一个电话，例如同事或家人的手机，以便联系不上负责人时使用。",
            (Lang::En, Self::NoPhone) => {
                "Enter it without the country code, such as 13800000000 or 0571-88888888."
            }
            (Lang::En, Self::SameAsMobile) => {
                "Enter another one, such as a colleague's or a relative's, for when the person cannot be reached."
            }
        }
        .to_owned()
    }
}
