//! Product verification (产品验证).

pub(super) mod read;
pub(crate) mod verify;

use crate::answer::time;
use app::verification::Verification;
use serde::Serialize;
use utoipa::ToSchema;

/// A product that was proved to be the account's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerificationBody {
    /// Its id: a filing order names it.
    id: String,
    /// The instance.
    instance: String,
    /// The product of the instance.
    product: String,
    /// The public addresses of the instance: a website filed with it is served from these.
    public_ips: Vec<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    made_at: String,
    /// Until when an order can use it.
    #[schema(format = DateTime)]
    expires_at: String,
    /// When an order used it; null as long as none has.
    #[schema(format = DateTime)]
    used_at: Option<String>,
}

impl From<&Verification> for VerificationBody {
    fn from(verification: &Verification) -> Self {
        Self {
            id: verification.id.to_string(),
            instance: verification.instance.clone(),
            product: verification.product.clone(),
            public_ips: verification.addresses.iter().map(ToString::to_string).collect(),
            made_at: time(verification.made_at),
            expires_at: time(verification.expires_at),
            used_at: verification.used_at.map(time),
        }
    }
}
