//! The tests that drive the product from outside: the house's rules, the cmdlets against real servers, the README.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cmdlets;
mod differences;
mod layers;
mod mail;
mod readme;
mod scripts;
mod servers;
mod subscriptions;
#[path = "../support/mod.rs"]
mod support;
mod world;
