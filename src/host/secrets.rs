//! Which lines are not kept in a file.

/// Whether a line may hold a secret: `ConvertTo-SecureString x -AsPlainText`, `-Password x`, a token. Rather one too many.
pub fn may_hold(line: &str) -> bool {
    const WORDS: [&str; 8] = [
        "password",
        "passwd",
        "asplaintext",
        "securestring",
        "networkcredential",
        "secret",
        "token",
        "apikey",
    ];
    let lower = line.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::may_hold;

    #[test]
    fn lines_with_secrets_are_seen() {
        for line in [
            "$s = ConvertTo-SecureString hunter2 -AsPlainText -Force",
            "New-Mailbox x -Password $p",
            "New-PopSubscription -IncomingPassword (ConvertTo-SecureString a -a -f)",
            "$apiToken = 'x'",
        ] {
            assert!(may_hold(line), "{line}");
        }
        assert!(!may_hold("Get-MigrationBatch | Format-List"));
    }
}
