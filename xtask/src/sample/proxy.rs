//! 代办 (XM-17): one point in the hall's yard and nine in villages, a fortnight of errands. Wrong on purpose: one point without
//! an agent, three errands that took longer than four hours.

use gangtu::model::Date;
use gangtu::model::kinds::proxy_job::Client;
use gangtu::model::kinds::{ProxyJob, ProxyPoint, Village};

use super::base::{Base, id, to};

/// Villages with a point.
const POINTS: usize = 9;

/// Subject, for whom, point, day of October 2026 and time it was taken, and done.
type Job = (&'static str, Client, usize, u32, &'static str, u32, &'static str);

const JOBS: &[Job] = &[
    ("代办高龄津贴登记", Client::Resident, 1, 12, "8:50", 12, "11:20"),
    ("代领社会保障卡", Client::Resident, 2, 12, "9:40", 12, "15:10"),
    ("食品小作坊登记", Client::Trader, 0, 13, "9:00", 13, "15:30"),
    ("营业执照变更地址", Client::Trader, 0, 13, "14:20", 14, "9:15"),
    ("残疾人补贴申请", Client::Resident, 4, 14, "10:05", 14, "16:00"),
    ("农村建房申请材料送审", Client::Resident, 5, 15, "8:40", 15, "17:20"),
    ("开饭店的许可", Client::Trader, 0, 16, "9:10", 16, "14:40"),
    ("企业用工备案", Client::Company, 0, 16, "10:30", 16, "16:30"),
    ("医保参保登记", Client::Resident, 3, 19, "14:10", 19, "16:45"),
    ("惠农补贴一卡通更正", Client::Resident, 6, 20, "8:35", 20, "11:55"),
    ("小微企业补贴申报", Client::Company, 0, 21, "8:50", 22, "10:30"),
    ("流动人口婚育证明", Client::Resident, 7, 22, "15:00", 23, "9:40"),
];

pub fn put(base: &Base, villages: &[Village]) -> Result<(), String> {
    base.put("设立代办点", &points(villages))?;
    base.put("登记代办", &jobs()?)
}

fn points(villages: &[Village]) -> Vec<ProxyPoint> {
    let hall = ProxyPoint {
        id: id("px00"),
        name: "商事全帮办服务点".into(),
        place: "便民服务中心一楼".into(),
        hours: "周一至周五 8:30—12:00，14:00—17:30".into(),
        phone: "10008810100".into(),
        agent: to("r012"),
        scope: "办执照、许可、变更、注销，从填表到领证全程帮办".into(),
        ..ProxyPoint::default()
    };
    let point = |(at, village): (usize, &Village)| ProxyPoint {
        id: id(&format!("px{:02}", at + 1)),
        name: format!("{}代办点", village.name).as_str().into(),
        village: to(village.id.as_str()),
        hours: "周一至周五 8:30—12:00，14:00—17:30".into(),
        phone: village.phone.clone(),
        // The last village has not found anybody yet.
        agent: if at + 1 < POINTS { village.secretary.clone() } else { None },
        scope: "民政、社保、医保、残联的申请代交，社保卡代领".into(),
        ..ProxyPoint::default()
    };
    std::iter::once(hall).chain(villages.iter().take(POINTS).enumerate().map(point)).collect()
}

fn jobs() -> Result<Vec<ProxyJob>, String> {
    let day = |at: u32| Date::from_ymd_opt(2026, 10, at).ok_or("no such day");
    let job = |(no, (subject, client, point, taken, at, done, done_at)): (usize, &Job)| {
        Ok(ProxyJob {
            id: id(&format!("pj{:02}", no + 1)),
            no: format!("代办2026-{:03}", no + 1).as_str().into(),
            subject: (*subject).into(),
            client: Some(*client),
            point: to(&format!("px{point:02}")),
            accepted: Some(day(*taken)?),
            accepted_at: (*at).into(),
            done: Some(day(*done)?),
            done_at: (*done_at).into(),
            ..ProxyJob::default()
        })
    };
    JOBS.iter().enumerate().map(job).collect()
}
