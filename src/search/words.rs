//! Words of spoken sentences: those that decide nothing (我想、怎么办), and plain speech with the
//! words offices use for it (没了 = 死亡). A starting list; a township adds its own as term fields.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::fold;

const FUNCTION: &str = "我 我想 我要 我的 我家 我们 我们家 我儿子 我妈 我爸 你 你们 您 他 她 它 咱 咱们 俺 俺们 \
    想 要 想要 需要 得 给 给我 帮 帮我 帮忙 替 为 为了 把 被 让 叫 找 找谁 找哪个 去 去哪 去哪里 去哪儿 来 到 到哪 到哪里 在 在哪 \
    在哪里 在哪儿 哪 哪里 哪儿 哪个 哪些 什么 啥 啥子 什么时候 怎么 怎么办 怎么弄 怎么搞 怎么办理 怎么申请 怎样 如何 \
    咋 咋办 咋个 咋个办 咋弄 咋整 咋搞 咋说 办 办个 办一个 办下 办一下 办理 弄 弄个 搞 搞个 请 请问 问 问下 问一下 咨询 \
    咨询一下 能 能不能 可以 可不可以 会 有 有没有 没有 是 是不是 是否 还 还是 还要 就 就是 都 也 又 再 才 和 跟 同 与 及 \
    的 地 了 吗 呢 吧 啊 呀 哦 嘛 么 个 这个 那个 这 那 这种 那种 一下 一个 一些 一张 一份 下 些 点 点儿 吗 家里 屋头 屋里 \
    现在 今年 最近 不知道 知道 要带什么 带什么 要什么材料 需要什么材料 什么材料 手续 哪些手续 什么手续 流程 哪里办 在哪办 \
    哪里办理 在哪办理 在哪里办 在哪里办理 哪儿办 去哪办 去哪里办 去哪里办理 能不能代办 哪个部门 哪个窗口 多少 多少钱 几 几天 多久 时候 如果 因为 所以 但是 不 不能 不了 上 里 人家 自己 麻烦 谢谢 你好 您好";

/// `说法 说法=公文用词 公文用词`
const SPOKEN: &str = "老头子 老头 老太 老太太 老爷子 爹妈 爸妈 老汉=老年人
没了 走了 过世 去世 死了 死人 过身 死亡=死亡 丧葬 去世 殡葬 遗属
钱 款=补贴 补助 津贴 资助 救助 费
发钱 领钱=发放 待遇申领
退钱=退费 退款
开店 开个店 开铺子 做生意 摆摊 小店 开公司=设立登记 个体工商户 经营
饭店 饭馆 餐馆 开饭店 小吃店 馆子=食品经营许可 餐饮
工钱 欠薪 讨薪 不发工资 没发工资=劳动人事争议 工资
打工 找工作 找活 找活路 没工作 没活干=职业介绍 就业 失业
丢工作 下岗 失业 被辞=失业登记 失业保险金
丢了 掉了 遗失 不见了 搞丢 弄丢=挂失 补领 补办 补发
坏了 旧了 过期 到期=换领 换发 延续
改名 改名字 换名字 改信息 写错=变更 更正
关了 不干了 关门 关店=注销
娃 娃儿 娃娃 小孩 小娃 孩子 细伢子=儿童 未成年人 学生 少年
读书 上学 念书 入学=学生 教育 入学 就学
学费=助学金 资助 免学费
看病 生病 得病 住院 医院=医疗 住院费用 医保
报账 报销=报销 费用
药费 医药费=门诊费用 医疗
残废 残疾 腿脚不便 瘸 瞎 聋=残疾人
盖房 建房 修房 修房子 起房子 盖房子 造房=建设 规划许可 农村 建房
房子 住房 没房=住房 房屋 住宅
租房=租赁 租金 公共租赁住房
危房 房子要垮 房子漏=危房 危旧房
买房 房产 房产证 过户=不动产 房地产
结婚 领证 扯证=结婚登记 结婚证
离婚=离婚登记
生娃 生孩子 怀孕 怀了 二胎 三胎=生育
养老 老了领钱 退休 养老金 退休金=养老保险 待遇 退休
社保=社会保险 养老保险 社会保障
社保卡=社会保障卡
医保=医疗保险 参保
种地 种田 土地 田=土地 农村 承包 耕地
养猪 养鸡 养牛 养鱼 喂猪 养殖=养殖 畜禽 动物
猪 牛 羊 鸡=畜禽 动物
打官司 请律师 律师=法律援助
吵架 扯皮 纠纷 打架=调解 纠纷 争议
当兵 参军 入伍 退伍 老兵=退役 士兵 兵役 军人
五保 孤老 没人管=特困人员
低保=最低生活保障
穷 困难 没钱 没得钱 没饭吃=救助 困难
身份证 户口 上户=户口 居民身份证
驾照 驾驶证=驾驶证
开车 货车 跑车 拉货=道路运输 货物运输 货运
拖拉机 收割机 农机=拖拉机 联合收割机
砍树 伐木 砍木头=林木采伐
放火 烧火 烧荒=用火
打针 疫苗 打疫苗=预防接种
交税 缴税 报税 税=税 申报
发票=发票
党费 入党 组织关系=党员 党组织
幼儿园 学校 培训班=幼儿园 学校 培训学校
老师 教师=教师资格
诊所 开诊所 医生=医疗机构 医师 诊所
药店 卖药=药品 药品经营
挖井 打井 用水=取水
挖沙 采砂=采砂
挖路 修路 占道=公路 挖掘 占用
招牌 广告牌=户外广告 招牌
庙 教堂 寺庙=宗教
民宿 旅馆 宾馆 酒店=旅馆业
网吧=互联网上网服务
ktv 歌厅=歌舞娱乐 娱乐场所
公司 企业=企业 公司
合作社=农民专业合作社
个体户 个体=个体工商户
电梯=特种设备
复印 查档案 档案=档案
拆迁 征地 占地=征收 拆迁 征地";

