//! Signing out.

use super::{Principal, Through};
use crate::{
    Desk,
    failure::{DeskError, Failed},
};
use store::{SessionId, Tx, Unit, sessions};

impl Desk {
    /// Ends the session by which somebody was recognised; nothing where that was a key.
    pub async fn sign_out(&self, principal: &Principal) -> Result<(), DeskError> {
        let Through::Session(id) = principal.through() else { return Ok(()) };
        let at = self.now().as_microsecond();
        self.write(|_| Ok(End { id, at })).await
    }
}

struct End {
    id: SessionId,
    at: i64,
}

impl Unit for End {
    type Output = ();
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), Self::Error> {
        tx.together(&[sessions::ending(&self.id, &self.at)]).await?;
        Ok(())
    }
}
