//! The JSON API: an endpoint a file, all of them named here, and the document that is made from them.

mod codes;
mod decisions;
mod imports;
mod instances;
mod page;
pub(crate) mod schemas;
mod verifications;

use crate::{problem::ProblemBody, site::Site};
use axum::{Router, extract::DefaultBodyLimit};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};
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
        .routes(routes!(decisions::decide))
        .routes(routes!(imports::abandon::abandon, imports::read::read))
        .routes(routes!(imports::apply::apply))
        .routes(routes!(imports::lines::list))
        .routes(routes!(instances::decision::decide))
        .routes(routes!(instances::list::list))
        .routes(
            routes!(instances::import::import).layer(DefaultBodyLimit::max(instances::import::MOST_BYTES)),
        )
        .routes(routes!(instances::read::read))
        .routes(routes!(verifications::read::read))
        .routes(routes!(verifications::verify::verify))
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
