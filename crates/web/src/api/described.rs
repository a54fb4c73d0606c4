//! What the document says of every operation alike: how callers prove who they are, and the answers that any operation may
//! give. Written once here, and added to each.

use super::needs;
use utoipa::openapi::{
    Content, Header, Object, OpenApi as Document, Ref, RefOr, Required, Response, Type,
    path::{Operation, Parameter, ParameterIn, PathItem},
    schema::Schema,
    security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
};

/// The header of idempotency keys.
const KEY: &str = "Idempotency-Key";
/// The media type of problems.
const PROBLEM: &str = "application/problem+json";

/// What whoever integrates reads first.
pub(super) const PREAMBLE: &str = "\
The filing desk of an access provider: what may back an ICP filing (ICP备案), service codes (备案服务号), product \
verification (产品验证), filing orders (备案订单) and the life of filing numbers (备案号).

**Orders.** A customer's program files with an API key of his account: open a draft of one of seven kinds \
(`POST /api/v1/orders`) → save its parts one at a time, in any order (`PUT /api/v1/orders/{id}/parts/{part}`, answered with all \
that is still wrong with the part) → add its pictures (`POST /api/v1/orders/{id}/pictures`, which writes the part `materials`) → \
prove a product for each website (`POST /api/v1/verifications`, whose `id` is the `verification` of the website) → check \
(`POST …/check`) → submit (`POST …/submit`). From then on people act, and `GET /api/v1/orders/{id}` says what the order waits for, \
from whom and by when (`waiting`), what the caller can do (`moves`), and in the end which numbers came of it (`numbers`) and what \
that means (`outcome`). A reviewer, with a session or key of his own, claims it, remarks on fields, and returns it (it can be mended \
in the fields of `opened`, and submitted again) or approves it (`/api/v1/review/orders`). An operator records what passes between \
desk and bureau: handed over, text message answered, filed or rejected (`/api/v1/bureau/orders`). Numbers in a form are those of \
the bureau's tables, `GET /api/v1/tables` and `GET /api/v1/regions`.

**Numbers.** What was filed is kept under its number: the subject's, and one for each website (`…号-1`). `GET /api/v1/numbers` \
lists those of the account; each tells where it stands, where it is hosted, what happened to it, its duties, what threatens it, and \
what would be lost if it ended. Nothing brings a cancelled number back. What an authority wants cancelled is proposed by one of the \
provider's people and agreed to by another (`POST /api/v1/proposals`).

**Authentication.** `Authorization: Bearer …` with an API key (`kbk_…`, made by `POST /api/v1/keys`) or the token of a session \
(`kbs_…`, from `POST /api/v1/sessions`). The words beside `bearer` at an operation are the rights that it needs; \
`GET /api/v1/roles` says which roles have them. Somebody else's object answers exactly as one that does not exist.

**Language.** `Accept-Language: zh-CN` (the usual) or `en`. Every message comes in that language; words such as codes, states and \
types never change.

**Idempotency.** Where `Idempotency-Key` is required, send a unique value, such as a UUID, with each new request, and the same \
value when you send a request again. It is then done once: the answer is given again with `Idempotent-Replayed: true`. The same \
key with another content is refused (422). Every `POST` takes the header; where an operation changes nothing that lasts, it is \
taken and not kept. A request that comes while the first is being worked on waits, and is told to come \
again after 10 seconds (409 with `Retry-After`). Secrets are told once and are null in a replay.

**Pages.** Lists take `limit` and `cursor`. `next`, and the `Link` header, lead to the next page; on the last one `next` is null.

**Versions.** Answers to `GET` carry an `ETag`. Sent as `If-None-Match`, an unchanged answer is 304 without a body. Where an \
operation takes `If-Match`, nothing is changed that somebody else changed meanwhile (412). The version of an instance leaves out \
`at`, the moment of its decision, and follows everything else: 304 says that whoever decides now comes to the same as the copy. \
Nothing may be shown from a copy without asking: what the rules say changes with time alone, at an expiry or with the day.

**Problems.** Whatever is not a success is `application/problem+json` (RFC 9457): `type` is an address of this server that \
explains the kind in both languages, `detail` says what is wrong this time, and `errors` has everything that is wrong at once, \
each with the path of the field, a stable code, a message and a suggestion.

**Links.** `type`, `Link` and `Location` are absolute where the operator has set `public_url`, and relative to this server where not.

**Limits.** A body has at most 1 MiB, and an answer takes at most 30 seconds. Whoever asks too much is told to wait (429, or 503 \
where the desk is busy), with `Retry-After` in seconds. Tries at passwords are slowed down per name and address.

**Times and money.** Times are RFC 3339 with their offset, money is a string in CNY. Keys of JSON are in snake_case.";

