//! What is known when a product is to be verified.

use crate::codes::{Held, Malformed};
use jiff::Timestamp;
use rulebook::{Edition, Facts};

/// Is this product the customer's, and may it back a filing now? With all that the answer rests on.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The edition in force.
    pub edition: &'a Edition,
    /// Now.
    pub at: Timestamp,
    /// The account that files.
    pub filer: &'a str,
    /// The id of the product that the customer chose.
    pub product: &'a str,
    /// What he gave for it.
    pub proof: Proof<'a>,
}

/// What a customer gives to prove that a product is his, and what it led to.
#[derive(Clone, Debug)]
pub enum Proof<'a> {
    /// A service code.
    Code(Typed<'a>),
    /// The user name, or the name, of a host and its password.
    Host(Host<'a>),
}

/// A service code as it was typed.
#[derive(Clone, Debug)]
pub enum Typed<'a> {
    /// It is no service code.
    Malformed(Malformed),
    /// There is no such code.
    Unknown,
    /// There is one.
    Known {
        /// Where it stands, and whose it is.
        held: Held<'a>,
        /// Its instance; `None` where it has none, or where it was not looked for because the filer may not know of it.
        instance: Option<Behind<'a>>,
        /// How many unused codes of that instance the filer may use besides.
        spare: u32,
    },
}

/// What the login of a host led to.
#[derive(Clone, Debug)]
pub enum Host<'a> {
    /// There is no such host, or the password is another: never said which.
    Unmatched,
    /// It is the login of this instance.
    Matched(Behind<'a>),
    /// Whoever knows the passwords does not answer.
    Unavailable {
        /// When to try again.
        retry_at: Timestamp,
    },
}

/// The instance behind a proof.
#[derive(Clone, Copy, Debug)]
pub struct Behind<'a> {
    /// What is known of it, or was before it was released, with the codes issued in the quota's scope.
    pub facts: &'a Facts,
    /// Whether it was released: it will never be back.
    pub gone: bool,
}
