//! Names, sets, dates and addresses of mail: what is written is read back, what is read is written the same way.

use mailtern::mail::{Address, InternalDate, UidSet, utf7};

pub fn holds(data: &[u8]) {
    let text = super::text(data);
    assert_eq!(
        utf7::decode_strict(utf7::encode(&text).as_bytes()),
        Some(text.clone())
    );
    let name = utf7::decode(data);
    if let Some(strict) = utf7::decode_strict(data) {
        assert_eq!(strict, name);
    }
    if let Ok(set) = text.parse::<UidSet>() {
        sets(set);
    }
    if let Some(date) = InternalDate::parse(&text) {
        assert_eq!(InternalDate::parse(&date.to_string()), Some(date));
    }
    if let Ok(address) = Address::parse(&text) {
        assert!(Address::parse(address.as_str()).as_ref() == Ok(&address));
    }
}

fn sets(mut set: UidSet) {
    assert!(set.to_string().parse() == Ok(set.clone()));
    let all = set.clone();
    let size = set.len();
    let taken = set.take(7);
    assert_eq!(taken.len(), size.min(7));
    assert_eq!(taken.len() + set.len(), size);
    assert!(taken.intersect(&set).is_empty());
    assert!(all.subtract(&taken) == set);
    set.extend_set(&taken);
    assert!(set == all);
}
