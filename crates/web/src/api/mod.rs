//! The JSON API: an endpoint a file, all of them named here, and the document that is made from them.

mod access_log;
mod accounts;
mod blacklist;
mod bureau;
mod codes;
mod decisions;
mod described;
mod gate;
mod imports;
mod instances;
mod keys;
mod ledger;
mod needs;
mod numbers;
pub(crate) mod orders;
mod page;
mod personal_data;
mod proposals;
pub(crate) mod review;
mod roles;
mod rulebooks;
mod rules;
pub(crate) mod schemas;
mod sessions;
mod tables;
mod users;
pub(crate) mod verifications;
mod why_not;

pub(crate) use decisions::{ListFault, MOST_RECORDS, each, in_turn};
pub(crate) use imports::apply::stepped;
pub(crate) use instances::import::{ListRead, MOST_BYTES as MOST_LIST_BYTES, read_list};
pub(crate) use ledger::inclusion::InclusionProof;

use crate::{problem::ProblemBody, site::Site};
use axum::{Router, extract::DefaultBodyLimit};
use std::{collections::BTreeMap, sync::LazyLock};
use utoipa::{
    OpenApi,
    openapi::{OpenApi as Document, RefOr, schema::Schema},
};
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};
use utoipa_swagger_ui::{Config, SwaggerUi};

#[derive(OpenApi)]
#[openapi(
    info(title = "Kebei 可备", description = described::PREAMBLE),
    tags(
        (name = "codes", description = "Service codes (备案服务号): asked for, granted, bound, made void."),
        (name = "instances", description = "Instances (产品实例), each with what the rules say of it."),
        (name = "decisions", description = "What the rules say of facts that are handed in. Nothing is stored."),
        (name = "verification", description = "Product verification (产品验证): a product is proved to be the caller's."),
        (name = "orders", description = "Filing orders (备案订单): filled in part by part, checked, submitted, followed, by the account that files."),
        (name = "numbers", description = "Filing numbers (备案号): what happened to each and why, what keeps it, and how it ends."),
        (name = "tables", description = "The bureau's code tables, regions among them: which numbers the fields of an order take."),
        (name = "review", description = "Review (初审): the queue, claims, remarks, returning and approving. For reviewers."),
        (name = "bureau", description = "The bureau (管局): orders are handed over, and its answers recorded. For operators."),
        (name = "two people", description = "What two people decide (两人复核): the blacklist (黑名单), and what an authority cancels."),
        (name = "personal data", description = "Personal data (个人信息) in clear, for a stated purpose and recorded; and erasing it."),
        (name = "rules", description = "What may back a filing, what changed between editions, and where to file."),
        (name = "support", description = "Why something is not possible, in the customer's own words; and who looked."),
        (name = "imports", description = "Lists of instances: reported first, then applied."),
        (name = "sessions", description = "Signing in and out, one's own password, and where one is signed in."),
        (name = "keys", description = "API keys, for programs."),
        (name = "gate", description = "The gate (放行查询): may this name be served here now? For load balancers, CDN and edges; with the white list (白名单) and the addresses of the provider's own."),
        (name = "users", description = "Users, their roles, and the accounts of customers."),
        (name = "rulebook", description = "The rulebook (规则集): the dated table of what may back a filing."),
        (name = "ledger", description = "The ledger (台账), for auditors: checkpoints and proofs."),
    ),
    components(schemas(ProblemBody<'static>)),
)]
struct Described;

