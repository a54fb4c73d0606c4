//! The three failures of product verification, whose texts are fixed byte for byte.

use crate::text::Lang;

/// How a product verification (产品验证) fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// What was typed does not lead to a product of the customer.
    InvalidProductInfo,
    /// The code, or the host, has backed all the websites that it may.
    SubjectLimitReached,
    /// The code is void, its instance cannot back a filing now, or the answer could not be had.
    InterfaceException,
}

impl Failure {
    /// Every failure, in the order in which they are tested.
    pub const ALL: [Self; 3] =
        [Self::InvalidProductInfo, Self::SubjectLimitReached, Self::InterfaceException];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InvalidProductInfo => "invalid-product-info",
            Self::SubjectLimitReached => "subject-limit-reached",
            Self::InterfaceException => "interface-exception",
        }
    }

    /// The text that customers have known for years and look up; never changed by a character.
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::InvalidProductInfo, Lang::Zh) => "产品信息无效",
            (Self::InvalidProductInfo, Lang::En) => "Invalid product information",
            (Self::SubjectLimitReached, Lang::Zh) => {
                "产品已经提交过网站备案，备案主体数已经达到了规定的主体上限，请更换其他产品"
            }
            (Self::SubjectLimitReached, Lang::En) => {
                "A website ICP Filing application has already been submitted for this product. The ICP Filing subject \
                 quantity limit has been reached. Please switch to another product"
            }
            (Self::InterfaceException, Lang::Zh) => "验证产品信息失败，接口异常",
            (Self::InterfaceException, Lang::En) => {
                "Product information verification failed. Interface exception"
            }
        }
    }
}
