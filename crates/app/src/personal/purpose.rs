//! For what staff reads personal data. A list and no free text, so that no line of the access log has personal data itself.

use rulebook::Lang;

/// For what personal data is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// An order is looked at before it goes to the bureau (初审).
    Review,
    /// Something is typed over into the bureau's system, or compared with it.
    Bureau,
    /// The customer asks for help with his own order.
    Customer,
    /// An authority asks.
    Authority,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 4] = [Self::Review, Self::Bureau, Self::Customer, Self::Authority];

    /// As lines of the access log carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Bureau => "bureau",
            Self::Customer => "customer",
            Self::Authority => "authority",
        }
    }

    /// The purpose of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::Review) => "初审订单",
            (Lang::Zh, Self::Bureau) => "向管局报送或核对",
            (Lang::Zh, Self::Customer) => "应客户要求协助处理",
            (Lang::Zh, Self::Authority) => "应主管部门要求查询",
            (Lang::En, Self::Review) => "Review of the order",
            (Lang::En, Self::Bureau) => "Filing with the bureau, or comparing with it",
            (Lang::En, Self::Customer) => "Help that the customer asked for",
            (Lang::En, Self::Authority) => "Request of an authority",
        }
    }
}
