//! Objects to text: views, table, list, wide. Knows the runtime, not the cmdlets.