type Codes = Vec<u16>;

struct Words {
    function: FxHashMap<u16, Vec<Codes>>,
    spoken: FxHashMap<u16, Vec<(Codes, usize)>>,
    official: Vec<Vec<Codes>>,
}

/// True where a character belongs to a word that decides nothing. A single character counts as one
/// only where it makes no word with a neighbour: `attested` tells whether two characters stand side by
/// side in some entry (定点, 个体, 其他).
pub fn function_mask(codes: &[u16], attested: impl Fn(u16, u16) -> bool) -> Vec<bool> {
    let mut mask = vec![false; codes.len()];
    let mut at = 0;
    while at < codes.len() {
        let longest = longest_function_word(&codes[at..]);
        let in_word = longest == 1
            && ((at > 0 && attested(codes[at - 1], codes[at]))
                || codes.get(at + 1).is_some_and(|next| attested(codes[at], *next)));
        if !in_word {
            mask[at..at + longest].fill(true);
        }
        at += longest.max(1);
    }
    mask
}

fn longest_function_word(rest: &[u16]) -> usize {
    let known = rest.first().and_then(|first| words().function.get(first));
    known.and_then(|words| words.iter().find(|w| rest.starts_with(w))).map_or(0, Vec::len)
}

/// Plain-speech words in the query: where each stands, its length, and the official words for it
/// (none where the query says one of them already).
pub fn spoken(codes: &[u16]) -> Vec<(usize, usize, &'static [Codes])> {
    let said = |word: &Codes| codes.windows(word.len()).any(|w| w == word);
    let mut out = Vec::new();
    let mut at = 0;
    while at < codes.len() {
        let rest = &codes[at..];
        let known = words().spoken.get(&codes[at]);
        let longest = known.and_then(|w| w.iter().find(|(w, _)| rest.starts_with(w)));
        if let Some((word, list)) = longest {
            let official = words().official[*list].as_slice();
            let official = if official.iter().any(said) { &[] } else { official };
            out.push((at, word.len(), official));
        }
        at += longest.map_or(1, |(word, _)| word.len());
    }
    out
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words {
            function: FxHashMap::default(),
            spoken: FxHashMap::default(),
            official: Vec::new(),
        };
        for word in folded(FUNCTION) {
            let list = words.function.entry(word[0]).or_default();
            list.insert(list.partition_point(|other| other.len() >= word.len()), word);
        }
        for (list, line) in SPOKEN.lines().enumerate() {
            let (plain, official) = line.split_once('=').unwrap_or((line, ""));
            for word in folded(plain) {
                let words = words.spoken.entry(word[0]).or_default();
                let place = words.partition_point(|(other, _)| other.len() >= word.len());
                words.insert(place, (word, list));
            }
            words.official.push(folded(official).collect());
        }
        words
    })
}

fn folded(text: &'static str) -> impl Iterator<Item = Codes> {
    text.split_whitespace().map(|w| fold::codes(w).collect::<Codes>()).filter(|w| !w.is_empty())
}
