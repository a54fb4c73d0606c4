//! A code as it is found, and as the ledger keeps what was known of it.

use super::{CodeFault, IssuedCode, places::scopes, question::damaged};
use crate::{
    Actor, Asker,
    clock::following,
    deed::{Setting, asked},
    failure::{Damage, DeskError, Failed, Failure},
    ledger_entry::{code_ids, entry, ours, row},
};
use filing::{
    Refusal, Refused,
    codes::{Held, ServiceCode, Stored},
};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};
use store::{
    CodeId, Tx,
    codes::{self, Change, StoredCode},
    entries,
    quotas::{self, GiveBack},
};

/// Which code is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with that id, as lists give it.
    Id(CodeId),
    /// The one that somebody typed.
    Typed(ServiceCode),
}

/// What was asked is digested, so that the same request is known again; the digest alone is kept.
impl Serialize for Which {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => to.collect_str(id),
            Self::Typed(code) => to.collect_str(code),
        }
    }
}

/// Who holds a code, and where it stands, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeldThen {
    #[serde(with = "pair")]
    stored: Stored,
    owner: Option<String>,
    grantee: Option<String>,
}

impl HeldThen {
    /// What is known of a code now.
    pub(crate) fn now(held: &codes::Held) -> Self {
        Self { stored: held.code.stored, owner: held.owner.clone(), grantee: held.grantee.clone() }
    }

    /// As the pure decisions take it.
    pub(crate) fn as_held(&self) -> Held<'_> {
        Held { stored: self.stored, owner: self.owner.as_deref(), grantee: self.grantee.as_deref() }
    }
}

/// A stored state as a pair of words.
mod pair {
    use filing::codes::{State, Stored};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    #[derive(Serialize, Deserialize)]
    struct Pair {
        state: String,
        counted: bool,
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(stored: &Stored, to: S) -> Result<S::Ok, S::Error> {
        Pair { state: stored.state().word().to_owned(), counted: stored.counted() }.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Stored, D::Error> {
        let Pair { state, counted } = Pair::deserialize(from)?;
        let stored = State::from_word(&state).and_then(|state| Stored::new(state, counted));
        stored.ok_or_else(|| D::Error::custom(format!("no code is `{state}` and counted {counted}")))
    }
}

/// The code that is meant, if there is one. One that was typed is looked for under the keys of the present generation.
pub(crate) async fn find<E>(
    tx: &mut Tx<'_>,
    setting: &Setting,
    which: &Which,
) -> Result<Option<codes::Held>, Failed<E>> {
    match which {
        Which::Id(id) => Ok(codes::held(tx, *id).await?),
        Which::Typed(code) => {
            setting.ground.check(tx).await?;
            Ok(codes::held_by_lookup(tx, &setting.ground.secrets.lookup(code).pair()).await?)
        }
    }
}

/// The code that is meant; to a stranger it is not there.
pub(crate) async fn known(
    tx: &mut Tx<'_>,
    setting: &Setting,
    which: &Which,
    asker: &Asker,
) -> Result<codes::Held, Failed<Failure<CodeFault>>> {
    let found = find(tx, setting, which).await?.filter(|held| is_known_to(held, asker));
    found.ok_or(Failed::Because(Failure::Because(CodeFault::UnknownCode)))
}

/// Whether `asker` may know that the code is there: its owner, or the one it was granted to.
pub(crate) fn is_known_to(held: &codes::Held, asker: &Asker) -> bool {
    [held.code.owner, held.code.grantee].contains(&Some(asker.id()))
}

/// Something that happens to one code, or is refused.
pub(crate) struct Happening<'a> {
    /// Who does it.
    pub(crate) actor: Actor,
    /// The ledger's kinds of entries: when it is done, and when it is refused.
    pub(crate) kinds: [&'static str; 2],
    /// The code before.
    pub(crate) before: &'a StoredCode,
    /// The code afterwards; `None` when it is refused.
    pub(crate) after: Option<StoredCode>,
    /// What the ledger keeps of the decision.
    pub(crate) record: Vec<u8>,
    /// When the last of what the decision follows changed, in microseconds since 1970, beside the code.
    pub(crate) followed: Vec<i64>,
}

impl Happening<'_> {
    /// Writes the code, the places that it gives back, and the entry. The time is now, but later than all that is changed.
    pub(crate) async fn write(self, tx: &mut Tx<'_>, setting: &Setting) -> Result<(), DeskError> {
        let Self { actor, kinds: [done, refused], before, after, record, mut followed } = self;
        let freed = after.as_ref().is_some_and(|after| before.stored.counted() && !after.stored.counted());
        let freed = if freed { scopes(before) } else { Vec::new() };
        followed.push(before.changed_at);
        for scope in &freed {
            followed.extend(quotas::places(tx, scope).await?.map(|places| places.changed_at));
        }
        let at = following(setting.now, followed)?.as_microsecond();
        let kind = if after.is_some() { done } else { refused };
        let ids = vec![ours("code", before.id.uuid())];
        let entry = row(setting.entry, &Entry { ids, decided: Some(record), ..entry(at, &actor, kind) })?;
        let Some(after) = after else {
            tx.together(&[entries::adding(&entry)]).await?;
            return Ok(());
        };
        let change = Change::new(before, StoredCode { changed_at: at, ..after });
        let back: Vec<_> = freed.into_iter().map(|scope| GiveBack::new(scope, at)).collect();
        let back = back.iter().map(GiveBack::giving_back);
        let writes: Vec<_> = back.chain([change.changing(), entries::adding(&entry)]).collect();
        if tx.together(&writes).await?.contains(&0) {
            return Err(Damage::Code {
                id: before.id,
                fault: "it or its places changed meanwhile".to_owned(),
            }
            .into());
        }
        Ok(())
    }
}

/// The answer that was given before, where all of it is what the entry says was asked.
pub(crate) fn again<A: DeserializeOwned, E>(setting: &Setting, entry: &EntryRef<'_>) -> Result<A, Failed<E>> {
    asked(entry).map_err(|fault| damaged(setting.entry, &fault).into())
}

/// The codes that an entry names, opened for their owner; or what is wrong with the entry.
pub(crate) async fn open_all(
    tx: &mut Tx<'_>,
    setting: &Setting,
    entry: &EntryRef<'_>,
) -> Result<Result<Vec<IssuedCode>, String>, DeskError> {
    let mut opened = Vec::new();
    for id in code_ids(entry) {
        let Some(held) = codes::held(tx, id).await? else { return Ok(Err(format!("code {id} is missing"))) };
        opened.push(IssuedCode { id, code: setting.ground.secrets.open(&held.code)? });
    }
    Ok(Ok(opened))
}

/// The words of the reasons for which something was refused, as the ledger keeps them.
pub(crate) fn words<R: Refusal>(refused: Option<&Refused<R>>) -> Vec<&'static str> {
    refused.map(Refused::reasons).unwrap_or_default().iter().map(Refusal::word).collect()
}
