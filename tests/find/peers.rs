//! The entries and the 200 queries that other look-up libraries are measured with: village + duty
//! (+ step), four kinds of query. Same generator (mulberry32), same seeds, same lists. Judges nothing.

use std::sync::Arc;

use gangtu_search::{Entry, EntryKind, Field, FieldRole};

const V1: &str = "柳 杨 石 青 白 黄 红 龙 凤 马 牛 羊 桃 李 梅 竹 松 柏 枫 荷 莲 金 银 铜 铁 大 小 上 下 \
    前 后 东 西 南 北 中 新 老 高 长 双 三 五 七 八 九 清 平 安 和 兴 永 福 太 云 月 星 日 \
    花 古";
const V2: &str = "河 山 岭 沟 坪 塘 湾 桥 坡 冲 湖 溪 泉 井 庙 寺 堡 寨 屯 营 庄 店 铺 台 墩 坝 滩 洲 岩 \
    洞 林 园 田 垭 坳 沙 石 口 头 门 坊 集 渡 关 滨 源 崖 荡 浦 港";
const T2: &str = "山 河 湖 溪 泉 平 安 兴 龙 凤 阳 城 江 桥 塘 源 岗 坪 关 石";
const UNITS: &str = "党政领导班子 党政综合办公室 党的建设办公室 经济发展办公室 社会事务办公室 平安法治办公室 \
    应急管理办公室 综合行政执法队 便民服务中心 农业农村服务中心 退役军人服务站 财政所";
const DUTIES: &str = "低保申请初审 低保动态复核 低保边缘家庭认定 特困供养申请 临时救助申请 高龄津贴发放 \
    高龄津贴认证 残疾人两项补贴 孤儿基本生活保障 留守儿童关爱 宅基地审批 宅基地确权登记 \
    农村建房审批 危房改造申报 土地流转备案 耕地地力补贴 土地纠纷调处 违法用地巡查 \
    不动产登记代办 征地补偿公示 医保缴费 医保报销代办 城乡居民养老保险 养老待遇资格认证 \
    社保卡补办 灵活就业登记 失业登记 就业困难人员认定 公益性岗位申请 技能培训报名 矛盾调解 \
    信访接待 信访件办理 法律援助申请 社区矫正管理 刑满释放安置帮教 禁毒宣传 反诈宣传 \
    平安建设 重点人员走访 森林防火巡查 防汛值守 防汛物资管理 地质灾害巡查 安全生产检查 \
    消防安全检查 烟花爆竹排查 燃气安全排查 道路交通劝导 应急预案演练 农机购置补贴 \
    病死畜禽处理 动物防疫 春耕备耕 秸秆禁烧 河长巡河 林长巡林 饮水安全 农村厕所改造 垃圾分类 \
    党员发展 党费收缴 三会一课 主题党日 党员档案管理 村级换届 村务公开 四议两公开 \
    集体资产管理 三资监管 人口普查 经济普查 农业普查 统计报表 固定资产投资 项目申报 招商引资 \
    营商环境 小微企业走访 营业执照代办 生育登记 独生子女奖扶 婚姻登记代办 户籍迁移代办 \
    居住证办理 老年优待证 残疾证办理 退役军人登记 优抚对象年审 光荣牌悬挂 义务教育入学 \
    控辍保学 营养餐监管 校园周边整治 文化站开放 农家书屋 文物巡查 广播村村响 体育设施维护 \
    非遗申报 食品安全巡查 药品安全协管 流动摊贩管理 占道经营整治 违建拆除 户外广告审批 \
    市容巡查 噪声投诉处理 油烟投诉处理 犬只管理 公文流转 印章管理 会议纪要 档案归档 政务公开 \
    值班安排 车辆调度 固定资产登记 预算编制 决算公开";
const KW: &str = "民政 救助 申请 材料 证明 补贴 困难 家庭 老人 土地 建房 审批 确权 参保 缴费 报销 窗口 \
    代办 调解 纠纷 巡查 隐患 台账 走访 公示 上报 复核 登记 发放 值守 预案 宣传 培训 普查 \
    党建 档案";
const SUFFIX: &str = "受理 初审 复核 公示 台账 上报 归档 入户核查 政策咨询 材料收集";

