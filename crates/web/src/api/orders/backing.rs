//! What was verified for a website, as reviewers see it.

use crate::answer::time;
use app::orders::review::Backing;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// What was verified for a website.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BackingBody {
    /// The website, counted from 0.
    #[schema(minimum = 0)]
    website: usize,
    /// The product.
    #[schema(example = "ecs")]
    product: String,
    /// What people call it; null where the rules in force no longer have it.
    #[schema(example = "云服务器 ECS")]
    product_name: Option<String>,
    /// The instance.
    #[schema(example = "i-bp1a2b3c")]
    instance: String,
    /// The account that bought it, which may have granted a code to the one that files; null where that is not known.
    #[schema(example = "acc-7")]
    bought_by: Option<String>,
    /// Its public addresses when it was verified.
    #[schema(example = json!(["203.0.113.7"]))]
    addresses: Vec<String>,
    /// When it was verified.
    #[schema(format = DateTime)]
    verified_at: String,
    /// Until when its term runs; null where that is not known.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// Since when it is gone; null while it is there.
    #[schema(format = DateTime)]
    gone_at: Option<String>,
}

impl BackingBody {
    pub(super) fn of(backing: Backing, lang: Lang) -> Self {
        let Backing {
            website,
            product,
            name,
            instance,
            bought_by,
            addresses,
            verified_at,
            expires_at,
            gone_at,
        } = backing;
        Self {
            website,
            product,
            product_name: name.map(|name| name.in_lang(lang).to_owned()),
            instance,
            bought_by,
            addresses,
            verified_at: time(verified_at),
            expires_at: expires_at.map(time),
            gone_at: gone_at.map(time),
        }
    }
}
