//! Sessions (登录会话): signing in, who am I, one's own password, signing out.

pub(super) mod current;
pub(super) mod set_password;
pub(super) mod sign_in;
pub(super) mod sign_out;
