//! How wide the columns of a table become.

/// Gives columns of width 0 an equal share of what is left, drops from the right what does not fit, and narrows the
/// last one kept. A dropped column has width 0.
pub fn assign(widths: &mut [usize], screen: usize) {
    if widths.is_empty() {
        return;
    }
    let fixed: Vec<bool> = widths.iter().map(|&w| w > 0).collect();
    for width in widths.iter_mut() {
        *width = (*width).max(1);
    }
    let used = total(widths);
    if used <= screen {
        share(widths, &fixed, screen - used);
    } else {
        trim(widths, screen);
    }
}

/// Columns and the blanks between them.
fn total(widths: &[usize]) -> usize {
    let visible = widths.iter().filter(|&&w| w > 0);
    let count = visible.clone().count();
    visible.sum::<usize>() + count.saturating_sub(1)
}

fn share(widths: &mut [usize], fixed: &[bool], mut left: usize) {
    let open: Vec<usize> = (0..widths.len()).filter(|&k| !fixed[k]).collect();
    if open.is_empty() {
        return;
    }
    for &k in &open {
        widths[k] += left / open.len();
    }
    left %= open.len();
    for &k in open.iter().take(left) {
        widths[k] += 1;
    }
}

fn trim(widths: &mut [usize], screen: usize) {
    while let Some(last) = widths.iter().rposition(|&w| w > 0) {
        let excess = total(widths).saturating_sub(screen);
        if excess == 0 {
            return;
        }
        widths[last] = widths[last].saturating_sub(excess);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_rest_or_are_trimmed_from_the_right() {
        let cases: &[(&[usize], usize, &[usize])] = &[
            (&[0, 0], 80, &[40, 39]),
            (&[30, 0], 80, &[30, 49]),
            (&[78, 4], 80, &[78, 1]),
            (&[78, 4], 79, &[78, 0]),
            (&[39, 5], 30, &[30, 0]),
            (&[5, 7], 80, &[5, 7]),
            (&[17, 6, 6, 20], 30, &[17, 6, 5, 0]),
        ];
        for (given, screen, expected) in cases {
            let mut widths = given.to_vec();
            assign(&mut widths, *screen);
            assert_eq!(&widths, expected, "{given:?} on {screen}");
        }
    }
}