fn assembled() -> (Router<Site>, Document) {
    let (router, mut document) = OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(codes::mine::list_codes, codes::issue::issue_codes))
        .routes(routes!(codes::check::check_codes))
        .routes(routes!(codes::bind::bind_code))
        .routes(routes!(codes::premake::premake_codes))
        .routes(routes!(codes::import::import_code))
        .routes(routes!(codes::one::one_code))
        .routes(routes!(codes::grant::grant_code, codes::withdraw::withdraw_grant))
        .routes(routes!(codes::release::release_code))
        .routes(routes!(sessions::list::list_sessions, sessions::sign_in::sign_in))
        .routes(routes!(sessions::end::end_session))
        .routes(routes!(sessions::current::who_am_i, sessions::sign_out::sign_out))
        .routes(routes!(sessions::set_password::set_password))
        .routes(routes!(users::list::list_users, users::add::add_user))
        .routes(routes!(users::one::one_user, users::edit::edit_user))
        .routes(routes!(users::reset_password::reset_password))
        .routes(routes!(users::reset_second_factor::reset_second_factor))
        .routes(routes!(keys::list_of_user::list_keys_of_user, keys::make_for_user::make_key_for_user))
        .routes(routes!(keys::revoke_of_user::revoke_key_of_user))
        .routes(routes!(keys::list::list_keys, keys::make::make_key))
        .routes(routes!(keys::revoke::revoke_key))
        .routes(routes!(accounts::open::open_account))
        .routes(routes!(accounts::one::one_account))
        .routes(routes!(roles::list_roles))
        .merge(of_rulebooks())
        .routes(routes!(ledger::checkpoint::ledger_checkpoint))
        .routes(routes!(ledger::key::ledger_key))
        .routes(routes!(ledger::inclusion::prove_inclusion))
        .routes(routes!(ledger::consistency::prove_consistency))
        .routes(routes!(decisions::decide))
        .routes(routes!(imports::list::list_imports))
        .routes(routes!(imports::abandon::abandon_import, imports::read::one_import))
        .routes(routes!(imports::apply::apply_import))
        .routes(routes!(imports::lines::list_import_lines))
        .routes(routes!(instances::decision::decide_instance))
        .routes(routes!(instances::list::list_instances))
        .routes(
            routes!(instances::import::import_instances)
                .layer(DefaultBodyLimit::max(instances::import::MOST_BYTES)),
        )
        .routes(routes!(instances::read::one_instance))
        .routes(routes!(verifications::read::one_verification))
        .routes(routes!(verifications::verify::verify_product))
        .routes(routes!(orders::mine::list_orders, orders::open::open_order))
        .routes(routes!(orders::one::one_order))
        .routes(routes!(orders::receipt::order_receipt))
        .routes(routes!(orders::save::save_part))
        .routes(routes!(orders::check::check_order))
        .routes(routes!(orders::submit::submit_order))
        .routes(routes!(orders::withdraw::withdraw_order))
        .routes(routes!(orders::correct::correct_order))
        .routes(
            routes!(orders::pictures::add::add_picture)
                .layer(DefaultBodyLimit::max(orders::pictures::add::MOST_BYTES)),
        )
        .routes(routes!(orders::pictures::read::my_picture, orders::pictures::remove::remove_picture))
        .routes(routes!(numbers::mine::list_numbers))
        .routes(routes!(numbers::at_risk::list_numbers_at_risk))
        .routes(routes!(numbers::one::one_number))
        .routes(routes!(numbers::receipt::number_receipt))
        .routes(routes!(numbers::domain::record_domain_term))
        .routes(routes!(numbers::elsewhere::record_elsewhere))
        .routes(routes!(numbers::untrue::record_untrue))
        .routes(routes!(numbers::mended::record_mended))
        .routes(routes!(numbers::drop_access::drop_access))
        .routes(routes!(numbers::correct::correct_number))
        .routes(routes!(numbers::cancel::cancel_number))
        .routes(routes!(tables::list::list_tables))
        .routes(routes!(tables::one::one_table))
        .routes(routes!(tables::regions::list_regions))
        .routes(routes!(review::queue::list_orders_to_review))
        .routes(routes!(review::usual::usual_remarks))
        .routes(routes!(review::one::one_order_to_review))
        .routes(routes!(review::claim::claim_order, review::unclaim::unclaim_order))
        .routes(routes!(review::say::say_remark, review::unsay::unsay_remark))
        .routes(routes!(review::give_back::return_order))
        .routes(routes!(review::approve::approve_order))
        .routes(routes!(bureau::queue::list_orders_for_bureau))
        .routes(routes!(bureau::one::one_order_for_bureau))
        .routes(routes!(bureau::send::send_order))
        .routes(routes!(bureau::confirm_sms::confirm_sms))
        .routes(routes!(bureau::file::file_order))
        .routes(routes!(bureau::reject::reject_order))
        .merge(of_personal_data())
        .routes(routes!(proposals::list::list_proposals, proposals::propose::propose))
        .routes(routes!(proposals::one::one_proposal))
        .routes(routes!(proposals::agree::agree_to_proposal))
        .routes(routes!(proposals::decline::decline_proposal))
        .routes(routes!(blacklist::list_blacklist))
        .merge(of_gate())
        .routes(routes!(rules::guidance::guidance))
        .routes(routes!(rules::show::show_rules))
        .routes(routes!(rules::difference::difference_of_rules))
        .routes(routes!(why_not::why_not))
        .routes(routes!(access_log::list_access_log))
        .split_for_parts();
    document.merge(crate::gate::document());
    described::complete(&mut document);
    (router, document)
}

