//! `kebei doctor`: looks at every part of a desk, one after the other, and says what is wrong and what to do.

use super::Call;
use crate::{
    cli::Doctor,
    desk::{self, master_key, place::Place},
    words::desk::{DeskSay, Examined},
};
use anyhow::Result;
use app::{Desk, DeskError, Examination, examine};
use std::{
    fs,
    io::{self, Write},
    process::ExitCode,
};

/// There are faults.
const FAULTS: u8 = 1;

pub(crate) fn run(doctor: &Doctor, call: Call) -> Result<ExitCode> {
    desk::wait(examined(doctor, call))
}

async fn examined(doctor: &Doctor, call: Call) -> Result<ExitCode> {
    let place = Place::of(&doctor.desk);
    if !place.exists() {
        return Err(call.desk(&DeskSay::NoDesk { place: &place }).into());
    }
    let mut to = io::stdout().lock();
    let mut faults = 0_usize;
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
    let master = master_key::of(&doctor.desk);
    let fault = master.as_ref().err().map(|fault| DeskSay::MasterKey(fault).to_text(call.lang));
    told(Examined::MasterKey, fault)?;
    let opened = place.open_to_read().await;
    let store = opened.map_err(|error| call.desk(&DeskSay::Store { place: &place, error: &error }))?;
    told(Examined::Database(store::schema_version()), None)?;
    let examination = examine(&store, master.as_ref().ok()).await;
    let Examination { keys, codes, rulebook } =
        examination.map_err(|error| call.desk(&DeskSay::Desk { place: &place, error: &error }))?;
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
                told(Examined::Outside, fault(desk.conflict().map(DeskError::ReadOnly)))?;
            }
        }
    }
    store.close().await;
    if let Ok(last) = fs::read_to_string(place.last_backup()) {
        told(Examined::LastBackup(last.trim()), None)?;
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) })
}
