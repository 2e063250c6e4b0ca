//! The consistency score, from the verdicts.

use crate::engine::report::DataConsistencyScore;

/// What the score follows from.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Verdicts {
    /// Messages of the source.
    pub total: u64,
    /// Messages that were not copied.
    pub skipped: u64,
    /// Keywords and dates that could not be kept.
    pub metadata_losses: u64,
    /// Folders that could not be read, or whose numbers do not add up.
    pub doubtful_folders: u64,
}

/// The score as `DataConsistencyScore` defines it.
pub(in crate::engine) fn score(verdicts: Verdicts) -> DataConsistencyScore {
    let Verdicts {
        total,
        skipped,
        metadata_losses,
        doubtful_folders,
    } = verdicts;
    if skipped > 10 && skipped.saturating_mul(1000) > total {
        DataConsistencyScore::Poor
    } else if skipped > 0 || doubtful_folders > 0 {
        DataConsistencyScore::Investigate
    } else if metadata_losses > 0 {
        DataConsistencyScore::Good
    } else {
        DataConsistencyScore::Perfect
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DataConsistencyScore as Score;

    #[test]
    fn the_score_is_never_better_than_the_verdicts() {
        for (total, skipped, metadata_losses, doubtful_folders, expected) in [
            (0, 0, 0, 0, Score::Perfect),
            (1000, 0, 3, 0, Score::Good),
            (1000, 1, 0, 0, Score::Investigate),
            (1000, 0, 0, 1, Score::Investigate),
            (20, 10, 0, 0, Score::Investigate),
            (20, 11, 0, 0, Score::Poor),
            (20_000, 20, 0, 0, Score::Investigate),
            (20_000, 21, 0, 0, Score::Poor),
        ] {
            let verdicts = Verdicts {
                total,
                skipped,
                metadata_losses,
                doubtful_folders,
            };
            assert_eq!(score(verdicts), expected, "{verdicts:?}");
        }
    }
}
