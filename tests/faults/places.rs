//! Where faults strike: everywhere, or at places spread over everywhere.

use crate::support::corpus::Numbers;

/// Whether every place is wanted.
pub fn all() -> bool {
    std::env::var_os("MAILTERN_TEST_ALL").is_some()
}

/// Every number from 1 to `last`; or `few` of them, one from each of as many equal parts, always with the first and the last.
pub fn places(last: u64, few: u64) -> Vec<u64> {
    if all() || last <= few {
        return (1..=last).collect();
    }
    let mut numbers = Numbers(last);
    let part = |at: u64| 1 + at * last / few;
    let mut chosen: Vec<u64> = (0..few)
        .map(|at| part(at) + numbers.below(part(at + 1) - part(at)))
        .collect();
    chosen[0] = 1;
    chosen[few as usize - 1] = last;
    chosen
}

/// How many random things to do: `few`, or `many` when everything is wanted.
pub fn times(few: u64, many: u64) -> u64 {
    if all() { many } else { few }
}

#[test]
fn places_are_spread_over_all_of_them() {
    let chosen = places(1000, 10);
    assert!(all() || chosen.len() == 10);
    assert_eq!((chosen[0], chosen[chosen.len() - 1]), (1, 1000));
    assert!(chosen.windows(2).all(|two| two[0] < two[1]), "{chosen:?}");
    assert_eq!(places(3, 10), [1, 2, 3]);
}
