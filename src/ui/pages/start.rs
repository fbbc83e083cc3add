//! The start page: open what is here, bring a file, begin anew, or look at the demonstration.

use crate::ui::prelude::*;
use leptos::html::Input;
use leptos::task::spawn_local;

use crate::bundle::Newer;
use crate::journal::Draft;
use crate::model::RecordId;
use crate::model::kinds::Town;
use crate::saving::Seen;
use crate::ui::components::button::TextButton;
use crate::ui::components::icon::Icon;
use crate::ui::keeping::Place;
use crate::ui::pages::erase;
use crate::ui::pages::newer::LookOffer;
use crate::ui::session::{Session, Stage, use_session};
use crate::web::bases::BaseEntry;
use crate::web::home::handle::can_pick;
use crate::web::slices::{Refusal, read_bundle, read_bundle_file};
use crate::web::{packed, world};

pub fn page() -> AnyView {
    match use_session().stage.get_untracked() {
        Stage::Empty { bases, trouble } => start(bases, trouble),
        _ => ().into_any(),
    }
}

fn start(bases: Vec<BaseEntry>, trouble: Option<String>) -> AnyView {
    let busy = RwSignal::new(false);
    let error = RwSignal::new(trouble);
    let newer = RwSignal::new_local(None::<Newer>);
    let some = !bases.is_empty();
    view! {
        <main class="start" id="main">
            <header class="start-head">
                <h1 class="start-name">"岗图"</h1>
                <p class="start-line">"一个乡镇的岗位、人员、事项、网格，都在这一个文件里。不联网，不上传。"</p>
            </header>
            {move || error.get().map(|text| view! { <p class="notice notice-bad" role="alert">{text}</p> })}
            {move || newer.get().map(|newer| view! { <LookOffer newer=newer/> })}
            <Show when=move || busy.get()><p class="notice" role="status">"正在打开，请稍候…"</p></Show>
            {some.then(|| view! { <StoredBases bases=bases.clone() busy=busy/> })}
            <section class="start-asked">
                <h2>{if some { "别的乡镇，或者从头开始" } else { "在别处用过吗？" }}</h2>
                <p>
                    "数据不会自己跟到别的电脑、别的浏览器：它在用过的那个浏览器里，和存下的文件里。用过，就打开那个文件；没用过，就新建或先看看。"
                </p>
            </section>
            <div class="start-ways">
                <OpenFile busy=busy error=error newer=newer/>
                <NewTownship busy=busy/>
                <Demonstration busy=busy error=error/>
            </div>
            <GuestChoice/>
            {some.then(|| view! { <p class="start-foot">{erase::button()}</p> })}
        </main>
    }
}

