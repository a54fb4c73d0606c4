//! The rules, for anybody: what an edition asks, what changed between two, and where to file.

pub(super) mod difference;
pub(super) mod guidance;
pub(super) mod row;
pub(super) mod show;

use crate::{
    moment::moment,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::Published;
use rulebook::{Edition, Lang, Row};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Which edition is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EditionAsked {
    /// The edition; without it the one that is or was in force.
    #[param(example = "2020-10-16")]
    edition: Option<String>,
    /// The moment as of which an edition is in force, RFC 3339 or a day, from 00:00 in Asia/Shanghai; without it now.
    #[param(format = "moment", example = "2020-11-01")]
    at: Option<String>,
}

impl EditionAsked {
    /// The published rulebook and that edition of it.
    async fn found(&self, site: &Site, lang: Lang) -> Result<(Arc<Published>, Arc<Edition>), Problem> {
        let at = moment(self.at.as_deref(), "at", Kind::Unreadable, lang)?;
        let rulebook = site.desk.rules().await.or_told(lang)?;
        let at = at.unwrap_or_else(|| site.desk.now());
        let edition = rulebook.edition_or_in_force(self.edition.as_deref(), at).cloned().or_told(lang)?;
        Ok((rulebook, edition))
    }
}

/// An edition of the rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditionShown {
    /// Its id.
    #[schema(example = "2020-10-16")]
    id: String,
    /// From this day on it is in force, from 00:00 in Asia/Shanghai.
    #[schema(format = Date, example = "2020-10-16")]
    effective: String,
    /// Whether that day is an estimate.
    estimated: bool,
}

impl EditionShown {
    fn of(edition: &Edition) -> Self {
        let Edition { id, effective, estimated, .. } = edition;
        Self { id: id.clone(), effective: effective.to_string(), estimated: *estimated }
    }
}

/// A product by its id and name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductNamed {
    /// Its id.
    #[schema(example = "ecs")]
    product: String,
    /// Its name, in the language asked for.
    #[schema(example = "云服务器 ECS")]
    name: String,
}

impl ProductNamed {
    fn of(row: &Row, lang: Lang) -> Self {
        Self { product: row.product.clone(), name: row.name.in_lang(lang).to_owned() }
    }
}
