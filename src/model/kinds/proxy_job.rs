//! 代办登记: one errand of an agent, from taking it to handing it back (XM-17: within four hours). Holds nothing about who
//! asked for it.

use super::matter::Matter;
use super::person::Person;
use super::proxy_point::ProxyPoint;
use crate::model::{Date, Ref, Text};
use crate::{choices, record};

choices! {
    /// 为谁代办
    Client {
        Resident = "resident", "群众";
        Trader = "trader", "个体工商户";
        Company = "company", "企业";
    }
}

record! {
    /// 代办登记
    ProxyJob, "proxy_job", "代办登记" {
        no: Text, "编号" .listed();
        subject: Text, "代办事项" .required().search(1).title().hint("不写当事人姓名、电话、住址");
        matter: Option<Ref<Matter>>, "对应办事事项";
        client: Option<Client>, "为谁代办" .listed();
        point: Option<Ref<ProxyPoint>>, "代办点" .listed();
        agent: Option<Ref<Person>>, "代办员";
        accepted: Option<Date>, "受理日期" .listed().group("accepted");
        accepted_at: Text, "受理时刻" .clock().group("accepted");
        done: Option<Date>, "办结日期" .listed().group("done");
        done_at: Text, "办结时刻" .clock().group("done");
        note: Text, "经过" .long();
    }
}
