//! Every record kind, one file each. A new kind is its file, its line in `kinds!` and its samples.

macro_rules! kinds {
    ($($module:ident::$name:ident),+ $(,)?) => {
        $(pub mod $module; pub use $module::$name;)+

        /// All kinds in the order menus and bundles list them. Only ever append: the order is no
        /// part of any file, but people learn it.
        pub static KINDS: &[&crate::model::KindSpec] =
            &[$(<$name as crate::model::Record>::KIND),+];
    };
}

kinds! {
    town::Town,
    zone::Zone,
    village::Village,
    unit::Unit,
    post::Post,
    duty::Duty,
    duty_link::DutyLink,
    person::Person,
    holding::Holding,
    grid_cell::GridCell,
    matter::Matter,
    window::Window,
    slide::Slide,
    strategy::Strategy,
    action::Action,
    task_force::TaskForce,
    force_member::ForceMember,
    task::Task,
    review::Review,
    village_score::VillageScore,
    case::Case,
    proxy_point::ProxyPoint,
    proxy_job::ProxyJob,
    ask_day::AskDay,
    allowance::Allowance,
    publication::Publication,
    hall_spot::HallSpot,
}
