//! The public page, put together from the page it is made in: its styles and the first two parts of its program.
//! No block of staff, no vault, no sample; a policy that lets nothing out. Chooses no data.

use gangtu_seal::text::base64;
use sha2::{Digest, Sha256};

use super::edition::{BLOCK, Edition, Picture};
use super::opening::{Unfit, open};

/// Blocks of data that residents' program needs, in the order they stand.
pub const DATA_BLOCKS: [&str; 3] = ["gangtu-wasm", "gangtu-hall", "gangtu-readings"];

/// Scripts that run, in the order they do.
pub const SCRIPTS: [&str; 2] = ["gangtu-glue", "gangtu-loader"];

/// What of the program goes along, as it stands in the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    pub style: String,
    /// One for each of [`DATA_BLOCKS`] and [`SCRIPTS`].
    pub data: Vec<String>,
    pub scripts: Vec<String>,
}

/// What residents read.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    pub edition: Edition,
    pub lines: String,
    pub pictures: Vec<(Picture, String)>,
}

impl Contents {
    /// The same, sealed with its hash.
    pub fn sealed(mut self) -> Contents {
        let pictures: Vec<&str> = self.pictures.iter().map(|(_, svg)| &**svg).collect();
        self.edition = self.edition.sealed(&self.lines, &pictures);
        self
    }

    /// Those of a written file; what is wrong with it otherwise.
    pub fn read(page: &str) -> Result<Contents, Unfit> {
        let block = text_of(page, BLOCK).ok_or(Unfit::NoHeading)?;
        let drawn = |picture| Some((picture, text_of(page, Picture::block(picture))?));
        let pictures: Vec<(Picture, &str)> = Picture::ALL.into_iter().filter_map(drawn).collect();
        let texts: Vec<&str> = pictures.iter().map(|(_, svg)| *svg).collect();
        let (edition, _) = open(block, &texts)?;
        let (_, lines) = block.split_once('\n').ok_or(Unfit::NoHeading)?;
        let pictures = pictures.into_iter().map(|(picture, svg)| (picture, svg.to_string()));
        Ok(Contents { edition, lines: lines.to_string(), pictures: pictures.collect() })
    }

    /// All that anybody reads of them, as one text to be looked through.
    pub fn words(&self) -> String {
        let pictures = self.pictures.iter().map(|(_, svg)| words(svg));
        [self.edition.town.clone(), self.lines.clone()].into_iter().chain(pictures).collect()
    }

    fn blocks(&self) -> String {
        let data = [&self.edition.write().replace('<', "\\u003c"), "\n", &*self.lines].concat();
        let mut out = block(BLOCK, &data);
        for (picture, svg) in &self.pictures {
            out.push_str(&block(picture.block(), svg));
        }
        out
    }
}

fn text_of<'a>(page: &'a str, block: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!(" id=\"{block}\">"))?;
    Some(after.split_once("</script>")?.0)
}

fn block(id: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n")
}

/// The whole file.
pub fn write(program: &Program, contents: &Contents) -> String {
    let hashes: Vec<String> = program.scripts.iter().map(|script| hash(script)).collect();
    let title = escaped(&contents.edition.town) + "便民查询";
    let mut out = String::new();
    out.push_str("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\">\n<meta name=\"renderer\" content=\"webkit\">\n<meta name=\"force-rendering\" content=\"webkit\">\n");
    // 'unsafe-eval' is what lets kernels below 97 compile wasm.
    out.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {} 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n",
        hashes.join(" ")
    ));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n");
    out.push_str(&format!("<title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n</head>\n<body>\n", program.style));
    out.push_str(&NOTICES.replace("{title}", &title));
    for (id, data) in DATA_BLOCKS.iter().zip(&program.data) {
        out.push_str(&block(id, data));
    }
    out.push_str(&contents.blocks());
    for (id, script) in SCRIPTS.iter().zip(&program.scripts) {
        out.push_str(&format!("<script id=\"{id}\">{script}</script>\n"));
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// What of a written file is not the program, and of its pictures the words: what a scan of the file has to
/// look through.
pub fn without_program(page: &str, program: &Program, contents: &Contents) -> String {
    let mut rest = page.to_string();
    let parts = program.scripts.iter().chain(&program.data).chain([&program.style]);
    for part in parts.filter(|part| !part.is_empty()) {
        rest = rest.replacen(&**part, "", 1);
    }
    for script in &program.scripts {
        rest = rest.replacen(&hash(script), "", 1);
    }
    for (_, svg) in &contents.pictures {
        rest = rest.replacen(&**svg, &words(svg), 1);
    }
    rest.replacen(&contents.edition.hash, "", 1)
}

/// What of a picture is words: all between tags, and what tags say in Chinese. Its coordinates would read as
/// numbers of telephones.
fn words(svg: &str) -> String {
    let mut words = String::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let said = tag.split('"').skip(1).step_by(2);
        for said in said.filter(|said| !said.is_ascii()).chain([text]) {
            words.push_str(said);
            words.push('\n');
        }
    }
    words
}

fn hash(script: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(script.as_bytes())))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What the loader shows before the program stands, and where it cannot.
const NOTICES: &str = r#"<div class="boot" id="gangtu-boot" role="status">
<p class="boot-name">{title}</p>
<p class="boot-line"></p>
</div>
<div class="boot-notice" id="gangtu-notice-old">
<h1>这个浏览器打不开查询页</h1>
<p>它的内核太旧，或者正处在兼容模式。</p>
<ul>
<li>双核浏览器（360、QQ、搜狗等）：点地址栏右侧的闪电或“e”图标，切换到<b>极速模式</b>；</li>
<li>换用谷歌 Chrome、微软 Edge、奇安信、统信 UOS 或火狐浏览器打开；</li>
<li>手机上请用系统自带的浏览器打开。</li>
</ul>
</div>
<div class="boot-notice" id="gangtu-notice-fail">
<h1>查询页没能打开</h1>
<p>请<b>刷新本页</b>；仍然不行时，多半是文件没有拷贝完整，请换一份，或到便民服务中心问。</p>
<p class="boot-detail" id="gangtu-notice-detail"></p>
</div>
<div class="boot-stopped" id="gangtu-notice-stopped" role="alert">
<p><b>页面出错，停下了。</b>请刷新本页后重新查询。</p>
<button class="button button-main" id="gangtu-reload" type="button">刷新本页</button>
</div>
<noscript>
<div class="boot-notice boot-notice-shown">
<h1>脚本被关闭了</h1>
<p>查询全部在本机进行，需要浏览器允许本页的脚本。请在浏览器设置里允许 JavaScript，然后刷新本页。</p>
</div>
</noscript>
"#;
