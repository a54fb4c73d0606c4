//! What a reviewer gave back and nobody touched: it may be right after all, and more likely it was overlooked.

use super::{Checking, Found, Told, Weight};
use rulebook::Lang;

/// Something that was given back to be mended and stands as it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnmendedFault;

/// Warns of everything that was given back and is unchanged.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for path in &asked.known.unmended {
        found.push(path, UnmendedFault);
    }
}

impl Told for UnmendedFault {
    fn code(&self) -> &'static str {
        "not-mended"
    }

    fn weight(&self) -> Weight {
        Weight::Warning
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => "这一项被退回后还没有修改。",
            Lang::En => "This was given back to be mended, and is unchanged.",
        }
        .to_owned()
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => "请按修改意见修改；确认填写无误的，可以照原样提交，审核人员会再看一次。",
            Lang::En => "Mend it as the reviewer says; if you are sure that it is right, submit it as it is, and it is looked at again.",
        }
        .to_owned()
    }
}
