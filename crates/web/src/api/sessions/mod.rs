//! Sessions (登录会话): signing in, who am I, one's own password, signing out; where one is signed in, and ending that.

pub(super) mod current;
pub(super) mod end;
pub(super) mod list;
pub(super) mod set_password;
pub(super) mod sign_in;
pub(super) mod sign_out;
