//! A server for one folder on this computer only. Reads files, never writes; sends no caching
//! headers but "don't". Not meant for a network.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::Duration;

pub struct Server {
    listener: TcpListener,
    folder: PathBuf,
}

pub fn bind(port: u16) -> Result<Server, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|e| match e.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} is taken by another program; end that one or choose another port with `--port N`."
        ),
        ErrorKind::PermissionDenied => {
            format!("port {port} is not allowed for this user; choose one above 1023 with `--port N`.")
        }
        _ => format!("port {port} cannot be opened: {e}."),
    })?;
    Ok(Server { listener, folder: crate::place::dist() })
}

impl Server {
    pub fn address(&self) -> String {
        let port = self.listener.local_addr().map_or(0, |address| address.port());
        format!("http://127.0.0.1:{port}/gangtu.html")
    }

    /// Serves until the process is ended.
    pub fn run(self) {
        for stream in self.listener.incoming().flatten() {
            let folder = self.folder.clone();
            thread::spawn(move || drop(answer(&stream, &folder)));
        }
    }
}

fn answer(stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let reply = reply(&request, folder);
    let mut out = stream;
    write!(
        out,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n{}Connection: close\r\n\r\n",
        reply.status,
        reply.kind,
        reply.body.len(),
        reply.extra
    )?;
    if !request.starts_with("HEAD ") {
        out.write_all(&reply.body)?;
    }
    out.flush()
}

struct Reply {
    status: &'static str,
    kind: &'static str,
    extra: &'static str,
    body: Vec<u8>,
}

fn reply(request: &str, folder: &Path) -> Reply {
    let plain = |status, extra| Reply {
        status,
        kind: "text/plain; charset=utf-8",
        extra,
        body: status.as_bytes().to_vec(),
    };
    let mut words = request.split(' ');
    if !matches!(words.next(), Some("GET" | "HEAD")) {
        return plain("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
    }
    let path = words.next().unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    if path == "/" {
        return plain("302 Found", "Location: /gangtu.html\r\n");
    }
    match inside(folder, path).and_then(|file| Some((kind(&file), fs::read(file).ok()?))) {
        Some((kind, body)) => Reply { status: "200 OK", kind, extra: "", body },
        None => plain("404 Not Found", ""),
    }
}

/// The file a request path means, or nothing where it would leave the folder.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = PathBuf::from(path.strip_prefix('/')?);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    plain.then(|| folder.join(relative))
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_taken_port_is_one_sentence() {
        let first = bind(0).unwrap();
        let port = first.listener.local_addr().unwrap().port();
        assert!(bind(port).err().unwrap().contains("is taken by another program"));
    }

    #[test]
    fn nothing_outside_the_folder_is_reached() {
        let folder = Path::new("dist");
        assert_eq!(inside(folder, "/gangtu.html"), Some(folder.join("gangtu.html")));
        for path in ["/../Cargo.toml", "//etc/passwd", "gangtu.html", "/a/../../b"] {
            assert_eq!(inside(folder, path), None, "{path}");
        }
    }

    #[test]
    fn a_page_is_served_with_its_type_and_without_caching() {
        let folder = std::env::temp_dir().join(format!("gangtu-serve-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("gangtu.html"), "<p>岗图").unwrap();
        let server = Server { folder: folder.clone(), ..bind(0).unwrap() };
        let address = server.listener.local_addr().unwrap();
        thread::spawn(move || server.run());
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let page = ask("GET /gangtu.html?x=1");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"));
        assert!(page.contains("Cache-Control: no-store") && page.ends_with("\r\n\r\n<p>岗图"));
        assert!(ask("HEAD /gangtu.html").ends_with("\r\n\r\n"));
        assert!(ask("GET /").contains("Location: /gangtu.html"));
        assert!(ask("GET /none").starts_with("HTTP/1.1 404"));
        assert!(ask("POST /gangtu.html").starts_with("HTTP/1.1 405"));
        fs::remove_dir_all(folder).unwrap();
    }
}
