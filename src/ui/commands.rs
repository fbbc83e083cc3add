//! What a person can tell the page to do, once: menus, palette, keys and help come from this list.

pub mod keys;

use super::lock;
use super::session::{Mode, Open, Session};
use crate::model::schema;
use crate::route::Route;
use crate::ui::prelude::GetUntracked;

/// One command.
#[derive(Clone)]
pub struct Command {
    pub id: String,
    pub label: String,
    /// Words people also look for it by.
    pub words: &'static str,
    /// As shown: `Ctrl+Z`.
    pub key: &'static str,
    pub run: fn(Session, &str),
    /// Handed to `run`: a kind id for those that need one.
    pub argument: String,
}

fn command(
    id: &str,
    label: &str,
    words: &'static str,
    key: &'static str,
    run: fn(Session, &str),
) -> Command {
    Command { id: id.into(), label: label.into(), words, key, run, argument: String::new() }
}

/// What residents may do too: look, and hand the page back to staff.
const PUBLIC: &[&str] = &["chart", "map", "find", "desk", "contrast"];

/// What needs a township of this program's own: nothing for what is only looked at.
const OF_A_BASE: &[&str] = &[
    "import", "data", "merge", "health", "log", "asked", "past", "trial", "undo", "redo",
    "settings",
];

/// Runs a command by its id, if it makes sense now.
fn run_named((session, id): (Session, &'static str)) {
    if let Some(command) = list(session).into_iter().find(|command| command.id == id) {
        (command.run)(session, &command.argument);
    }
}

/// All commands that make sense now.
pub fn list(session: Session) -> Vec<Command> {
    let mut list = places();
    list.extend(kinds());
    list.extend(actions());
    if session.base().is_some_and(|open| open.demo) {
        list.push(command("close", "关闭示范镇", "退出 demo", "", |session, _| {
            leptos::task::spawn_local(session.close());
        }));
    }
    let kept = |open: Open| open.desk.storage().kept().is_some_and(|kept| kept.is_locked());
    if session.base().is_some_and(kept) {
        list.push(command("lock", "立即锁定", "加锁 口令 离开", "", |session, _| {
            leptos::task::spawn_local(lock::now(session));
        }));
    }
    if session.past.get_untracked().is_some() {
        list.push(command("now", "回到现在", "过去 记录 只读", "", |s, _| {
            s.back_to_now();
        }));
    }
    if session.only_looks_now() {
        list.retain(|command| !OF_A_BASE.contains(&&*command.id));
        list.push(command(
            "leave",
            "不看了",
            "离开 关闭 新版 只读",
            "",
            |session, _| {
                leptos::task::spawn_local(session.leave_newer());
            },
        ));
    }
    if session.is_lookup() {
        list.retain(|command| PUBLIC.contains(&&*command.id));
    }
    list
}

fn places() -> Vec<Command> {
    vec![
        command("home", "首页", "概览 总览", "", |s, _| s.go(&Route::Home)),
        command("chart", "架构图", "组织 岗位图 树", "", |s, _| s.go(&Route::Chart)),
        command("map", "网格图", "地图 村", "", |s, _| s.go(&Route::Map)),
        command("borders", "网格边界", "geojson 村界 编码 测绘 示意图", "", |s, _| {
            s.go(&Route::Borders);
        }),
        command("board", "公示栏", "打印 张贴 上墙 目录 机构", "", |s, _| {
            s.go(&Route::Board);
        }),
        command("drawing", "画边界", "拐点 划开 合并 手工 村界", "", |s, _| {
            s.go(&Route::Drawing);
        }),
        command("find", "找岗办事", "查询 搜索 居民", "/", |s, _| {
            s.go(&Route::Find { query: String::new() });
        }),
        command(
            "statistics",
            "统计",
            "图表 年龄 学历 编制 工作量 报表",
            "",
            |s, _| {
                s.go(&Route::Statistics);
            },
        ),
        command("show", "演示", "放映 幻灯 投影 开会 汇报", "", |s, _| {
            s.go(&Route::Show { page: None, names: false });
        }),
        command("findings", "待办提醒", "问题 检查 缺", "", |s, _| s.go(&Route::Findings)),
        command("import", "导入表格", "csv excel 表", "", |s, _| s.go(&Route::Import)),
        command("data", "数据与备份", "导出 加密 签名 数据包 json", "", |s, _| {
            s.go(&Route::Data);
        }),
        command("merge", "合并数据包", "分歧 收包 json", "", |s, _| s.go(&Route::Merge)),
        command("health", "核对两份数据", "同步 对账 比较 校验码", "", |s, _| {
            s.go(&Route::Health);
        }),
        command("log", "操作记录", "历史 日志 谁改了", "", |s, _| s.go(&Route::Log)),
        command("asked", "查询记录", "没找到 居民 问法 统计 叫法", "", |s, _| {
            s.go(&Route::Asked);
        }),
        command("hall", "画大厅图", "平面图 窗口 位置 服务中心", "", |s, _| {
            s.go(&Route::Hall);
        }),
        command("past", "看某天的记录", "过去 时间 倒回 历史", "", |s, _| {
            s.go(&Route::Past);
        }),
        command("trial", "试排", "调整 方案 推演 如果 预演 比较", "", |s, _| {
            if s.trial_left.get_untracked().is_none() {
                s.begin_trial();
            }
            s.go(&Route::Trial);
        }),
        command("settings", "设置", "姓名 显示 加锁 口令", "", |s, _| {
            s.go(&Route::Settings);
        }),
    ]
}

fn kinds() -> Vec<Command> {
    let one = |spec: &crate::model::KindSpec| Command {
        id: format!("list-{}", spec.id),
        label: format!("{}列表", spec.label),
        words: "表格 台账",
        key: "",
        run: |session, kind| {
            if let Some(kind) = schema().kind(kind) {
                session.go(&Route::List { kind });
            }
        },
        argument: spec.id.to_string(),
    };
    schema().kinds.iter().map(|info| one(info.spec)).collect()
}

fn actions() -> Vec<Command> {
    vec![
        command("undo", "撤销", "后退 取消", "Ctrl+Z", |s, _| s.undo()),
        command("redo", "重做", "前进", "Ctrl+Shift+Z", |s, _| s.redo()),
        command("export", "导出数据包", "备份 保存", "Ctrl+S", |s, _| {
            s.export();
        }),
        command("desk", "桌面显示", "模式", "", |s, _| s.set_mode(Mode::Desk)),
        command("projector", "投影显示", "模式 大屏 会议", "", |s, _| {
            s.set_mode(Mode::Projector);
        }),
        command("lookup", "居民查询显示", "模式 大字", "", |s, _| {
            s.set_mode(Mode::Lookup);
        }),
        command("kiosk", "开始当查询机", "触摸屏 大厅 居民 自助", "", |s, _| {
            s.begin_kiosk();
        }),
        command("contrast", "高对比度", "主题 颜色", "", |s, _| {
            s.set_contrast(!s.contrast.get_untracked());
        }),
    ]
}
