//! Rights: what may be done at the desk, and by whom. This table is all there is; whatever serves people asks it.

use super::Role;
use std::fmt;

/// Something that may be done with one role or another. A key may be restricted to some of them, its scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// See the instances of one's own account, with their decisions.
    OwnInstances,
    /// See, ask for, bind and grant the service codes of one's own account.
    OwnCodes,
    /// Verify a product for a filing of one's own account.
    VerifyProduct,
    /// Fill in, submit and give up the filing orders of one's own account.
    OwnOrders,
    /// See the filing numbers of one's own account, with what happened to them, and say until when their domains are registered.
    OwnNumbers,
    /// See the filing numbers of every account. It is recorded.
    ReadNumbers,
    /// Record that an access ended or that a number was cancelled, what is untrue under it, and until when its domains are registered.
    EndNumbers,
    /// Look at the filing orders of every account before the bureau does, and return or approve them.
    ReviewOrders,
    /// Hand filing orders to the bureau and record its answers.
    FileOrders,
    /// Propose what two people decide, and decide what others propose: what goes on the blacklist and comes off it, and what is
    /// cancelled by order of an authority.
    ProposeAndAgree,
    /// Ask why something is not possible, for any instance, code or account, as of any date. It is recorded.
    LookUp,
    /// See the instances of every account, with their decisions.
    AllInstances,
    /// Record the inventory.
    ImportInstances,
    /// Make codes beforehand, take codes in, and make codes void.
    ManageCodes,
    /// Read and publish rulebooks.
    PublishRulebook,
    /// Add users and accounts, change their roles and lock them.
    ManageUsers,
    /// Read and verify the ledger.
    ReadLedger,
    /// Read who looked at what.
    ReadAccessLog,
    /// Read what is filled in for orders, with personal data masked.
    ReadOrders,
    /// Read personal data of orders in clear, and their pictures, for a stated purpose. It is recorded.
    ReadPersonalData,
    /// Erase personal data for ever.
    ErasePersonalData,
    /// Make and revoke keys of one's own.
    OwnKeys,
    /// See where one is signed in, and end that.
    OwnSessions,
    /// Ask of names whether they may be served.
    AskGate,
    /// Copy all that may be served: every domain that the desk knows, in one piece.
    CopyGate,
    /// Put domains on the white list, and addresses of the provider's own down.
    ManageGate,
    /// Have codes issued and granted in the name of any account, and read them: for the systems that sell products. It is recorded.
    ActForAccounts,
}

/// Who may do what. Roles do not include one another: where two may do the same, both are named.
pub const RIGHTS: &[(Right, &[Role])] = &[
    (Right::OwnInstances, &[Role::Customer]),
    (Right::OwnCodes, &[Role::Customer]),
    (Right::VerifyProduct, &[Role::Customer]),
    (Right::OwnOrders, &[Role::Customer]),
    (Right::OwnNumbers, &[Role::Customer]),
    (Right::ReadNumbers, &[Role::Support, Role::Reviewer, Role::Operator, Role::Auditor]),
    (Right::EndNumbers, &[Role::Operator]),
    (Right::ReviewOrders, &[Role::Reviewer]),
    (Right::FileOrders, &[Role::Operator]),
    (Right::ProposeAndAgree, &[Role::Reviewer, Role::Operator]),
    (Right::LookUp, &[Role::Support]),
    (Right::AllInstances, &[Role::Support, Role::Reviewer, Role::Operator]),
    (Right::ImportInstances, &[Role::Operator]),
    (Right::ManageCodes, &[Role::Operator]),
    (Right::PublishRulebook, &[Role::Operator]),
    (Right::ManageUsers, &[Role::Operator]),
    (Right::ReadLedger, &[Role::Auditor]),
    (Right::ReadAccessLog, &[Role::Auditor]),
    (Right::ReadOrders, &[Role::Support, Role::Reviewer, Role::Operator]),
    (Right::ReadPersonalData, &[Role::Reviewer, Role::Operator]),
    (Right::ErasePersonalData, &[Role::Operator]),
    (Right::OwnKeys, &Role::ALL),
    (Right::OwnSessions, &Role::ALL),
    (Right::AskGate, &[Role::Support, Role::Operator]),
    (Right::CopyGate, &[Role::Operator]),
    (Right::ManageGate, &[Role::Operator]),
    (Right::ActForAccounts, &[Role::Operator]),
];