fn of_rulebooks() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(rulebooks::impact::impact_of_rulebook))
        .routes(routes!(rulebooks::in_force::rulebook_in_force, rulebooks::propose::propose_rulebook))
        .routes(routes!(rulebooks::proposed::list::list_rulebook_proposals))
        .routes(routes!(rulebooks::proposed::one::one_rulebook_proposal))
        .routes(routes!(rulebooks::proposed::impact::impact_of_rulebook_proposal))
        .routes(routes!(rulebooks::proposed::agree::agree_to_rulebook))
        .routes(routes!(rulebooks::proposed::decline::decline_rulebook))
}

fn of_gate() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(gate::windows::list_gate_windows, gate::add_window::add_gate_window))
        .routes(routes!(gate::end_window::end_gate_window))
        .routes(routes!(gate::ranges::list_gate_ranges, gate::add_range::add_gate_range))
        .routes(routes!(gate::remove_range::remove_gate_range))
}

fn of_personal_data() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(personal_data::masked::masked_order))
        .routes(routes!(personal_data::order::order_in_clear))
        .routes(routes!(personal_data::picture::picture_for))
        .routes(routes!(personal_data::number::number_in_clear))
        .routes(routes!(personal_data::erase::erase_personal_data))
}

/// The API with its document, browsable.
pub(crate) fn router() -> Router<Site> {
    let (router, document) = assembled();
    // Without its bar, which would load documents from anywhere, and without asking a validator elsewhere.
    let looks = Config::default()
        .use_base_layout()
        .validator_url("none")
        .deep_linking(true)
        .filter(true)
        .default_models_expand_depth(-1)
        .display_request_duration(true);
    router.merge(SwaggerUi::new("/api/docs").config(looks).url("/api/openapi.json", document))
}

/// The document of the API.
pub fn document() -> Document {
    assembled().1
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(document);

/// The schemas of the document, by name.
pub(crate) fn schemas_of_document() -> &'static BTreeMap<String, RefOr<Schema>> {
    static NONE: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    DOCUMENT.components.as_ref().map_or(&NONE, |components| &components.schemas)
}

/// The methods of an address, as the header `Allow` names them. What the document does not have is only read.
pub(crate) fn methods(route: &str) -> String {
    let read = "GET, HEAD, OPTIONS";
    let Some(item) = DOCUMENT.paths.paths.get(route) else { return read.to_owned() };
    let others = [("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
    let others = others.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method);
    let first = if item.get.is_some() { read } else { "OPTIONS" };
    [first].into_iter().chain(others).collect::<Vec<_>>().join(", ")
}
