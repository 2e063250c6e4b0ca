# What is timed: from the start of the process until every mailbox has come to rest.
Start-MigrationBatch Bench | Out-Null
Wait-MigrationBatch Bench | Out-Null
