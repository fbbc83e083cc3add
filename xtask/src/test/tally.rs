//! Reads each runner's own count and keeps the sum.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

#[derive(Default)]
pub struct Tally {
    sum: Counts,
    failed_steps: Vec<&'static str>,
}

impl Tally {
    /// A step that broke off counts as one failure, so that the sum cannot look clean.
    pub fn add(&mut self, step: &'static str, result: Result<Counts, String>) {
        let counts = result.unwrap_or_else(|sentence| {
            println!("{sentence}");
            Counts { passed: 0, failed: 1 }
        });
        self.sum.passed += counts.passed;
        self.sum.failed += counts.failed;
        if counts.failed > 0 {
            self.failed_steps.push(step);
        }
    }

    /// Prints the sum alone on the last line of stdout.
    pub fn finish(self) -> Result<(), String> {
        println!("{} passed, {} failed", self.sum.passed, self.sum.failed);
        if self.failed_steps.is_empty() {
            Ok(())
        } else {
            Err(format!("these did not hold: {}.", self.failed_steps.join(", ")))
        }
    }
}

/// Sums lines such as `test result: ok. 3 passed; 0 failed; …`; the wasm runner prints the same.
pub fn from_cargo(text: &str) -> Counts {
    text.lines().filter_map(|line| line.trim().strip_prefix("test result: ")).fold(
        Counts::default(),
        |sum, line| Counts {
            passed: sum.passed + number_before(line, " passed"),
            failed: sum.failed + number_before(line, " failed"),
        },
    )
}

fn number_before(line: &str, word: &str) -> usize {
    let before = line.split(word).next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Node's protocol ends with lines such as `# pass 12`; a cancelled test did not pass.
pub fn from_tap(text: &str) -> Counts {
    let number = |key: &str| {
        let mut lines =
            text.lines().rev().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(key));
        lines.next().and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: number("pass "), failed: number("fail ") + number("cancelled ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_are_summed_over_all_binaries() {
        let text = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n\
                    test result: FAILED. 40 passed; 1 failed; 0 ignored\n";
        assert_eq!(from_cargo(text), Counts { passed: 42, failed: 1 });
        assert_eq!(from_cargo("error: could not compile"), Counts::default());
    }

    #[test]
    fn node_results_are_read_from_the_last_lines() {
        let text = "# pass 99\n# tests 9\n# pass 6\n# fail 2\n# cancelled 1\n";
        assert_eq!(from_tap(text), Counts { passed: 6, failed: 3 });
    }

    #[test]
    fn a_broken_step_makes_the_run_fail() {
        let mut tally = Tally::default();
        tally.add("good", Ok(Counts { passed: 3, failed: 0 }));
        tally.add("broken", Err("no linker".to_string()));
        assert_eq!(tally.sum, Counts { passed: 3, failed: 1 });
        assert!(tally.finish().err().unwrap().contains("broken"));
    }
}
