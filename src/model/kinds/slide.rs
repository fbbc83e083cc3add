//! 演示页: one page of what is shown in the meeting room (`#/show`). Says what to show, not what it shows: the
//! picture is drawn when it is looked at.

use super::post::Post;
use crate::model::{Date, Ref, Text};
use crate::{choices, record};

choices! {
    /// What a page shows.
    SlideView {
        Heading = "heading", "标题页";
        Figures = "figures", "总览数字";
        Chart = "chart", "架构图";
        Map = "map", "网格图";
        Statistic = "statistic", "统计图";
        Post = "post", "岗位卡";
        Change = "change", "调整前后";
    }
}

record! {
    /// 演示页
    Slide, "slide", "演示页" {
        no: Option<i64>, "顺序" .listed();
        title: Text, "标题" .title().listed();
        view: Option<SlideView>, "内容" .required().listed();
        /// Form of a chart, colouring of a map, id of a statistic.
        look: Text, "样式" .hint("图形、着色或统计图的代号，在“演示”里选");
        post: Option<Ref<Post>>, "岗位" .hint("岗位卡用");
        before: Option<Date>, "对比日期" .hint("调整前后用：和哪一天比");
        note: Text, "讲稿" .long();
    }
}
