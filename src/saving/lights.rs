//! What the third light says. It is lit only for a file that was opened again and holds everything.

/// How things stand with the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The demonstration is not kept anywhere.
    pub demo: bool,
    /// Actions that no verified file holds.
    pub unsaved: u64,
    /// Whether to say so louder.
    pub remind: bool,
    /// The last verified file: its name, and when it was opened again.
    pub verified: Option<(String, String)>,
    /// A file is being written.
    pub writing: bool,
    /// A chosen file home waits for its permission.
    pub asks: bool,
    /// Why the last write did not happen.
    pub trouble: Option<String>,
    /// A bundle with everything was offered for download; nobody has opened it again.
    pub offered: bool,
    /// A file home was chosen.
    pub home: bool,
}

/// A light: `ok`, `soon`, `bad` or `off`, a word and a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Light {
    pub tone: &'static str,
    pub word: String,
    pub title: String,
}

/// The third light.
pub fn file_light(at: &Standing) -> Light {
    let light =
        |tone, word: &str, title: &str| Light { tone, word: word.into(), title: title.into() };
    if at.demo {
        return light("off", "不存文件", "示范镇不需要保存");
    }
    if let Some(trouble) = &at.trouble {
        return light("bad", "文件没存上", trouble);
    }
    if at.unsaved == 0 {
        let Some((name, when)) = &at.verified else {
            return light("off", "还没有内容", "还没有可以存的改动");
        };
        let title = format!("全部改动都在文件“{name}”里，{when} 写好后重新打开核对过");
        return Light { tone: "ok", word: "文件已核对".into(), title };
    }
    if at.asks {
        return light("soon", "接上存档", "点这里，允许继续写入存档文件");
    }
    if at.writing {
        return light("soon", "正在存文件", "正在写入存档文件，写完会重新打开核对");
    }
    if at.offered {
        return light("soon", "待核对", "已下载。点这里选下载好的文件，打开核对后这盏灯才亮");
    }
    let title = match (at.home, at.remind) {
        (true, _) => "点这里存入存档文件",
        (false, true) => "有一阵没存文件了。点这里下载数据包，存到 U 盘",
        (false, false) => "点这里下载数据包，拷到 U 盘或别的电脑",
    };
    let tone = if at.remind { "due" } else { "soon" };
    Light { tone, word: format!("{} 处未存文件", at.unsaved), title: title.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verified() -> Standing {
        let name = ("云溪镇.json".to_string(), "11-22 11:05".to_string());
        Standing { verified: Some(name), ..Standing::default() }
    }

    #[test]
    fn v1_the_light_is_lit_only_for_a_verified_file_that_holds_everything() {
        assert_eq!(file_light(&verified()).tone, "ok");
        assert!(file_light(&verified()).title.contains("云溪镇.json"));
        let dark = [
            Standing::default(),
            Standing { unsaved: 1, ..verified() },
            Standing { unsaved: 1, offered: true, ..Standing::default() },
            Standing { unsaved: 1, writing: true, ..verified() },
            Standing { unsaved: 1, asks: true, home: true, ..verified() },
            Standing { trouble: Some("拔出".into()), home: true, ..verified() },
            Standing { demo: true, ..verified() },
        ];
        let mut words: Vec<String> = dark
            .iter()
            .map(|standing| {
                let light = file_light(standing);
                assert_ne!(light.tone, "ok", "{standing:?}");
                light.word
            })
            .collect();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), dark.len(), "each says something else");
    }

    #[test]
    fn v8_the_reminder_only_speaks_louder() {
        let calm = Standing { unsaved: 3, ..verified() };
        let loud = Standing { remind: true, ..calm.clone() };
        assert_eq!(file_light(&calm).word, file_light(&loud).word);
        assert_eq!((file_light(&calm).tone, file_light(&loud).tone), ("soon", "due"));
    }
}
