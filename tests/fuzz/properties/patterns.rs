//! Any pattern matches or is refused: matches follow one another, and replacing each by itself changes nothing.

use mailtern::runtime::regex::{Options, Pattern};
use mailtern::runtime::wildcard::Wildcard;

pub fn holds(data: &[u8]) {
    let [pattern, text, replacement] = super::texts(data);
    let _ = Wildcard::new(&pattern).matches(&text);
    assert!(Wildcard::new("*").matches(&text));
    for ignore_case in [true, false] {
        let options = Options {
            ignore_case,
            ..Options::default()
        };
        if let Ok(pattern) = Pattern::new(&pattern, options) {
            matches(&pattern, &text);
            let _ = pattern.replace(&text, &replacement, -1, 0);
            let _ = pattern.split_limited(&text, 3);
        }
    }
}

fn matches(pattern: &Pattern, text: &str) {
    let Ok(found) = pattern.find_all(text, 0) else {
        return;
    };
    let mut end = 0;
    for one in &found {
        assert!(one.start() >= end && one.end() >= one.start());
        assert!(text.get(one.start()..one.end()).is_some());
        end = one.end();
    }
    if let Ok(same) = pattern.replace(text, "$&", -1, 0) {
        assert_eq!(same, text);
    }
}
