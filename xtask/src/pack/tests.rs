//! The packer on small invented parts.

use super::*;
use std::io::Read;

const TEMPLATE: &str = "<head>\n<meta content=\"script-src 'sha256-pack'\">\n\
    <link data-trunk rel=\"rust\">\n<!-- pack: style -->\n</head>\n<!-- pack: wasm -->\n<!-- pack: hall -->\n<!-- pack: later -->\n\
    <!-- pack: sample -->\n<!-- pack: readings -->\n<!-- pack: vault -->\n<!-- pack: glue -->\n<script>start()</script>\n";

fn parts() -> Parts {
    Parts {
        template: TEMPLATE.to_string(),
        style: ".a{top:0}\n".to_string(),
        glue: "let wasm_bindgen = 1;\n".to_string(),
        wasm: b"\0asm and more".to_vec(),
        hall: Some(b"\0asm of the hall".to_vec()),
        later: Some(b"\0asm of later".to_vec()),
        readings: b"abc".to_vec(),
        vault: b"\0asm of the vault".to_vec(),
        worker: "onmessage = 1;\n".to_string(),
        sample: Some("{\"镇\":\"云溪\"}".as_bytes().to_vec()),
    }
}

fn block(page: &str, id: &str) -> Vec<u8> {
    let (_, after) = page.split_once(&format!("id=\"{id}\">")).unwrap();
    let packed = letters::decode(after.split_once("</script>").unwrap().0);
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn every_part_is_inside_and_comes_out_as_it_went_in() {
    let (page, sizes) = assemble(&parts(), Profile::Dev).unwrap();
    assert_eq!(block(&page, "gangtu-wasm"), b"\0asm and more");
    assert_eq!(block(&page, "gangtu-sample"), "{\"镇\":\"云溪\"}".as_bytes());
    let readings = letters::encode(b"abc");
    assert!(page.contains(&format!("id=\"gangtu-readings\">{readings}</script>")));
    assert_eq!(block(&page, "gangtu-hall"), b"\0asm of the hall");
    assert_eq!(block(&page, "gangtu-later"), b"\0asm of later");
    assert_eq!(block(&page, "gangtu-vault"), b"\0asm of the vault");
    assert!(page.contains("id=\"gangtu-vault-worker\">\nonmessage = 1;\n</script>"));
    assert!(page.contains("<style>\n.a{top:0}\n</style>"));
    assert!(!page.contains("data-trunk") && !page.contains("<!-- pack"));
    assert_eq!(sizes.file, page.len());
}

#[test]
fn without_a_sample_there_is_no_sample_block() {
    let (page, _) = assemble(&Parts { sample: None, ..parts() }, Profile::Dev).unwrap();
    assert!(!page.contains("gangtu-sample"));
}

#[test]
fn the_policy_names_exactly_the_scripts_that_run() {
    let (page, _) = assemble(&parts(), Profile::Dev).unwrap();
    assert_eq!(inline_scripts(&page), ["\nlet wasm_bindgen = 1;\n", "start()"]);
    for script in inline_scripts(&page) {
        assert!(page.contains(&script_hash(script)));
    }
    // The digest a browser prints for this very script.
    assert_eq!(script_hash("start()"), "'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='");
}

#[test]
fn a_template_without_a_mark_is_refused() {
    for mark in ["<!-- pack: glue -->", HASHES] {
        let template = TEMPLATE.replace(mark, "");
        assert!(assemble(&Parts { template, ..parts() }, Profile::Dev).is_err(), "{mark}");
    }
}

#[test]
fn a_part_that_would_end_its_own_block_is_refused() {
    let glue = "let a = '</SCRIPT>';".to_string();
    assert!(assemble(&Parts { glue, ..parts() }, Profile::Dev).is_err());
    let style = "/* </style> */".to_string();
    assert!(assemble(&Parts { style, ..parts() }, Profile::Dev).is_err());
}

#[test]
fn too_large_is_one_sentence_with_both_numbers() {
    let small = Sizes {
        wasm: 9,
        wasm_gzipped: 9,
        hall_gzipped: 9,
        later_gzipped: 9,
        glue: 9,
        style: 9,
        sample: 9,
        readings: 9,
        vault: 9,
        file: 9,
    };
    assert!(small.check(Make::Slim).is_ok());
    let wasm = Sizes { wasm_gzipped: MOST_WASM_GZIPPED + 1, ..small };
    assert!(wasm.check(Make::Ordinary).is_ok(), "an older Rust makes a larger page, and makes it");
    assert!(
        wasm.check(Make::Slim).err().unwrap().contains("700001 bytes, over the limit of 700000")
    );
    let file = Sizes { file: MOST_FILE + 1, wasm_gzipped: 9, ..wasm };
    assert!(file.check(Make::Ordinary).err().unwrap().contains("packed file"));
}

#[test]
fn comments_go_and_code_stays() {
    let glue = "/** one */\na();\n    /**\n     * two\n     */\n    b(); // kept\n    // gone\n";
    assert_eq!(bare(glue).unwrap(), "a();\nb(); // kept\n");
    assert!(bare("a(`one\n  two`);").is_err(), "its indentation says something");
    assert_eq!(
        without_css_comments("/* x\ny */ .a {\n  top: 0; /* z */\n}\n\n"),
        ".a{\ntop:0;\n}\n"
    );
    assert_eq!(
        without_css_comments(".a > b , i :hover { margin: 0 -1px; font: \"a : {\", b; }"),
        ".a > b ,i :hover{margin:0 -1px;font:\"a : {\",b;}\n"
    );
}

#[test]
fn styles_follow_the_cascade() {
    let folder = std::env::temp_dir().join(format!("gangtu-style-{}", std::process::id()));
    for name in [
        "90-modes.css",
        "00-tokens.css",
        "95-print.css",
        "30-layout.css",
        "pages/home.css",
        "components/button.css",
        "note.txt",
    ] {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
    }
    let order: Vec<String> = style_files(&folder).unwrap().iter().map(|file| name(file)).collect();
    assert_eq!(
        order,
        [
            "00-tokens.css",
            "30-layout.css",
            "button.css",
            "home.css",
            "90-modes.css",
            "95-print.css"
        ]
    );
    fs::remove_dir_all(folder).unwrap();
}
