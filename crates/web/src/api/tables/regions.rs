//! `GET /api/v1/regions`: the regions (GB/T 2260) right below one, so that a form asks for province, city and county one after the
//! other.

use crate::{
    answer::Answer,
    body::Query,
    caller::SignedIn,
    language::Speaks,
    problem::{Kind, Problem, ProblemBody},
    words::Say,
};
use filing::tables::regions::{self, Region};
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Below which region.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct BelowRegion {
    /// Its six digits; without them the provinces.
    #[param(example = "330100")]
    below: Option<String>,
}

impl BelowRegion {
    fn region(&self, lang: Lang) -> Result<Option<&'static Region>, Problem> {
        let Some(digits) = self.below.as_deref() else { return Ok(None) };
        let code = digits.parse().ok().filter(|_| digits.len() == 6);
        let found = code.and_then(regions::find).filter(|region| region.today);
        found
            .map(Some)
            .ok_or_else(|| Problem::new(Kind::NotFound, lang).saying(Say::NoSuchRegion.to_text(lang)))
    }
}

/// The regions right below one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegionsBelow {
    /// That one; null above the provinces.
    above: Option<RegionBody>,
    /// The regions right below it, by their digits; none below a county.
    items: Vec<RegionBody>,
}

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegionBody {
    /// Its six digits.
    #[schema(example = "330106")]
    code: String,
    /// Its name, which is Chinese in every language.
    #[schema(example = "西湖区")]
    name: &'static str,
    /// `province`, `city` or `county`.
    #[schema(example = "county")]
    level: &'static str,
    /// Whether `subject.region` takes it; otherwise one of those below it is meant, or no bureau files there.
    taken: bool,
}

impl From<&Region> for RegionBody {
    fn from(region: &Region) -> Self {
        Self {
            code: format!("{:06}", region.code),
            name: region.name,
            level: regions::level(region.code).word(),
            taken: region.is_taken(),
        }
    }
}

/// Regions
///
/// The regions of today (GB/T 2260) right below one: the provinces, the cities of a province, the counties of a city. Open to whoever
/// signed in.
#[utoipa::path(
    get,
    path = "/api/v1/regions",
    tag = "tables",
    params(BelowRegion),
    responses(
        (status = 200, description = "The regions right below", body = RegionsBelow),
        (status = 404, description = "No region of today has these digits", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn list_regions(
    Speaks(lang): Speaks,
    _: SignedIn,
    Query(asked): Query<BelowRegion>,
) -> Result<Answer<RegionsBelow>, Problem> {
    let above = asked.region(lang)?;
    let items = regions::below(above.map_or(0, |region| region.code)).map(RegionBody::from).collect();
    Ok(Answer::ok(lang, RegionsBelow { above: above.map(RegionBody::from), items }))
}
