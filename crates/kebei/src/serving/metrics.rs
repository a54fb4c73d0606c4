//! The recorder of what the process counts.

use anyhow::Result;
use app::Desk;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use std::time::Duration;
use web::Router;

/// Seconds between which answers are counted: from a read in memory to one that waits for others.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];
/// How often measured times are put into their buckets, so that they do not pile up when nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// Begins to count, and serves `/metrics`.
pub(super) fn service(desk: Desk) -> Result<Router> {
    let times = Matcher::Full("kebei_http_request_seconds".to_owned());
    let recorder = PrometheusBuilder::new().set_buckets_for_metric(times, &SECONDS)?.build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder)?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        let mut times = tokio::time::interval(UPKEEP);
        loop {
            times.tick().await;
            upkeep.run_upkeep();
        }
    });
    Ok(web::metrics_service(desk, env!("CARGO_PKG_VERSION"), move || handle.render()))
}