#[component]
fn StoredBases(bases: Vec<BaseEntry>, busy: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let line = move |base: BaseEntry| {
        let township = base.township.clone();
        let open = move |_| {
            busy.set(true);
            spawn_local(session.open_stored(township.clone()));
        };
        view! {
            <li>
                <button class="start-base" on:click=open>
                    <span class="start-base-name">{base.name}</span>
                    <span class="start-base-when">"上次打开 " {world::local_time(base.opened as u64)}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="start-bases">
            <h2>"这台电脑上的乡镇"</h2>
            <ul>{bases.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

#[component]
fn OpenFile(
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    newer: RwSignal<Option<Newer>, LocalStorage>,
) -> impl IntoView {
    let session = use_session();
    let input = NodeRef::<Input>::new();
    let tell = move |Refusal { sentence, newer: seen, extract }: Refusal| {
        if let Some(extract) = extract {
            spawn_local(async move {
                if let Err(sentence) = session.open_extract(*extract).await {
                    let _ = error.try_set(Some(sentence));
                }
            });
            return;
        }
        // What can be looked at says of itself what it is.
        error.set(seen.is_none().then_some(sentence));
        newer.set(seen.map(|newer| *newer));
    };
    let picked = move |_| {
        let file =
            input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        let Some(file) = file else { return };
        busy.set(true);
        error.set(None);
        newer.set(None);
        spawn_local(async move {
            if let Err(refusal) = open_file(session, &file).await {
                tell(refusal);
            }
            busy.set(false);
        });
    };
    let open_from = move |place| {
        error.set(None);
        newer.set(None);
        spawn_local(async move {
            if let Err(refusal) = session.keeping.open_from(session, place).await {
                tell(refusal);
            }
        });
    };
    // A guest works on the file itself, where the browser lets a page do that.
    let by_input = move || !session.guest.get() || !can_pick();
    view! {
        <section class="start-way">
            <Icon name="data"/>
            <h2>"用过，打开存档"</h2>
            <p>"U 盘上或别人发来的 .json 数据包，或者选定过的存档文件夹。"</p>
            <div class="choices">
                <Show when=by_input>
                    <label class="button button-main">
                        "选择文件"
                        <input class="visually-hidden" type="file" accept=".json,application/json" node_ref=input on:change=picked/>
                    </label>
                </Show>
                <Show when=move || !by_input()>
                    <TextButton class="button button-main" label="选择文件" act=move |()| open_from(Place::OldFile)/>
                </Show>
                {can_pick().then(|| view! {
                    <TextButton class="button" label="选文件夹" act=move |()| open_from(Place::Folder)/>
                })}
            </div>
        </section>
    }
}

async fn open_file(session: Session, file: &web_sys::File) -> Result<(), Refusal> {
    let bundle = read_bundle_file(file, |_, _| ()).await?;
    let seen = Seen::of(bundle.lines());
    session.open_bundle(bundle, "").await?;
    session.keeping.saw(session, file.name(), &seen);
    Ok(())
}

/// 来宾模式, for a computer that is not one's own.
#[component]
fn GuestChoice() -> impl IntoView {
    let session = use_session();
    view! {
        <label class="check start-guest">
            <input
                type="checkbox"
                prop:checked=session.guest
                on:change=move |event| session.be_guest(event_target_checked(&event))
            />
            <span>
                <strong>"来宾模式"</strong>
                "：这是借用的电脑。数据只在内存里，存回 U 盘的文件；关掉页面，这台电脑上什么都不留。"
            </span>
        </label>
    }
}

#[component]
fn NewTownship(busy: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let name = RwSignal::new(String::new());
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_string();
        if name.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(session.create("", move |id| first_record(id, &name)));
    };
    view! {
        <section class="start-way">
            <Icon name="plus"/>
            <h2>"没用过，新建乡镇"</h2>
            <p>"从空白开始，再导入岗位表、事项表。"</p>
            <form class="start-form" on:submit=create>
                <input
                    class="input"
                    placeholder="乡镇名称，如 青石镇"
                    aria-label="乡镇名称"
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <button class="button button-main" disabled=move || name.get().trim().is_empty()>"新建"</button>
            </form>
        </section>
    }
}

fn first_record(id: RecordId, name: &str) -> Draft {
    let mut draft = Draft::new(&format!("新建乡镇 {name}"));
    draft.put(&Town { id, name: name.into(), ..Town::default() });
    draft
}

#[component]
fn Demonstration(busy: RwSignal<bool>, error: RwSignal<Option<String>>) -> impl IntoView {
    let session = use_session();
    let open = move |_| {
        busy.set(true);
        spawn_local(async move {
            if let Err(sentence) = open_sample(session).await {
                error.set(Some(sentence));
            }
            busy.set(false);
        });
    };
    view! {
        <section class="start-way">
            <Icon name="chart"/>
            <h2>"先看看示范镇"</h2>
            <p>"虚构的云溪镇，数据齐全。只在内存里，关闭不留痕迹。"</p>
            <button class="button" on:click=open>"打开示范镇"</button>
        </section>
    }
}

pub async fn open_sample(session: Session) -> Result<(), String> {
    let text =
        packed::sample().await.ok_or("这个文件里没有带示范镇。可以新建乡镇，或打开数据包。")?;
    let bundle =
        read_bundle(text.as_bytes(), |_, _| ()).await.map_err(|error| error.to_string())?;
    session.open_demo(bundle).await;
    Ok(())
}
