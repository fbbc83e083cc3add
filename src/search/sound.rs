//! Syllables (音节) as small integers in spelling order, so that prefixes and initials are ranges and
//! near sounds (平翘舌, 前后鼻音 ...) are short lists. Knows no index and no query; never guesses tones.

use std::sync::OnceLock;

/// A syllable, letter or digit. 0 never matches anything; 1 is "has no reading".
pub type Sound = u16;

pub const NO_SOUND: Sound = 0;
pub const OTHER: Sound = 1;
const FIRST: usize = 2;

/// Room for every sound; tables indexed by sound use this length.
pub const SOUNDS: usize = 512;

const FIRST_HAN: u16 = 0x4E00;
const LAST_HAN: u16 = 0x9FA5;
const HAN: usize = (LAST_HAN - FIRST_HAN) as usize + 1;

/// The table of readings: one byte per character of U+4E00..=U+9FA5 (low bits of the syllable's
/// 1-based number), then one bit each for the ninth. Written and checked by
/// `tests/readings_table.rs`. A page has it beside the wasm and hands it in: it is no code, and
/// would be a thirtieth of what the browser has to take in before the page begins.
#[cfg(not(target_arch = "wasm32"))]
const BUILT_IN: &[u8] = include_bytes!("readings.bin");
#[cfg(target_arch = "wasm32")]
const BUILT_IN: &[u8] = &[];

static HANDED_IN: OnceLock<fn() -> Option<Vec<u8>>> = OnceLock::new();

/// Says where the table of readings is; it is asked for when something is looked up first. Only the first of these counts.
pub fn hand_in(readings: fn() -> Option<Vec<u8>>) {
    // A second one would be the same.
    let _ = HANDED_IN.set(readings);
}
/// Characters with several readings, surnames' among them: `单dan,shan,chan`.
const POLYPHONES: &str = include_str!("polyphones.txt");

/// Every plain syllable, sorted; `v` stands for ü.
pub const SYLLABLES: &str = "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin \
    bing bo bu ca cai can cang cao ce cen ceng cha chai chan chang chao che chen cheng chi chong \
    chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang \
    dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er \
    fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua \
    guai guan guang gui gun guo ha hai han hang hao he hei hen heng hm hong hou hu hua huai huan \
    huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang \
    kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng \
    li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve m ma mai man mang \
    mao me mei men meng mi mian miao mie min ming miu mo mou mu n na nai nan nang nao ne nei nen \
    neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang \
    pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong \
    qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san \
    sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan \
    shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian \
    tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang \
    xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan \
    yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi \
    zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo";

