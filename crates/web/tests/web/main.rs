//! Stories of the API, called as clients call it, on a desk of its own with a clock that is moved by hand.
#![cfg(test)]

mod at_once;
mod bodies;
mod call;
mod canaries;
mod codes;
mod connections;
mod console;
mod copies;
mod document;
mod documented;
mod gate;
mod given;
mod guidance;
mod inventory;
mod issuing;
mod judging;
mod ledger;
mod limits;
mod links;
mod numbers;
mod orders;
mod phone;
mod pictures;
mod reading;
mod repeated;
mod roles;
mod rpc;
mod rpc_answers;
mod rpc_callers;
mod rulebook;
mod schemathesis;
mod second_factor;
mod security;
mod sessions;
mod strangers;
mod tables;
mod two_people;
mod users;
mod verifying;
mod watching;
mod why_not;

use call::Called;
use given::Given;
