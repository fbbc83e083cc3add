//! 查询机: when somebody has gone, and how staff get out. Knows no screen and no clock of its own.

use sha2::{Digest, Sha256};

/// Whether somebody stands before the kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Here,
    /// So many seconds are left.
    Leaving(u32),
    Gone,
}

/// Seconds without a touch after which a kiosk begins anew, where nobody chose others.
pub const IDLE_SECONDS: u32 = 60;

/// Seconds of it that are counted down to be seen.
pub const COUNTED: u32 = 10;

/// What may be chosen.
const LEAST: u32 = 15;
const MOST: u32 = 600;

/// What somebody set, within what makes sense.
pub fn idle_seconds(set: Option<&str>) -> u32 {
    let set = set.and_then(|set| set.trim().parse().ok());
    set.unwrap_or(IDLE_SECONDS).clamp(LEAST, MOST)
}

/// `quiet`: milliseconds since the last touch.
pub fn presence(quiet: f64, idle_seconds: u32) -> Presence {
    let left = f64::from(idle_seconds) - quiet / 1000.0;
    match left {
        left if left <= 0.0 => Presence::Gone,
        left if left <= f64::from(COUNTED) => Presence::Leaving(left.ceil() as u32),
        _ => Presence::Here,
    }
}

/// Taps on the hidden corner: five within three seconds ask for the code.
#[derive(Clone, Debug, Default)]
pub struct Taps(Vec<f64>);

const TAPS: usize = 5;
const WITHIN_MS: f64 = 3_000.0;

impl Taps {
    /// True for the tap that opens.
    pub fn tap(&mut self, now: f64) -> bool {
        self.0.retain(|then| now - then < WITHIN_MS);
        self.0.push(now);
        let opens = self.0.len() >= TAPS;
        if opens {
            self.0.clear();
        }
        opens
    }
}

/// The code that leads out, as it is kept: not readable, though four figures are soon guessed by who has the computer's
/// files. It keeps residents in, not thieves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

/// Wrong codes after which the question goes away.
pub const TRIES: u32 = 3;

impl Code {
    /// Four to eight figures; the `Err` is the sentence.
    pub fn of(typed: &str, salt: u64) -> Result<Code, &'static str> {
        let typed = typed.trim();
        let fits = (4..=8).contains(&typed.len()) && typed.bytes().all(|at| at.is_ascii_digit());
        match fits {
            true => Ok(Code(format!("{salt:016x}{}", digest(salt, typed)))),
            false => Err("退出码是 4 到 8 位数字。"),
        }
    }

    pub fn kept(kept: String) -> Option<Code> {
        (kept.len() == 16 + 64 && kept.bytes().all(|at| at.is_ascii_hexdigit()))
            .then_some(Code(kept))
    }

    pub fn to_keep(&self) -> &str {
        &self.0
    }

    pub fn opens(&self, typed: &str) -> bool {
        let (salt, kept) = self.0.split_at(16);
        let salt = u64::from_str_radix(salt, 16).unwrap_or(0);
        digest(salt, typed.trim()) == kept
    }
}

fn digest(salt: u64, typed: &str) -> String {
    let hash = Sha256::digest(format!("{salt:016x}/{typed}"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s21_who_is_quiet_for_long_has_gone_and_is_told_before() {
        assert_eq!(presence(0.0, 60), Presence::Here);
        assert_eq!(presence(49_999.0, 60), Presence::Here);
        assert_eq!(presence(50_000.0, 60), Presence::Leaving(10));
        assert_eq!(presence(59_001.0, 60), Presence::Leaving(1));
        assert_eq!(presence(60_000.0, 60), Presence::Gone);
        for (set, seconds) in
            [(None, 60), (Some("90"), 90), (Some("1"), 15), (Some("9999"), 600), (Some("x"), 60)]
        {
            assert_eq!(idle_seconds(set), seconds, "{set:?}");
        }
    }

    #[test]
    fn s22_five_quick_taps_open_and_slow_ones_do_not() {
        let opened = |gap: f64| {
            let mut taps = Taps::default();
            (0..7).map(|at| taps.tap(f64::from(at) * gap)).collect::<Vec<_>>()
        };
        assert_eq!(opened(200.0), [false, false, false, false, true, false, false]);
        assert!(opened(1_000.0).iter().all(|opens| !opens));
    }

    #[test]
    fn s22_only_the_code_that_was_set_opens_and_it_is_not_kept_readable() {
        let code = Code::of(" 2846 ", 7).expect("code");
        let kept = Code::kept(code.to_keep().to_string()).expect("kept");
        assert!(kept.opens("2846") && !kept.opens("2847") && !kept.opens(""));
        assert!(!code.to_keep().contains("2846"));
        assert_ne!(code, Code::of("2846", 8).expect("code"));
        for wrong in ["", "123", "123456789", "12a4", "１２３４"] {
            assert!(Code::of(wrong, 7).is_err(), "{wrong}");
        }
        assert_eq!(Code::kept("2846".into()), None);
    }
}
