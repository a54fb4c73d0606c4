//! API keys (API 密钥): one's own, and those of users for whoever manages them.

pub(super) mod list;
pub(super) mod list_of_user;
pub(super) mod make;
pub(super) mod make_for_user;
pub(super) mod revoke;
pub(super) mod revoke_of_user;

use crate::{
    answer::{Answer, Done, time},
    idempotency::soon,
    moment::moment,
    problem::{Fault, Kind, OrTold, Problem},
    site::Site,
    words::Say,
};
use app::{
    IdempotencyKey,
    access::{KeyFault, KeysOf, ListedKey, MakeKey, Right},
};
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A key that is not revoked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiKey {
    /// Its id.
    #[schema(example = "01929b3e-7c00-7000-8000-000000000000")]
    id: String,
    /// What its user calls it.
    #[schema(example = "stock control")]
    label: String,
    /// How requests name it, where it is a signing key.
    #[schema(example = "kbi_…")]
    public_id: Option<String>,
    /// The rights that it is restricted to; null for all that the roles of its user give.
    #[schema(example = json!(["own-codes"]))]
    scopes: Option<Vec<&'static str>>,
    /// When it was made.
    #[schema(format = DateTime, example = "2020-11-01T09:00:00+08:00")]
    made_at: String,
    /// Until when it is good; null until it is revoked.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// When it was last used, to a minute.
    #[schema(format = DateTime)]
    used_at: Option<String>,
}

/// Keys.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiKeys {
    /// The keys, oldest first: at most 20.
    items: Vec<ApiKey>,
}

impl From<ListedKey> for ApiKey {
    fn from(key: ListedKey) -> Self {
        Self {
            id: key.id.to_string(),
            label: key.label,
            public_id: key.public_id,
            scopes: key.scopes.map(|scopes| scopes.into_iter().map(Right::word).collect()),
            made_at: time(key.made_at),
            expires_at: key.expires_at.map(time),
            used_at: key.used_at.map(time),
        }
    }
}

/// A key is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForKey {
    /// What its user calls it, in 1 to 64 characters.
    #[schema(example = "stock control")]
    label: String,
    /// The rights that it is restricted to; all that the roles of its user give where nothing is said.
    #[schema(example = json!(["own-codes"]))]
    scopes: Option<Vec<String>>,
    /// Until when it is good, RFC 3339 or a day, from 00:00 in Asia/Shanghai; until it is revoked where nothing is said.
    #[schema(format = "moment", example = "2021-11-01T00:00:00+08:00")]
    expires_at: Option<String>,
    /// Whether it is a signing key: requests are signed with its secret and name its public id.
    #[serde(default)]
    signing: bool,
}

/// A key that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeKey {
    /// Its id.
    #[schema(example = "01929b3e-7c00-7000-8000-000000000000")]
    id: String,
    /// How requests name it, where it is a signing key.
    #[schema(example = "kbi_…")]
    public_id: Option<String>,
    /// The key itself, or the secret to sign with. It is told this once: null when the request is sent again.
    #[schema(example = "kbk_…")]
    secret: Option<String>,
}

async fn listed(site: &Site, of: KeysOf, lang: Lang) -> Result<Answer<ApiKeys>, Problem> {
    let items = site.desk.my_keys(of).await.or_told(lang)?.into_iter().map(ApiKey::from).collect();
    Ok(Answer::ok(lang, ApiKeys { items }))
}

async fn made(
    site: Site,
    of: KeysOf,
    ask: AskForKey,
    key: IdempotencyKey,
    lang: Lang,
) -> Result<Answer<MadeKey>, Problem> {
    soon(lang, true, async move {
        let AskForKey { label, scopes, expires_at, signing } = ask;
        let scopes = scopes.map(|words| rights(&words, lang)).transpose()?;
        let expires_at = moment(expires_at.as_deref(), "expires_at", Kind::Invalid, lang)?;
        let wanted = MakeKey { of, label, scopes, expires_at };
        let told = if signing {
            site.desk.make_signing_key(wanted, Some(key)).await
        } else {
            site.desk.make_key(wanted, Some(key)).await
        };
        let told = told.or_told(lang)?;
        let made = MadeKey {
            id: told.answer.id.to_string(),
            public_id: told.answer.public_id.clone(),
            secret: told.answer.secret.as_ref().map(|secret| secret.reveal().to_owned()),
        };
        Ok(Answer::made(lang, &told, made).secret())
    })
    .await
}

async fn revoked(
    site: Site,
    of: KeysOf,
    id: String,
    key: IdempotencyKey,
    lang: Lang,
) -> Result<Done, Problem> {
    soon(lang, true, async move {
        let id = id.parse().map_err(|_| KeyFault::UnknownKey.problem(lang))?;
        let told = site.desk.revoke_key(of, id, Some(key)).await.or_told(lang)?;
        Ok(Done::told(&told))
    })
    .await
}

fn rights(words: &[String], lang: Lang) -> Result<BTreeSet<Right>, Problem> {
    let right = |word: &String| {
        let unknown = Say::UnknownScope { word };
        Right::from_word(word)
            .ok_or_else(|| Problem::invalid(lang, "scopes", "unknown-scope", unknown, Say::ChooseScopes))
    };
    words.iter().map(right).collect()
}