/// mulberry32
pub struct Rng(u32);

impl Rng {
    pub fn new(seed: u32) -> Self {
        Self(seed)
    }

    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x6D2B_79F5);
        let a = self.0;
        let mut t = (a ^ a >> 15).wrapping_mul(1 | a);
        t = t.wrapping_add((t ^ t >> 7).wrapping_mul(61 | t)) ^ t;
        f64::from(t ^ t >> 14) / 4_294_967_296.0
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

pub struct Doc {
    pub village: String,
    pub duty: &'static str,
    pub title: String,
    pub keywords: String,
}

pub struct Query {
    pub kind: &'static str,
    pub text: String,
    /// The Chinese text meant; an answer counts when its title holds it.
    pub span: String,
}

pub fn docs(n: usize) -> Vec<Doc> {
    let list = |s: &'static str| s.split(' ').collect::<Vec<_>>();
    let (v1, v2, t2, units) = (list(V1), list(V2), list(T2), list(UNITS));
    let (duties, kw, suffix) = (list(DUTIES), list(KW), list(SUFFIX));
    let mut r = Rng::new(3);
    let mut out = Vec::with_capacity(n);
    while out.len() < n {
        let town = format!("{}{}", r.pick(&v1), r.pick(&t2));
        let town = format!("{town}{}", if r.unit() < 0.8 { "镇" } else { "乡" });
        for _ in 0..30 {
            if out.len() == n {
                break;
            }
            let village = format!("{}{}", r.pick(&v1), r.pick(&v2));
            let village = format!("{village}{}", if r.unit() < 0.85 { "村" } else { "社区" });
            let off = r.below(duties.len());
            for k in 0..34 {
                if out.len() == n {
                    break;
                }
                let duty = duties[(off + k * 7) % duties.len()];
                let step = if r.unit() < 0.35 { r.pick(&suffix) } else { "" };
                let keywords = format!("{town} {} {} {}", r.pick(&kw), r.pick(&kw), r.pick(&units));
                let title = format!("{village}{duty}{step}");
                out.push(Doc { village: village.clone(), duty, title, keywords });
            }
        }
    }
    out
}

pub fn entries(docs: &[Doc]) -> Vec<Entry> {
    let field = |text: &str, weight, role| Field { text: Arc::from(text), weight, role };
    let entry = |(i, d): (usize, &Doc)| Entry {
        id: Arc::from(format!("d{i}")),
        kind: EntryKind::Duty,
        fields: vec![
            field(&d.title, 10, FieldRole::Title),
            field(&d.keywords, 5, FieldRole::Keyword),
        ],
    };
    docs.iter().enumerate().map(entry).collect()
}

/// `spell` gives the syllables of a Chinese text.
pub fn queries(docs: &[Doc], n: usize, spell: impl Fn(&str) -> Vec<String>) -> Vec<Query> {
    let mut r = Rng::new(5);
    let kinds = ["zh", "initials", "pinyin", "typo"];
    let mut out = Vec::with_capacity(n);
    for i in 0..n {
        let d = &docs[r.below(docs.len())];
        let duty: Vec<char> = d.duty.chars().collect();
        let len = duty.len().min(2 + r.below(3));
        let start: String = duty[..len].iter().collect();
        let span = format!("{}{start}", d.village);
        let syllables = spell(&span);
        let text = match kinds[i % 4] {
            "initials" => syllables.iter().map(|s| &s[..1]).collect(),
            "pinyin" => syllables.concat(),
            "typo" => misspell(&syllables.concat(), &mut r),
            _ => span.clone(),
        };
        out.push(Query { kind: kinds[i % 4], text, span });
    }
    out
}

/// One letter dropped, wrong, or swapped with the next.
pub fn misspell(s: &str, r: &mut Rng) -> String {
    let b = s.as_bytes();
    let p = 1 + r.below(b.len() - 2);
    let mut out = b.to_vec();
    match r.below(3) {
        0 => {
            out.remove(p);
        }
        1 => out[p] = b'a' + ((usize::from(b[p] - b'a') + 1 + r.below(24)) % 26) as u8,
        _ => out.swap(p, p + 1),
    }
    if out == b {
        out.remove(p);
    }
    String::from_utf8(out).unwrap_or_default()
}
