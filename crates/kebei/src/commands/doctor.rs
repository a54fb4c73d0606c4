//! `kebei doctor`: looks at every part of a desk, one after the other, and says what is wrong and what to do.

use super::Call;
use crate::{
    cli::desk::Doctor,
    desk::{
        self, master_key,
        place::{Place, redacted},
    },
    settings::{Read, Settings},
    words::{
        desk::{DeskSay, Examined},
        serving::ServeSay,
    },
};
use anyhow::Result;
use app::{Desk, DeskError, Examination, examine};
use std::{
    fs,
    io::{self, Write},
    process::ExitCode,
};
use tokio::net::TcpListener;

/// There are faults.
const FAULTS: u8 = 1;

pub(crate) fn run(doctor: &Doctor, call: Call) -> Result<ExitCode> {
    desk::wait(examined(doctor, call))
}

async fn examined(doctor: &Doctor, call: Call) -> Result<ExitCode> {
    let read = doctor.settings.read();
    let mut faults = settings_told(&read, call)?;
    let settings = read.settings;
    let place = Place::of(&settings);
    if !place.exists() {
        return Err(call.desk(&DeskSay::NoDesk { place: &place }).into());
    }
    let mut to = io::stdout().lock();
    // In the order in which parts rest on each other. A check of another part is one more line here.
    let mut told = |what: Examined<'_>, fault: Option<String>| {
        faults += usize::from(fault.is_some());
        let say = match &fault {
            None => DeskSay::Sound { what },
            Some(fault) => DeskSay::Unsound { what, fault },
        };
        writeln!(to, "{}", say.to_text(call.lang))
    };
    told(Examined::Place(&place), None)?;
    let master = master_key::of(&settings);
    let fault = master.as_ref().err().map(|fault| DeskSay::MasterKey(fault).to_text(call.lang));
    told(Examined::MasterKey, fault)?;
    let store = match place.open_to_read().await {
        Ok(store) => store,
        Err(error) => {
            let fault = DeskSay::Store { place: &place, error: &error }.to_text(call.lang);
            told(Examined::Unreadable, Some(fault))?;
            return Ok(ExitCode::from(FAULTS));
        }
    };
    let Examination { keys, codes, rulebook } = match examine(&store, master.as_ref().ok()).await {
        Ok(examination) => examination,
        Err(error) => {
            let fault = DeskSay::Desk { place: &place, error: &error }.to_text(call.lang);
            told(Examined::Unreadable, Some(fault))?;
            store.close().await;
            return Ok(ExitCode::from(FAULTS));
        }
    };
    told(Examined::Database(store::schema_version()), None)?;
    let fault = |error: Option<DeskError>| {
        error.map(|error| DeskSay::Desk { place: &place, error: &error }.to_text(call.lang))
    };
    let mut sound = rulebook.is_none() && keys.fault.is_none();
    told(Examined::Rulebook, fault(rulebook))?;
    // Without a master key neither can be looked at; that it is missing was told.
    sound &= master.is_ok();
    if master.is_ok() {
        told(Examined::Keys(keys.of), fault(keys.fault))?;
        told(Examined::Codes(codes.of), fault(codes.fault))?;
    }
    if let Some(master) = master.ok().filter(|_| sound) {
        let surroundings = desk::surroundings(&place, master, call)?;
        match Desk::open(store.clone(), surroundings).await {
            Err(error) => told(Examined::Ledger { placed: 0, waiting: 0 }, fault(Some(error)))?,
            Ok(desk) => {
                let size = desk.ledger_size().await;
                let size =
                    size.map_err(|error| call.desk(&DeskSay::Desk { place: &place, error: &error }))?;
                told(Examined::Ledger { placed: size.placed, waiting: size.waiting }, None)?;
                let conflict = desk.conflict();
                let compared = conflict.is_some() || place.checkpoint().exists();
                let outside = if compared { Examined::Outside } else { Examined::NoOutside };
                told(outside, fault(conflict.map(DeskError::ReadOnly)))?;
                let behind = desk.edition_in_force().is_none();
                told(Examined::Clock(call.now), behind.then(|| ServeSay::ClockBehind.to_text(call.lang)))?;
            }
        }
    }
    store.close().await;
    if let Ok(last) = fs::read_to_string(place.last_backup()) {
        told(Examined::LastBackup(last.trim()), None)?;
    }
    drop(to);
    for warning in warnings(&settings, call).await {
        writeln!(io::stdout(), "{}", DeskSay::Warning { what: &warning }.to_text(call.lang))?;
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) })
}

/// Tells each setting and where it comes from, and every fault in them; how many these are.
fn settings_told(read: &Read, call: Call) -> Result<usize> {
    let mut to = io::stdout().lock();
    for (setting, value, origin) in &read.settings.shown {
        let value = value.as_deref().unwrap_or("–");
        writeln!(to, "       {:<20} {value}  ({})", setting.word, origin.to_text(call.lang))?;
    }
    for fault in &read.faults {
        writeln!(to, "{}", DeskSay::UnsoundSetting { fault: &fault.to_text(call.lang) }.to_text(call.lang))?;
    }
    for name in &read.unknown_variables {
        let what = ServeSay::UnknownVariable { name }.to_text(call.lang);
        writeln!(to, "{}", DeskSay::Warning { what: &what }.to_text(call.lang))?;
    }
    let same = read.settings.metrics_listen == Some(read.settings.listen) && read.settings.listen.port() != 0;
    if same {
        let fault = ServeSay::SameAddress { address: read.settings.listen }.to_text(call.lang);
        writeln!(to, "{}", DeskSay::UnsoundSetting { fault: &fault }.to_text(call.lang))?;
    }
    Ok(read.faults.len() + usize::from(same))
}

/// What may be meant so, and is worth a look before others are served.
async fn warnings(settings: &Settings, call: Call) -> Vec<String> {
    let mut found = Vec::new();
    let metrics = settings.metrics_listen.map(|address| (address, "metrics_listen"));
    for (address, setting) in [(settings.listen, "listen")].into_iter().chain(metrics) {
        match TcpListener::bind(address).await {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                found.push(ServeSay::InUse { address, setting }.to_text(call.lang));
            }
            Err(error) => {
                found.push(ServeSay::NotBound { setting, address, error: &error }.to_text(call.lang));
            }
        }
    }
    if settings.database.as_deref().is_some_and(may_be_overheard) {
        found.push(ServeSay::NoTls.to_text(call.lang));
    }
    if !settings.listen.ip().is_loopback() {
        if settings.trusted_proxies.is_empty() {
            found.push(ServeSay::OpenListen { address: settings.listen }.to_text(call.lang));
        }
        if settings.public_url.is_none() {
            found.push(ServeSay::NoPublicUrl.to_text(call.lang));
        }
    }
    found
}

/// Whether a database is elsewhere and nothing is said of encryption.
fn may_be_overheard(url: &str) -> bool {
    let shown = redacted(url);
    let host = shown.strip_prefix("postgres://").unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    !url.contains("sslmode=") && !["localhost", "127.0.0.1", "[", "", "…"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::may_be_overheard;

    #[test]
    fn a_database_elsewhere_without_word_of_encryption_is_noticed() {
        assert!(may_be_overheard("postgres://li:secret@db.example/kebei"));
        for url in [
            "postgres://li:secret@db.example/kebei?sslmode=require",
            "postgres://li:secret@127.0.0.1:5432/kebei",
            "postgres://localhost/kebei",
            "postgres:///kebei?host=/run/postgresql",
        ] {
            assert!(!may_be_overheard(url), "{url}");
        }
    }
}
