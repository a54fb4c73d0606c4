//! What a customer gives to prove that a product is his, and what comparing it came to.

use super::{VerifyFault, marks, panel::PanelAnswer, panel::PanelAsk};
use crate::{Desk, Failure, access::Password, failure::Failed, ground::Ground};
use filing::codes::{Malformed, ServiceCode};
use jiff::Timestamp;
use rulebook::{Edition, VerifiedBy};
use std::{fmt, sync::Arc};
use store::{
    InstanceId, Tx, Unit,
    host_credentials::{self, Login},
};

/// What a customer gives to prove that a product is his. It is not shown, and nothing of it is kept.
#[derive(Clone)]
pub enum Proof {
    /// A service code, as it was typed.
    Code(String),
    /// The login of a host.
    Host {
        /// Its user name, or its own name, as the product has it.
        name: String,
        /// Its password.
        password: Password,
    },
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code(_) => "Code(•••)",
            Self::Host { .. } => "Host(•••)",
        })
    }
}

/// A proof after everything was done that takes time.
#[derive(Clone)]
pub(super) enum Given {
    /// It is no code.
    Malformed(Malformed),
    /// It is one.
    Code(ServiceCode),
    /// It was compared with what the desk knows.
    Compared(Compared),
    /// The panel answered.
    Panel(PanelAnswer),
    /// The panel did not.
    Unavailable(Timestamp),
}

/// A login as it was compared with what the desk knows.
#[derive(Clone)]
pub(super) struct Compared {
    lookup: [u8; 32],
    seen: Option<Login>,
    matches: bool,
}

impl Compared {
    /// The host whose login it is, where it is one, by what the desk knows now; `None` where that has changed since it was
    /// compared. The same is read whether there is such a host or not.
    pub(super) async fn host(&self, tx: &mut Tx<'_>) -> store::Result<Option<Option<InstanceId>>> {
        let now = host_credentials::at_or_after(tx, &self.lookup).await?;
        let host = self.seen.as_ref().filter(|_| self.matches).map(|login| login.instance);
        Ok((now == self.seen).then_some(host))
    }
}

/// Whether a product is proved by what is given for it: a code, or a login.
pub(super) fn proved_by(edition: &Edition, product: &str, by_code: bool) -> Result<(), VerifyFault> {
    let row = edition.row(product);
    let wanted = row.map_or(VerifiedBy::ServiceCode, |row| row.verified_by.value);
    match (wanted, row) {
        (VerifiedBy::Elsewhere, Some(row)) => {
            let place = row.place.as_ref().map(|place| place.value.clone());
            Err(VerifyFault::FiledElsewhere { name: row.name.clone(), place })
        }
        _ if by_code == (wanted != VerifiedBy::HostPassword) => Ok(()),
        _ => Err(VerifyFault::WrongProof { product: product.to_owned(), wanted }),
    }
}

impl Desk {
    /// Does with a proof what takes time, outside any transaction.
    pub(super) async fn weigh(&self, product: &str, proof: &Proof) -> Result<Given, Failure<VerifyFault>> {
        match proof {
            Proof::Code(text) => Ok(ServiceCode::parse(text).map_or_else(Given::Malformed, Given::Code)),
            Proof::Host { name, password } => {
                let product = self.by_login(product)?;
                match self.panel() {
                    None => self.compare(name, password).await.map(Given::Compared),
                    Some(_) => Ok(self.ask_panel(&product, name, password).await),
                }
            }
        }
    }

    /// The id of a product that is proved by the login of a host. Nobody is asked about a login, and no try is counted, for
    /// one that is not.
    pub(super) fn by_login(&self, product: &str) -> Result<String, Failure<VerifyFault>> {
        let ground = self.ground();
        let because = |fault| Failure::Because(fault);
        let unknown = || because(VerifyFault::UnknownProduct(product.to_owned()));
        let id = ground.rulebook.product_id(product).ok_or_else(unknown)?;
        let edition = ground.rulebook.in_force(self.now()).map_err(|none| because(none.into()))?;
        proved_by(edition, id, false).map_err(because)?;
        Ok(id.to_owned())
    }

    /// Compares a login with what was imported. For a host that is not there it is compared with that of another, or with
    /// none, and takes as long.
    async fn compare(&self, name: &str, password: &Password) -> Result<Compared, Failure<VerifyFault>> {
        let lookup = marks::of_name(&self.ground(), name);
        let seen = self.read(|ground| Ok(FindLogin { ground, lookup })).await?;
        let there = seen.as_ref().is_some_and(|login| login.lookup == lookup);
        let hash = seen.as_ref().map(|login| login.phc.clone());
        let turn = self.passwords().turn()?;
        let same = self.passwords().verify(turn, password.clone(), hash).await?;
        Ok(Compared { lookup, seen, matches: same && there })
    }

    async fn ask_panel(&self, product: &str, name: &str, password: &Password) -> Given {
        let Some(panel) = self.panel() else { return Given::Panel(PanelAnswer::No) };
        let name = Password::new(name.trim().to_owned());
        let ask = PanelAsk { product: product.to_owned(), name, password: password.clone() };
        match panel.ask(ask).await {
            Ok(answer) => Given::Panel(answer),
            Err(error) => {
                tracing::warn!(event = "verification.panel_unavailable", %error);
                Given::Unavailable(self.now().saturating_add(error.wait()).unwrap_or(Timestamp::MAX))
            }
        }
    }
}

/// Looks for a login.
struct FindLogin {
    ground: Arc<Ground>,
    lookup: [u8; 32],
}

impl Unit for FindLogin {
    type Output = Option<Login>;
    type Error = Failed<Failure<VerifyFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        self.ground.check::<Failure<VerifyFault>>(tx).await?;
        Ok(host_credentials::at_or_after(tx, &self.lookup).await?)
    }
}