impl Right {
    /// As scopes of keys and the API document say it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OwnInstances => "own-instances",
            Self::OwnCodes => "own-codes",
            Self::VerifyProduct => "verify-product",
            Self::OwnOrders => "own-orders",
            Self::OwnNumbers => "own-numbers",
            Self::ReadNumbers => "read-numbers",
            Self::EndNumbers => "end-numbers",
            Self::ReviewOrders => "review-orders",
            Self::FileOrders => "file-orders",
            Self::ProposeAndAgree => "propose-and-agree",
            Self::LookUp => "look-up",
            Self::AllInstances => "all-instances",
            Self::ImportInstances => "import-instances",
            Self::ManageCodes => "manage-codes",
            Self::PublishRulebook => "publish-rulebook",
            Self::ManageUsers => "manage-users",
            Self::ReadLedger => "read-ledger",
            Self::ReadAccessLog => "read-access-log",
            Self::ReadOrders => "read-orders",
            Self::ReadPersonalData => "read-personal-data",
            Self::ErasePersonalData => "erase-personal-data",
            Self::OwnKeys => "own-keys",
            Self::OwnSessions => "own-sessions",
            Self::AskGate => "ask-gate",
            Self::CopyGate => "copy-gate",
            Self::ManageGate => "manage-gate",
            Self::ActForAccounts => "act-for-accounts",
        }
    }

    /// The right of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        RIGHTS.iter().map(|(right, _)| *right).find(|right| right.word() == word)
    }

    /// The roles that have it.
    pub fn roles(self) -> &'static [Role] {
        RIGHTS.iter().find(|(right, _)| *right == self).map_or(&[], |(_, roles)| roles)
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every right, found by the compiler: a new one is asked for here.
    const fn next(right: Option<Right>) -> Option<Right> {
        match right {
            None => Some(Right::OwnInstances),
            Some(Right::OwnInstances) => Some(Right::OwnCodes),
            Some(Right::OwnCodes) => Some(Right::VerifyProduct),
            Some(Right::VerifyProduct) => Some(Right::OwnOrders),
            Some(Right::OwnOrders) => Some(Right::OwnNumbers),
            Some(Right::OwnNumbers) => Some(Right::ReadNumbers),
            Some(Right::ReadNumbers) => Some(Right::EndNumbers),
            Some(Right::EndNumbers) => Some(Right::ReviewOrders),
            Some(Right::ReviewOrders) => Some(Right::FileOrders),
            Some(Right::FileOrders) => Some(Right::ProposeAndAgree),
            Some(Right::ProposeAndAgree) => Some(Right::LookUp),
            Some(Right::LookUp) => Some(Right::AllInstances),
            Some(Right::AllInstances) => Some(Right::ImportInstances),
            Some(Right::ImportInstances) => Some(Right::ManageCodes),
            Some(Right::ManageCodes) => Some(Right::PublishRulebook),
            Some(Right::PublishRulebook) => Some(Right::ManageUsers),
            Some(Right::ManageUsers) => Some(Right::ReadLedger),
            Some(Right::ReadLedger) => Some(Right::ReadAccessLog),
            Some(Right::ReadAccessLog) => Some(Right::ReadOrders),
            Some(Right::ReadOrders) => Some(Right::ReadPersonalData),
            Some(Right::ReadPersonalData) => Some(Right::ErasePersonalData),
            Some(Right::ErasePersonalData) => Some(Right::OwnKeys),
            Some(Right::OwnKeys) => Some(Right::OwnSessions),
            Some(Right::OwnSessions) => Some(Right::AskGate),
            Some(Right::AskGate) => Some(Right::CopyGate),
            Some(Right::CopyGate) => Some(Right::ManageGate),
            Some(Right::ManageGate) => Some(Right::ActForAccounts),
            Some(Right::ActForAccounts) => None,
        }
    }

    #[test]
    fn every_right_is_in_the_table_once_with_somebody_who_has_it() {
        let mut last = None;
        let mut all = 0;
        while let Some(right) = next(last) {
            assert_eq!(RIGHTS.iter().filter(|(listed, _)| *listed == right).count(), 1, "{right}");
            assert!(!right.roles().is_empty(), "{right}");
            assert_eq!(Right::from_word(right.word()), Some(right));
            (last, all) = (Some(right), all + 1);
        }
        assert_eq!(all, RIGHTS.len());
        assert_eq!(Right::from_word("everything"), None);
    }

    #[test]
    fn no_role_includes_another_and_a_customer_has_nothing_of_all_accounts() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
            let of = |role: Role| RIGHTS.iter().filter(move |(_, roles)| roles.contains(&role));
            assert!(of(role).count() > 1, "{role}");
        }
        for right in [
            Right::AllInstances,
            Right::ReviewOrders,
            Right::FileOrders,
            Right::ProposeAndAgree,
            Right::LookUp,
            Right::ManageUsers,
            Right::ReadLedger,
        ] {
            assert!(!right.roles().contains(&Role::Customer), "{right}");
        }
    }
}
