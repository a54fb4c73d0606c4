//! `/metrics`: what the process counts, on a listener of its own. Whoever can reach that may read it; nothing in it is about
//! anybody.

use app::Desk;
use axum::{
    Router,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::Arc;

/// What Prometheus calls the format.
const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// One thing that is counted or measured.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its name, which never changes.
    pub name: &'static str,
    /// How it is counted.
    pub kind: &'static str,
    /// What tells its series apart.
    pub labels: &'static str,
    /// What it says.
    pub help: &'static str,
}

const fn metric(name: &'static str, kind: &'static str, labels: &'static str, help: &'static str) -> Metric {
    Metric { name, kind, labels, help }
}

/// Everything that is counted or measured.
pub const METRICS: [Metric; 18] = [
    metric("kebei_build_info", "gauge", "version", "Always 1; the version of the program is a label"),
    metric("kebei_http_requests_total", "counter", "route, method, status", "Requests that were answered"),
    metric("kebei_http_request_seconds", "histogram", "route", "How long answers took"),
    metric(
        "kebei_connections_refused_total",
        "counter",
        "",
        "Connections that were closed at once because their address had as many as it may",
    ),
    metric(
        "kebei_connections_stalled_total",
        "counter",
        "",
        "Connections that were cut because an answer was not taken",
    ),
    metric(
        "kebei_store_units_total",
        "counter",
        "kind",
        "Units of work that were asked of the database, by read or write",
    ),
    metric(
        "kebei_store_retries_total",
        "counter",
        "",
        "Units that collided with others on PostgreSQL and were run again",
    ),
    metric("kebei_ledger_waiting", "gauge", "", "Entries of the ledger that wait for their places"),
    metric("kebei_jobs_waiting", "gauge", "kind", "Jobs that are to be done, or being done"),
    metric("kebei_jobs_dead", "gauge", "kind", "Jobs that were given up and wait for an operator"),
    metric("kebei_numbers_at_risk", "gauge", "risk", "What threatens filing numbers, as the watch found it"),
    metric(
        "kebei_read_only",
        "gauge",
        "",
        "1 while the desk is read-only because its database contradicts its checkpoint outside",
    ),
    metric(
        "kebei_gate_answers_total",
        "counter",
        "why",
        "Names that the gate was asked about, by what it answered",
    ),
    metric("kebei_gate_domains", "gauge", "", "Domains of which the gate knows something"),
    metric("kebei_gate_age_seconds", "gauge", "", "How old what the gate knows is"),
    metric(
        "kebei_gate_keys_believed_total",
        "counter",
        "",
        "Times that the gate believed a key it remembered because the database did not answer",
    ),
    metric(
        "kebei_rpc_answers_total",
        "counter",
        "action, code",
        "Calls of the compatible RPC interfaces that were answered; the code of good ones is OK",
    ),
    metric("kebei_database_up", "gauge", "", "1 when the database answered as this page was made"),
];

/// Describes everything to the recorder in place; `version` is the program's.
fn begin(version: &'static str) {
    for Metric { name, kind, help, .. } in METRICS {
        match kind {
            "counter" => metrics::describe_counter!(name, help),
            "histogram" => metrics::describe_histogram!(name, help),
            _ => metrics::describe_gauge!(name, help),
        }
    }
    metrics::gauge!("kebei_build_info", "version" => version).set(1.0);
    // Told as 0 from the start, so that the first one is seen to come.
    metrics::counter!("kebei_store_retries_total").absolute(0);
    metrics::counter!("kebei_connections_refused_total").absolute(0);
    metrics::counter!("kebei_connections_stalled_total").absolute(0);
}

/// Serves `/metrics` of a desk; `rendered` gives what the recorder of the process has.
pub fn metrics_service(
    desk: Desk,
    version: &'static str,
    rendered: impl Fn() -> String + Send + Sync + 'static,
) -> Router {
    begin(version);
    let rendered = Arc::new(rendered);
    Router::new().route(
        "/metrics",
        get(move || async move {
            look(&desk).await;
            page(rendered())
        }),
    )
}

fn page(text: String) -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, MEDIA_TYPE)], text).into_response()
}

/// Looks at what is not counted as it happens.
#[expect(clippy::cast_precision_loss, reason = "nobody minds one in 2⁵³")]
async fn look(desk: &Desk) {
    let waiting = desk.entries_waiting().await;
    metrics::gauge!("kebei_database_up").set(if waiting.is_ok() { 1.0 } else { 0.0 });
    if let Some(standing) = desk.gate_standing() {
        let age = desk.now().duration_since(standing.as_of()).as_secs_f64();
        metrics::gauge!("kebei_gate_age_seconds").set(age.max(0.0));
        metrics::gauge!("kebei_gate_domains").set(standing.domains() as f64);
    }
    metrics::gauge!("kebei_read_only").set(if desk.conflict().is_some() { 1.0 } else { 0.0 });
    if let Ok(waiting) = waiting {
        metrics::gauge!("kebei_ledger_waiting").set(waiting as f64);
    }
    for (risk, count) in desk.risk_counts().await.unwrap_or_default() {
        metrics::gauge!("kebei_numbers_at_risk", "risk" => risk).set(count as f64);
    }
    for count in desk.job_counts().await.unwrap_or_default() {
        let kind = count.kind;
        metrics::gauge!("kebei_jobs_waiting", "kind" => kind.clone()).set(count.waiting as f64);
        metrics::gauge!("kebei_jobs_dead", "kind" => kind).set(count.dead as f64);
    }
}