/// The answers that operations give beside their own.
const COMMON: [(&str, &str, For); 10] = [
    ("400", "The request cannot be read", For::All),
    ("401", "Not signed in", For::Guarded),
    ("403", "Not allowed", For::Guarded),
    ("408", "The body did not arrive in time; nothing was changed", For::WithBody),
    ("409", "The same request is still being worked on, or it was refused", For::Keyed),
    ("413", "The body is too large", For::WithBody),
    ("415", "The body is of another type", For::WithBody),
    ("422", "Something in the request is wrong, or the key was used for another request", For::Sent),
    ("429", "Too many requests: wait as `Retry-After` says", For::All),
    ("500", "The desk has a fault, which was noted", For::All),
];

/// The one that is left: nothing was changed, or the same key tells what was.
const UNAVAILABLE: (&str, &str, For) =
    ("503", "Busy or read-only for the time being: try again as `Retry-After` says", For::All);

/// Which operations give an answer.
#[derive(Clone, Copy)]
enum For {
    All,
    /// Those that need somebody who signed in.
    Guarded,
    /// Those that take an idempotency key.
    Keyed,
    /// Those that take a body.
    WithBody,
    /// Those that take a body, a key or parameters.
    Sent,
}

/// Adds to the document what is said of all operations alike.
pub(super) fn complete(document: &mut Document) {
    document.info.description = Some(format!("{PREAMBLE}\n\n{}", needs::in_words()));
    let scheme = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "The token of a session, or an API key. The words beside it are the rights that are needed.",
        ))
        .build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    for item in document.paths.paths.values_mut() {
        for (reads, operation) in operations(item) {
            answers(operation);
            headers(operation, reads);
        }
        if let Some(operation) = item.post.as_mut().filter(|operation| !is_keyed(operation)) {
            operation.parameters.get_or_insert_default().push(RefOr::T(not_kept()));
        }
    }
}

/// The operations of an address, and whether each only reads.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    let writing = [put, post, delete, patch].into_iter().map(|operation| (false, operation));
    let all = [(true, get)].into_iter().chain(writing);
    all.filter_map(|(reads, operation)| operation.as_mut().map(|operation| (reads, operation)))
}

/// Adds the common answers, and corrects the type of those that are problems.
fn answers(operation: &mut Operation) {
    let guarded = operation.security.iter().flatten().any(|needed| *needed != SecurityRequirement::default());
    let (keyed, body) = (is_keyed(operation), operation.request_body.is_some());
    let sent = keyed || body || operation.parameters.is_some();
    for (status, description, whose) in COMMON.into_iter().chain([UNAVAILABLE]) {
        let wanted = match whose {
            For::All => true,
            For::Guarded => guarded,
            For::Keyed => keyed,
            For::WithBody => body,
            For::Sent => sent,
        };
        let responses = &mut operation.responses.responses;
        if wanted && !responses.contains_key(status) {
            responses.insert(status.to_owned(), RefOr::T(problem(description)));
        }
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if status.starts_with(['4', '5'])
            && let Some(content) = response.content.shift_remove("application/json")
        {
            response.content.insert(PROBLEM.to_owned(), content);
        }
    }
}

/// Adds the headers of answers, and those of requests that every address takes.
fn headers(operation: &mut Operation, reads: bool) {
    let keyed = is_keyed(operation);
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let mut say = |name: &str, description: &str| {
            response.headers.entry(name.to_owned()).or_insert_with(|| RefOr::T(header(description)));
        };
        if status.starts_with('2') && keyed {
            say(
                "Idempotent-Replayed",
                "`true` where the request was done before, and this is its answer again",
            );
        }
        if status == "200" && reads {
            say("ETag", "The version of the answer");
        }
        if matches!(&**status, "409" | "429" | "503") {
            say("Retry-After", "Seconds to wait, where asking again helps");
        }
        if matches!(&**status, "400" | "404" | "415" | "422") {
            say("Link", "This document: `</api/openapi.json>; rel=\"service-desc\"`");
        }
        if status == "401" {
            say("WWW-Authenticate", "`Bearer`");
        }
    }
    if reads {
        let same = Response::new("Unchanged since the version that `If-None-Match` names");
        operation.responses.responses.insert("304".to_owned(), RefOr::T(same));
    }
}

/// The key of a `POST` that is not remembered.
fn not_kept() -> Parameter {
    let mut parameter = Parameter::new(KEY);
    parameter.parameter_in = ParameterIn::Header;
    parameter.required = Required::False;
    parameter.description = Some(
        "Taken as with every `POST`, and not kept: nothing is changed that lasts, so that the request is simply done again".to_owned(),
    );
    parameter.schema = Some(RefOr::T(Schema::Object(Object::with_type(Type::String))));
    parameter
}

fn is_keyed(operation: &Operation) -> bool {
    operation.parameters.iter().flatten().any(|parameter| match parameter {
        RefOr::T(parameter) => parameter.name == KEY,
        RefOr::Ref(_) => false,
    })
}

fn problem(description: &str) -> Response {
    let mut response = Response::new(description);
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    response.content.insert(PROBLEM.to_owned(), RefOr::T(content));
    response
}

fn header(description: &str) -> Header {
    let text = Schema::Object(Object::with_type(Type::String));
    let mut header = Header::new(text);
    header.description = Some(description.to_owned());
    header
}
