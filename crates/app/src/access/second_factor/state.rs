//! How one's own second factor stands.

use super::{SecondFactorError, TotpSecret, begin::is_fresh, in_session};
use crate::{
    Desk,
    access::{Principal, ShownOnce, recognise::moment, token::grouped},
    failure::Failed,
    ground::Ground,
};
use jiff::Timestamp;
use std::{fmt::Write, sync::Arc};
use store::{Tx, Unit, UserId, second_factors};

/// How the second factor of somebody stands.
#[derive(Clone, Debug)]
pub enum SecondFactor {
    /// He has none.
    Off,
    /// He begins to set one up, which does not count yet.
    Begun(Begun),
    /// It is asked when he signs in.
    On {
        /// Since when.
        since: Timestamp,
        /// How many recovery codes are left.
        recovery_left: u64,
    },
}

/// What is to be put into an app.
#[derive(Clone, Debug)]
pub struct Begun {
    secret: TotpSecret,
    name: String,
}

impl Begun {
    /// The secret in groups of four, for whoever types it.
    pub fn secret(&self) -> ShownOnce {
        ShownOnce::new(grouped(self.secret.text().reveal(), ' '))
    }

    /// The same as an address that apps read from a picture (the key URI format of Google Authenticator), under the name of
    /// `issuer`.
    pub fn address(&self, issuer: &str) -> ShownOnce {
        let (issuer, name) = (escaped(issuer), escaped(&self.name));
        let secret = self.secret.text();
        let secret = secret.reveal();
        ShownOnce::new(format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}"))
    }
}

/// Text as it stands in an address.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to memory does not fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

impl Desk {
    /// How the second factor of whoever is signed in stands.
    pub async fn second_factor(&self, principal: &Principal) -> Result<SecondFactor, SecondFactorError> {
        in_session(principal)?;
        let (user, now) = (principal.user, self.now().as_microsecond());
        self.read(|ground| Ok(Look { ground, user, name: principal.name.clone(), now })).await
    }
}

struct Look {
    ground: Arc<Ground>,
    user: UserId,
    name: String,
    now: i64,
}

impl Unit for Look {
    type Output = SecondFactor;
    type Error = Failed<SecondFactorError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<SecondFactor, Self::Error> {
        let Self { ground, user, name, now } = self;
        ground.check::<SecondFactorError>(tx).await?;
        let Some(found) = second_factors::of_user(tx, *user).await? else { return Ok(SecondFactor::Off) };
        if let Some(since) = found.confirmed_at {
            let left = second_factors::recovery_left(tx, *user).await?;
            let recovery_left = u64::try_from(left).unwrap_or_default();
            return Ok(SecondFactor::On { since: moment(since), recovery_left });
        }
        if !is_fresh(found.made_at, *now) {
            return Ok(SecondFactor::Off);
        }
        let secret = ground.secrets.open_totp(*user, &found.sealed)?;
        Ok(SecondFactor::Begun(Begun { secret, name: name.clone() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_apps_read() {
        let begun = Begun { secret: TotpSecret::new(*b"12345678901234567890"), name: "li.na".to_owned() };
        assert_eq!(
            begun.address("可备 a:b").reveal(),
            "otpauth://totp/%E5%8F%AF%E5%A4%87%20a%3Ab:li.na?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%8F%AF%E5%A4%87%20a%3Ab"
        );
        assert_eq!(begun.secret().reveal(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(!format!("{begun:?}").contains("GEZD"));
    }
}
