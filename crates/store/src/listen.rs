//! Hearing of work that other processes added: a connection to PostgreSQL that listens.

use crate::wakes::Bell;
use futures_util::future::try_join;
use std::{future::poll_fn, sync::Arc, time::Duration};
use tokio::task::AbortHandle;
use tokio_postgres::{AsyncMessage, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long it waits before it connects again, first; it doubles up to the longest. Workers look by themselves meanwhile.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// A connection that is silent is asked after this long whether it is still there.
const SILENCE: Duration = Duration::from_secs(30);

const LISTEN: &str = "LISTEN kebei";

/// Listens for as long as one of its clones is there.
#[derive(Clone)]
pub(crate) struct Listening {
    _until_dropped: Arc<Stop>,
}

struct Stop(AbortHandle);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Rings `bell` whenever a process says that there may be work.
pub(crate) fn listen(mut config: Config, tls: MakeRustlsConnect, bell: Bell) -> Listening {
    config.keepalives_idle(SILENCE);
    let listening = tokio::spawn(async move {
        let mut pause = FIRST_PAUSE;
        loop {
            let (listened, error) = until_lost(&config, &tls, &bell).await;
            tracing::warn!(event = "store.listening_lost", listened, error);
            pause = if listened { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
            tokio::time::sleep(pause).await;
        }
    });
    Listening { _until_dropped: Arc::new(Stop(listening.abort_handle())) }
}

/// Connects and listens until the connection is lost: whether it came to listen, and what happened then.
async fn until_lost(config: &Config, tls: &MakeRustlsConnect, bell: &Bell) -> (bool, String) {
    let (client, mut connection) = match config.connect(tls.clone()).await {
        Ok(connected) => connected,
        Err(error) => return (false, error.to_string()),
    };
    let mut listened = false;
    let asking = async {
        client.batch_execute(LISTEN).await.map_err(|error| error.to_string())?;
        listened = true;
        // What was said while nobody listened.
        bell.ring();
        Ok(())
    };
    let hearing = async {
        loop {
            match poll_fn(|cx| connection.poll_message(cx)).await {
                Some(Ok(AsyncMessage::Notification(_))) => bell.ring(),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err::<(), _>(error.to_string()),
                None => return Err("the connection was closed".to_owned()),
            }
        }
    };
    let lost = try_join(asking, hearing).await.err().unwrap_or_default();
    (listened, lost)
}
