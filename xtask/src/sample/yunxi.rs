//! 云溪镇: an invented township that carries all published figures at once.
//!
//! It also shows what the rules find. Put wrong on purpose: three vacant posts (two with a stand-in),
//! two posts without B, one person with two main posts, one newcomer without a post, one secondment
//! without an end, one assist duty nobody leads, one recalled duty still done, two 微网格 without a
//! keeper; half of the common matters have no card yet; one 代办点 without an agent and three late errands (`proxy`); in `work` one action without a task force and one task without a
//! post. `tests/samples.rs` holds the list.

use gangtu::model::Text;
use gangtu::model::kinds::Town;
use gangtu::model::kinds::person::StaffIdentity;
use gangtu::model::kinds::town::{Ranking, Template};

use super::base::{Base, id, to};
use super::duties::{Duties, name_units};
use super::land::{Land, LandRecords, PeopleOfLand, TOWN_CODE};
use super::names::Names;
use super::people::{Force, force};
use super::source::Sheet;
use super::{hall, matters, proxy, structure, work};

pub fn bundle() -> Result<String, String> {
    let base = Base::new("yunxi", "组织办岗位专员", 20_261)?;
    let mut names = Names::new(87)?;
    let units = structure::units(&Sheet::read("yunxi/units.csv")?);
    let post_sheet = Sheet::read("yunxi/posts.csv")?;
    let mut duties = Duties::read()?;
    let posts = structure::posts(&post_sheet, &units, |post| duties.words_of(post));
    name_units(&mut duties, &posts);
    let force = force(&post_sheet, &units, &mut names)?;
    let land = Land::new(&mut names)?.records(&contacts(&force))?;
    base.put("建立云溪镇", &[town(&land)])?;
    base.put("建立机构", &units)?;
    base.put("建立岗位", &posts)?;
    base.put("登记机关干部职工", &force.people)?;
    base.put("安排任职", &force.holdings)?;
    base.put("录入三张履职事项清单", &duties.duties)?;
    base.put("事项对应到岗位", &duties.links)?;
    base.put("登记村干部和网格员", &land.people)?;
    base.put("划分片区", &land.zones)?;
    base.put("登记村（社区）", &land.villages)?;
    base.put("划分网格", &land.cells)?;
    let matters = matters::read()?;
    base.put("设立窗口", &matters.windows)?;
    base.put("录入办事事项", &matters.matters)?;
    proxy::put(&base, &land.villages)?;
    hall::put(&base)?;
    work::put(&base, &force.people, &posts, &land.villages)?;
    base.bundle("云溪镇")
}

fn town(land: &LandRecords) -> Town {
    Town {
        id: id("town"),
        name: "云溪镇".into(),
        county: "临岚县".into(),
        code: TOWN_CODE.into(),
        lead: to("r001"),
        template: Some(Template::OnePlusFour),
        quota: Some(61),
        post_cap: Some(85),
        colour_red: "软弱涣散村，限期整顿".into(),
        colour_yellow: "关注村，每月会诊".into(),
        colour_blue: "稳定村".into(),
        colour_green: "示范村".into(),
        ranking: Some(Ranking::Quarter),
        steady_planned: Some(41),
        vanguard_planned: Some(7),
        population: Some(land.population),
        area: Some(land.area),
        hall: "云溪街18号便民服务中心（党群服务中心）".into(),
        hall_hours: matters::HOURS.into(),
        hall_phone: "10008810000".into(),
        map_note: "示意地图，平面坐标，单位为米；云溪镇为虚构，与实地无关".into(),
        ..Town::default()
    }
}

/// 干部包村: one of the township's own staff a village, leaders and heads of stations apart.
fn contacts(force: &Force) -> PeopleOfLand {
    let own = |identity| {
        matches!(identity, Some(StaffIdentity::Administrative | StaffIdentity::Institution))
    };
    let people = force.people.iter().filter(|person| own(person.identity) && !person.leader);
    let contacts: Vec<Text> = people.map(|person| person.id.text().clone()).collect();
    PeopleOfLand { contacts }
}