/// Pairs people in many dialects say alike: first of initials, then of finals.
const NEAR_INITIALS: [(&str, &str); 5] =
    [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h")];
const NEAR_FINALS: [(&str, &str); 3] = [("ing", "in"), ("eng", "en"), ("ang", "an")];

/// All reading tables, built once (about a millisecond).
pub struct Sounds {
    spelling: Vec<&'static str>,
    first: Vec<Sound>,
    more_at: Vec<u16>,
    more: Vec<Vec<Sound>>,
    near: Vec<Vec<Sound>>,
}

impl Sounds {
    /// The tables of this program.
    #[inline]
    pub fn get() -> &'static Self {
        static TABLES: OnceLock<Sounds> = OnceLock::new();
        TABLES.get_or_init(Self::build)
    }

    /// The commonest reading of a folded character.
    #[inline]
    pub fn first(&self, code: u16) -> Sound {
        self.first[usize::from(code)]
    }

    /// Further readings of a polyphone (多音字), empty for most characters.
    #[inline]
    pub fn more(&self, code: u16) -> &[Sound] {
        &self.more[usize::from(self.more_at[usize::from(code)])]
    }

    /// All readings, the commonest first.
    pub fn readings(&self, code: u16) -> impl Iterator<Item = Sound> + '_ {
        std::iter::once(self.first(code)).chain(self.more(code).iter().copied())
    }

    /// Sounds easily taken for this one.
    pub fn near(&self, sound: Sound) -> &[Sound] {
        &self.near[usize::from(sound)]
    }

    /// Letters of a sound; empty for the two that are none.
    pub fn spell(&self, sound: Sound) -> &'static str {
        self.spelling[usize::from(sound)]
    }

    /// The sounds whose spelling begins with `letters`, as a half-open range, and whether the first
    /// of them is exactly these letters.
    pub fn range(&self, letters: &str) -> (Sound, Sound, bool) {
        let known = &self.spelling[FIRST..];
        let lo = known.partition_point(|s| *s < letters);
        let hi = lo + known[lo..].partition_point(|s| s.starts_with(letters));
        let exact = known.get(lo).is_some_and(|s| *s == letters);
        ((lo + FIRST) as Sound, (hi + FIRST) as Sound, exact)
    }

    fn build() -> Self {
        let syllables: Vec<&'static str> = SYLLABLES.split_ascii_whitespace().collect();
        let mut spelling = syllables.clone();
        for letter in "0 1 2 3 4 5 6 7 8 9 b c d f g h i j k l p q r s t u v w x y z".split(' ') {
            spelling.insert(spelling.partition_point(|other| *other < letter), letter);
        }
        spelling.splice(0..0, ["", ""]);
        let mut tables = Self {
            first: vec![OTHER; 1 << 16],
            more_at: vec![0; 1 << 16],
            more: vec![Vec::new()],
            near: vec![Vec::new(); SOUNDS],
            spelling,
        };
        tables.fill_first(&syllables);
        tables.fill_polyphones();
        tables.fill_near();
        tables
    }

    fn id(&self, letters: &str) -> Option<Sound> {
        let (lo, _, exact) = self.range(letters);
        exact.then_some(lo)
    }

    fn fill_first(&mut self, syllables: &[&str]) {
        self.first[0] = NO_SOUND;
        for ascii in (b'0'..=b'9').chain(b'a'..=b'z') {
            let letters = [ascii];
            let id = std::str::from_utf8(&letters).ok().and_then(|l| self.id(l));
            self.first[usize::from(ascii)] = id.unwrap_or(OTHER);
        }
        let ids: Vec<Sound> = syllables.iter().filter_map(|s| self.id(s)).collect();
        let handed_in = HANDED_IN.get().and_then(|readings| readings());
        let readings = handed_in.as_deref().unwrap_or(BUILT_IN);
        let (low, high) = readings.split_at(readings.len().min(HAN));
        for (code, (i, low)) in (FIRST_HAN..=LAST_HAN).zip(low.iter().enumerate()) {
            let bit = high.get(i / 8).map_or(0, |bits| usize::from(bits >> (i % 8) & 1));
            let number = usize::from(*low) | bit << 8;
            if let Some(id) = number.checked_sub(1).and_then(|at| ids.get(at)) {
                self.first[usize::from(code)] = *id;
            }
        }
    }

    fn fill_polyphones(&mut self) {
        for item in POLYPHONES.split_ascii_whitespace() {
            let mut chars = item.chars();
            let Some(code) = chars.next().and_then(|c| u16::try_from(u32::from(c)).ok()) else {
                continue;
            };
            let mut ids: Vec<Sound> =
                chars.as_str().split(',').filter_map(|s| self.id(s)).collect();
            ids.dedup();
            if let Some((head, rest)) = ids.split_first() {
                self.first[usize::from(code)] = *head;
                if !rest.is_empty() {
                    self.more_at[usize::from(code)] = self.more.len() as u16;
                    self.more.push(rest.to_vec());
                }
            }
        }
    }

    fn fill_near(&mut self) {
        for sound in FIRST..self.spelling.len() {
            let spelt = self.spelling[sound];
            let mut found: Vec<Sound> = Vec::new();
            for head in swaps(spelt, &NEAR_INITIALS, false) {
                for whole in swaps(&head, &NEAR_FINALS, true) {
                    found.extend(self.id(&whole).filter(|id| usize::from(*id) != sound));
                }
            }
            self.near[sound] = found;
        }
        for (typed, meant) in [("lu", "lv"), ("nu", "nv")] {
            if let (Some(a), Some(b)) = (self.id(typed), self.id(meant)) {
                self.near[usize::from(a)].push(b);
            }
        }
    }
}

/// The word itself and, where one side of a pair fits its head (or tail), the word with the other side.
fn swaps(word: &str, pairs: &[(&str, &str)], tail: bool) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    for (a, b) in pairs {
        for (from, to) in [(a, b), (b, a)] {
            let rest = if tail { word.strip_suffix(from) } else { word.strip_prefix(from) };
            if let Some(rest) = rest {
                out.push(if tail { format!("{rest}{to}") } else { format!("{to}{rest}") });
                return out;
            }
        }
    }
    out
}
