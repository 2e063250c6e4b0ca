//! Where bytes meet a person or a file: console, completion, progress, script runner. The only room that prints.
