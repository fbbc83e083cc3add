//! How long a passphrase (口令) holds, in plain words. A rough count of what a guesser must try; keeps no
//! dictionary beyond what everybody types first.

/// From worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Too short to be taken.
    Short,
    /// Guessed within minutes.
    Weak,
    /// Holds off a neighbour, not a determined thief with good computers.
    Fair,
    Strong,
}

/// Characters a passphrase has at least.
pub const SHORTEST: usize = 8;

impl Strength {
    pub fn of(passphrase: &str) -> Strength {
        if passphrase.chars().count() < SHORTEST {
            return Strength::Short;
        }
        match bits(passphrase) {
            0..36 => Strength::Weak,
            36..60 => Strength::Fair,
            _ => Strength::Strong,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Strength::Short => "太短：至少 8 个字。几个不相干的词连起来，既好记又难猜。",
            Strength::Weak => {
                "很弱：拿到文件的人几分钟就能试出来。请加长，不要用日期、电话、连号。"
            }
            Strength::Fair => "一般：防得住随手翻看，防不住有心人。再加一两个词更稳妥。",
            Strength::Strong => "够强：拿到文件也很难试出来。请另外记在稳妥的地方。",
        }
    }

    /// Whether it may be used at all.
    pub fn is_enough(self) -> bool {
        self != Strength::Short
    }
}

const FIRST_TRIED: &[&str] = &[
    "password", "passw0rd", "qwer", "asdf", "admin", "abc", "1314", "520", "gangtu", "岗图",
    "口令", "密码",
];

/// About so many doublings of work. What repeats, runs on or is tried first counts for little.
fn bits(passphrase: &str) -> u32 {
    let mut text = passphrase.to_lowercase();
    let mut bits = 0;
    for word in FIRST_TRIED {
        if text.contains(word) {
            text = text.replace(word, "");
            bits += 4;
        }
    }
    let mut before = ['\0'; 2];
    for letter in text.chars() {
        bits += if follows(before, letter) { 1 } else { worth(letter) };
        before = [before[1], letter];
    }
    let mixed = passphrase.chars().any(|letter| letter.is_ascii_uppercase());
    bits + if mixed { 3 } else { 0 }
}

/// Whether a letter is what one expects after these two: the same again, or the next of a run.
fn follows(before: [char; 2], letter: char) -> bool {
    let step = |from: char, to: char| i64::from(u32::from(to)) - i64::from(u32::from(from));
    let now = step(before[1], letter);
    now == 0 || (now.abs() == 1) || (letter == before[0] && before[0] != '\0')
}

fn worth(letter: char) -> u32 {
    match letter {
        '0'..='9' => 3,
        'a'..='z' => 4,
        letter if letter.is_ascii() => 5,
        // Of some two thousand in daily use.
        _ => 9,
    }
}
