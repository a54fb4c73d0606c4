//! The one way out of the program: HTTP to servers that somebody named, questions to resolvers that the operator named, and nowhere
//! else.
//!
//! A name is resolved once for a connection, what it came to is held against [`Reach`], and the connection goes to the address
//! that was looked at, whatever the name leads to a moment later. Redirects are not followed, proxies of the environment not
//! used, and what is sent back is bounded in bytes and in time. Who calls decides what an answer means.

mod address;
mod client;
mod names;
mod network;
mod reach;
mod resolvers;

pub use address::is_public;
pub use client::{
    Address, Answer, BadAddress, BadSetup, Failure, Headers, Limits, Outbound, Page, Post, Setup,
};
pub use names::{Addresses, Names, SystemNames};
pub use network::{BadNetwork, Network};
pub use reach::Reach;
pub use resolvers::{NoResolvers, Resolved, Resolvers};
