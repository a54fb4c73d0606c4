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
        Say::WhichProof => {
            "Give either a service code, or the user name (host name) of the host with its password."
                .to_owned()
        }
        Say::OneProof => "Give code, or name and password together.".to_owned(),
        Say::UnknownProduct { product } => {
            format!("There is no product {product}. Check it and choose again.")
        }
        Say::WrongProof { product, by_code: true } => {
            format!("Product {product} is verified with a service code. Give code.")
        }
        Say::WrongProof { product, by_code: false } => format!(
            "Product {product} is verified with the user name (host name) and password of the host. Give name and password."
        ),
        Say::BeforeFirst { instance, first } => {
            format!("Instance {instance} is known since {first}. Ask about a later time.")
        }
        Say::UnknownImport => "There is no such import. Check its id.".to_owned(),
        Say::NotForCustomers => "Customers do not import instances.".to_owned(),
        Say::UnknownVerdict { word } => format!("There is no verdict {word}."),
        Say::OneOf { words } => format!("Use one of: {words}."),
        Say::BadLimit { found } => format!("A page cannot have {found} items."),
        Say::LimitFrom { most } => format!("Use 1 to {most}."),
        Say::NoInventory { why } => format!("The list cannot be read: {why}"),
        Say::BadCursor => "The cursor is malformed. Use it as `next` of the page before gave it.".to_owned(),
        Say::BadParameter { why } => format!("A parameter is malformed: {why}"),
    }
}
