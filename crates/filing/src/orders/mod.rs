//! Filing orders (备案订单): one request to file, change or cancel (SPEC 6).
//!
//! [`KINDS`] is what each kind needs, [`STEPS`] all that can happen to an order, [`Form`] what is filled in.

pub(crate) mod en;
mod form;
mod kind;
mod state;
mod tidy;
pub(crate) mod zh;

pub use form::{
    Cancellation, Certificate, FiledNumber, Form, Material, Person, PreApproval, Subject, Website,
};
pub use kind::{KINDS, Kind, Needs, Part, Target};
pub use state::{Illegal, Move, OnProducts, OnRegistry, STEPS, State, Step, Who, legal, step_of};
