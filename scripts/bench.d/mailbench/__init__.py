"""What scripts/bench.d/mail is made of: a world of servers, the tools in it, the rows of the table, the report."""
