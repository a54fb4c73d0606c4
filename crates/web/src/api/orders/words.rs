//! The words of orders for the API document: kinds, states, moves, parts.

use filing::orders::Kind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an order asks for.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OrderKind {
    /// A subject and its first websites are filed (首次备案).
    FirstFiling,
    /// A filed subject files one more website (新增网站).
    AddWebsite,
    /// A filed website is hosted here too (新增接入).
    AddAccess,
    /// What is filed changes (变更备案).
    Change,
    /// A subject is cancelled with all its websites (注销主体).
    CancelSubject,
    /// One website is cancelled (注销网站).
    CancelWebsite,
    /// A website is no longer hosted here (取消接入).
    CancelAccess,
}

impl From<OrderKind> for Kind {
    fn from(word: OrderKind) -> Self {
        match word {
            OrderKind::FirstFiling => Self::FirstFiling,
            OrderKind::AddWebsite => Self::AddWebsite,
            OrderKind::AddAccess => Self::AddAccess,
            OrderKind::Change => Self::Change,
            OrderKind::CancelSubject => Self::CancelSubject,
            OrderKind::CancelWebsite => Self::CancelWebsite,
            OrderKind::CancelAccess => Self::CancelAccess,
        }
    }
}

/// Where an order stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "its form is used, and never a value of it")]
pub(crate) enum OrderState {
    /// Its owner fills it in (草稿).
    Draft,
    /// A reviewer is to look at it (待初审).
    Submitted,
    /// Its owner is to mend it (退回修改).
    Returned,
    /// It goes to the bureau next (初审通过).
    Approved,
    /// The bureau has it (管局审核中).
    AtBureau,
    /// The bureau filed it (备案成功).
    Filed,
    /// The bureau rejected it; it may be corrected into a new draft (管局驳回).
    Rejected,
    /// It was given up (已撤回).
    Withdrawn,
}

/// Something that happens to an order.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "its form is used, and never a value of it")]
pub(crate) enum OrderMove {
    /// It is begun.
    Open,
    /// A part of it is saved.
    Save,
    /// It is handed in, the first time or after it was mended.
    Submit,
    /// A reviewer gives it back.
    Return,
    /// A reviewer lets it pass.
    Approve,
    /// It is handed to the bureau.
    Send,
    /// The text message of the bureau was answered.
    ConfirmSms,
    /// It was not answered in time.
    MissSms,
    /// The bureau filed it.
    File,
    /// The bureau rejected it.
    Reject,
    /// Its owner gives it up.
    Withdraw,
    /// It was left idle for too long.
    Lapse,
    /// An authority cancelled what it is about; two people recorded it.
    Force,
    /// A reviewer takes it, before he does anything else. It stands among `moves` alone: it is no stage of an order.
    Claim,
    /// A reviewer says of a field whether it passes. It stands among `moves` alone.
    Remark,
}
