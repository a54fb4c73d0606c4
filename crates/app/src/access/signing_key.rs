//! Finding the key with which a request says that it was signed.

use super::{Principal, Unrecognised, recognise::holder_of, token::unbase32_16};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::Ground,
};
use jiff::Timestamp;
use std::{fmt, sync::Arc};
use store::{ApiKeyId, Tx, Unit, api_keys};
use uuid::Uuid;
use zeroize::Zeroizing;

/// How the public id of a signing key begins.
pub(super) const PUBLIC_PREFIX: &str = "kbi_";

/// A signing key that is good, with which a request is yet to be compared.
pub struct SigningKey {
    secret: Zeroizing<Vec<u8>>,
    principal: Principal,
    used_at: Option<i64>,
    now: Timestamp,
}

impl SigningKey {
    /// The bytes of the secret as they were shown.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// Whose it is, once the signature was found right.
    pub fn accepted(self, desk: &Desk) -> Principal {
        desk.used(&self.principal, self.used_at, self.now);
        self.principal
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl Desk {
    /// The signing key with that public id. Nobody is recognised by that alone: the signature has to be compared.
    pub async fn signing_key(&self, public_id: &str) -> Result<SigningKey, Unrecognised> {
        let id = public_id.strip_prefix(PUBLIC_PREFIX).and_then(unbase32_16);
        let id = id.map(|bytes| ApiKeyId::new(Uuid::from_bytes(bytes))).ok_or(Unrecognised::Malformed)?;
        let now = self.now();
        self.read(|ground| Ok(Find { ground, id, now })).await
    }
}

struct Find {
    ground: Arc<Ground>,
    id: ApiKeyId,
    now: Timestamp,
}

impl Unit for Find {
    type Output = SigningKey;
    type Error = Failed<Unrecognised>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<SigningKey, Self::Error> {
        let Self { ground, id, now } = self;
        ground.check::<Unrecognised>(tx).await?;
        let unknown = || Failed::Because(Unrecognised::Unknown);
        let key = api_keys::by_id(tx, *id).await?.ok_or_else(unknown)?;
        let (sealed, used_at) = (key.sealed.clone().ok_or_else(unknown)?, key.used_at);
        let principal = holder_of(key, now.as_microsecond()).map_err(Failed::Because)?;
        let secret = ground.secrets.open_signing(*id, &sealed).map_err(DeskError::from)?;
        Ok(SigningKey { secret, principal, used_at, now: *now })
    }
}
