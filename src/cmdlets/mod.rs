//! The verbs: a folder for a noun, a file for a verb. The only room that sees both `runtime` and `engine`.
