//! What the API says, in English.

use super::Say;

pub(super) fn say(say: Say<'_>) -> String {
    match say {
        Say::UnknownToken => {
            "The token is unknown. Sign in again, or check that the API key is complete.".to_owned()
        }
        Say::ExpiredToken => "The token has expired. Sign in again, or take a new API key.".to_owned(),
        Say::RevokedKey => "This API key was revoked. Take a new one.".to_owned(),
        Say::SignedOut => "The session was ended. Sign in again.".to_owned(),
        Say::LockedUser => "This user is locked. Ask an operator.".to_owned(),
        Say::UnknownInstance { instance } => format!(
            "This account has no instance {instance}. Check that you signed in with the account that bought it."
        ),
        Say::UnknownCode => "No such service code. Check it and try again.".to_owned(),
        Say::NoAccount => "Only a user who acts for an account can do this.".to_owned(),
        Say::NoJson { line, column } => format!("The body is no JSON (line {line}, column {column})."),
        Say::BadField { why } => format!("This is not what is expected here: {why}"),
        Say::CompareWithDocument => "Compare it with the API document at /api/docs.".to_owned(),
        Say::BadIdempotencyKey => "The Idempotency-Key is malformed.".to_owned(),
        Say::WriteIdempotencyKey => "Use 1 to 255 visible ASCII characters, such as a UUID.".to_owned(),
        Say::BadCursor => "The cursor is malformed. Use it as `next` of the page before gave it.".to_owned(),
        Say::BadParameter { why } => format!("A parameter is malformed: {why}"),
        Say::Ready => "The desk can serve.".to_owned(),
        Say::DatabaseMissing => "The database does not answer. Look at the log, and run kebei doctor.".to_owned(),
        Say::EditionMissing => {
            "No edition of the rules is in force. Publish a rulebook with kebei rulebook publish.".to_owned()
        }
        Say::WritableMissing => {
            "The database contradicts its checkpoint outside and is read-only. Run kebei doctor for the reason."
                .to_owned()
        }
    }
}
