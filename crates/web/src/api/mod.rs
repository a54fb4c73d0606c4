//! The JSON API: an endpoint a file, all of them named here, and the document that is made from them.

mod access_log;
mod codes;
mod moment;
mod page;
mod rules;
pub(crate) mod schemas;
mod why_not;

use crate::{problem::ProblemBody, site::Site};
use axum::Router;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::SwaggerUi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kebei 可备",
        description = "The filing desk of an access provider: what may back an ICP filing (ICP备案), service codes \
                       (备案服务号) and product verification (产品验证).",
    ),
    modifiers(&Signed),
    components(schemas(ProblemBody<'static>)),
)]
struct Described;

/// How callers prove who they are.
struct Signed;

impl Modify for Signed {
    fn modify(&self, document: &mut Document) {
        let scheme = Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "The token of a session, or an API key. The words beside it are the rights that are needed.",
            ))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

fn assembled() -> (Router<Site>, Document) {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(codes::mine::list, codes::issue::issue))
        .routes(routes!(codes::check::check))
        .routes(routes!(rules::guidance::guidance))
        .routes(routes!(rules::show::show))
        .routes(routes!(rules::difference::difference))
        .routes(routes!(why_not::why_not))
        .routes(routes!(access_log::list))
        .split_for_parts()
}

/// The API with its document, browsable.
pub(crate) fn router() -> Router<Site> {
    let (router, document) = assembled();
    router.merge(SwaggerUi::new("/api/docs").url("/api/openapi.json", document))
}

/// The document of the API of the API.
pub fn document() -> Document {
    assembled().1
}
