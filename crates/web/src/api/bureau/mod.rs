//! What passes between the desk and the bureau (管局), recorded by operators.

pub(super) mod confirm_sms;
pub(super) mod file;
pub(super) mod one;
pub(super) mod queue;
pub(super) mod reject;
pub(super) mod send;
