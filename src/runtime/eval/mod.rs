//! Running the tree of a script: statements, expressions, assignments, and how evaluation ends early.

mod access;
mod assign;
mod block;
pub(super) mod depth;
mod expression;
pub mod flow;
mod loops;
mod operate;
mod statement;
mod trying;
mod walk;
