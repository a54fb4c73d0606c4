//! Stories of the API, called as clients call it, on a desk of its own with a clock that is moved by hand.
#![cfg(test)]

mod call;
mod document;
mod given;
mod inventory;
mod issuing;
mod roles;
mod strangers;
mod verifying;

use call::Called;
use given::Given;
