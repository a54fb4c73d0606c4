//! What somebody is to the gate: the name by which a system calls itself, and what of others he may take away.

use crate::Actor;

/// Characters of a system's name at most.
pub const LONGEST_CALLER: usize = 64;

/// Whether that is a name by which a system may call itself: 1 to [`LONGEST_CALLER`] letters, digits, `-`, `_` and `.`.
pub fn is_caller(name: &str) -> bool {
    let right = |symbol: char| symbol.is_ascii_alphanumeric() || "-_.".contains(symbol);
    (1..=LONGEST_CALLER).contains(&name.len()) && name.chars().all(right)
}

/// Whether something may have been asked for that system, or for none, where a person asked.
pub(super) fn is_caller_or_none(name: &str) -> bool {
    name.is_empty() || is_caller(name)
}

/// Whether somebody may take away what `made_by` put there, as the ledger names him. The provider's own people may take away anything, and
/// another system only what it put there itself, with whichever of its keys; what was put there before that was kept is anybody's.
pub(super) fn may_end(by: &Actor, made_by: &str) -> bool {
    match by {
        Actor::Staff(_) | Actor::Kebei => true,
        Actor::Partner(_) | Actor::Account(_) => made_by.is_empty() || by.to_string() == made_by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_takes_away_its_own_and_nothing_of_others_whatever_they_are_called() {
        let slb = Actor::Partner("slb".to_owned());
        for (made_by, may) in [("key:slb", true), ("", true), ("key:cdn", false), ("staff:slb", false)] {
            assert_eq!(may_end(&slb, made_by), may, "{made_by}");
            assert!(may_end(&Actor::Kebei, made_by), "{made_by}");
        }
    }

    #[test]
    fn systems_have_short_plain_names() {
        assert!(is_caller("slb-2.cn_north") && is_caller(&"a".repeat(64)));
        for name in ["", "s l b", "负载均衡", "a\n", &"a".repeat(65)] {
            assert!(!is_caller(name), "{name}");
        }
    }
}
