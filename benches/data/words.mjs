// Words that generated townships are made of. Everybody and every place is invented; phones begin with
// 1000, which nobody has.

const list = (text) => text.trim().split(/\s+/);

const SURNAMES = list(`王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭
  曾 萧 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 单 仇 解 查 欧阳 上官`);
const GIVEN = list(`伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 兰 霞 平 刚 桂 英 华 玉 萍 红 鹏 飞 辉 建 国
  文 斌 波 宇 浩 凯 健 俊 帆 雪 荣 梅 琴 云 莲 真 环 爱 香 月 瑞 凡 佳 嘉 勤 珍 莉 锦 青 倩 婷 瑶 志 义 兴 良 海 山`);
const PLACE_FIRST = list(`柳 杨 石 青 白 黄 红 龙 凤 马 桃 李 梅 竹 松 柏 枫 荷 莲 金 银 铜 大 小 上 下 前 后 东 西 南
  北 中 新 老 高 长 双 三 五 七 八 九 清 平 安 和 兴 永 福 云 月 星 花 古`);
const PLACE_SECOND = list(`河 山 岭 沟 坪 塘 湾 桥 坡 冲 湖 溪 泉 井 庙 寺 堡 寨 屯 营 庄 店 铺 台 墩 坝 滩 洲 岩 洞 林
  园 田 垭 坳 沙 石 口 头 门 坊 集 渡 关 源 崖 浦 港`);

export const OFFICES = list(`党政领导班子 党政综合办公室 基层党建办公室 经济发展办公室 公共服务办公室 平安法治办公室
  应急管理办公室 综合行政执法队 便民服务中心 农业农村服务中心 退役军人服务站 财政所`);
export const SEATS = list(`负责人 文秘岗 统计岗 项目岗 综合岗 民政岗 低保岗 残联岗 卫健岗 调解岗 信访岗 网格管理岗
  安全监管岗 防汛岗 森林防火岗 执法岗 市容岗 社保窗口岗 医保窗口岗 畜牧岗 林业岗 农经岗 优抚岗 会计岗 出纳岗 档案岗`);
export const DUTIES = list(`低保申请初审 低保动态复核 特困供养申请 临时救助申请 高龄津贴发放 残疾人两项补贴
  孤儿基本生活保障 留守儿童关爱 宅基地审批 宅基地确权登记 农村建房审批 危房改造申报 土地流转备案 耕地地力补贴
  土地纠纷调处 违法用地巡查 医保参保缴费 医保报销代办 养老保险参保 养老待遇资格认证 社保卡补办 失业登记
  公益性岗位申请 技能培训报名 矛盾纠纷调解 信访件办理 法律援助申请 社区矫正管理 禁毒宣传 反诈宣传 重点人员走访
  森林防火巡查 防汛值守 防汛物资管理 地质灾害巡查 安全生产检查 消防安全检查 燃气安全排查 交通安全劝导 应急预案演练
  农机购置补贴 病死畜禽处理 动物防疫 秸秆禁烧 河长巡河 林长巡林 饮水安全 厕所改造 垃圾分类 党员发展 党费收缴
  主题党日 党员档案管理 村级换届 村务公开 集体资产管理 人口普查 经济普查 统计报表 项目申报 招商引资 营业执照代办
  生育登记 奖励扶助 婚姻登记代办 户籍迁移代办 居住证办理 老年优待证 残疾证办理 退役军人登记 优抚对象年审 光荣牌悬挂
  义务教育入学 控辍保学 校园周边整治 文化站开放 农家书屋 文物巡查 食品安全巡查 流动摊贩管理 占道经营整治 违建拆除
  市容巡查 噪声投诉处理 油烟投诉处理 犬只管理 公文流转 印章管理 会议纪要 档案归档 政务公开 值班安排 车辆调度 预算编制`);
export const STEPS = list('受理 初审 复核 公示 台账 上报 归档 入户核查 政策咨询 材料收集');
export const IDENTITIES = list('行政 事业 派驻 借调 编外');
export const KEYWORDS = list('民政 救助 申请 材料 证明 补贴 困难 老人 土地 建房 审批 参保 缴费 报销 代办 调解 巡查 隐患 走访 公示');

export const person = (roll) => roll.of(SURNAMES) + roll.of(GIVEN) + (roll() < 0.68 ? roll.of(GIVEN) : '');
export const village = (roll) => roll.of(PLACE_FIRST) + roll.of(PLACE_SECOND) + (roll() < 0.85 ? '村' : '社区');
export const town = (roll) => roll.of(PLACE_FIRST) + roll.of(PLACE_SECOND) + (roll() < 0.8 ? '镇' : '乡');
export const phone = (roll) => `1000${1000000 + roll.below(8999999)}`;
