//! The structure of the code: imports point one way, and each outside crate has one door.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// From below to above: a module may use those that stand before it, and stages do not know each other.
const LAYERS: [(&str, &[&str]); 15] = [
    ("document", &[]),
    ("hash", &[]),
    ("lanes", &[]),
    ("characters", &[]),
    ("near", &[]),
    ("lines", &["characters", "near"]),
    ("ingest", &["document", "lanes"]),
    ("boilerplate", &["document", "hash", "lanes", "characters", "near", "lines"]),
    ("language", &["document", "hash", "lanes", "characters"]),
    ("sentences", &["document", "hash", "lanes", "characters", "near", "lines"]),
    ("filter", &["document"]),
    ("report", &["document"]),
    ("corpus", &["document", "report", "ingest"]),
    ("pipeline", &["document", "ingest", "boilerplate", "language", "sentences", "filter", "report", "corpus"]),
    ("cli", &["document", "ingest", "boilerplate", "language", "sentences", "filter", "report", "corpus", "pipeline"]),
];

/// Crates and the only places that may use them.
const DOORS: [(&str, &[&str]); 25] = [
    ("scraper", &["src/boilerplate/html.rs"]),
    ("html5ever", &["src/boilerplate/html.rs", "src/boilerplate/references.rs"]),
    ("ego_tree", &["src/boilerplate/html.rs"]),
    ("lingua", &["src/language/lingua.rs"]),
    ("icu_normalizer", &["src/language/alphabet.rs"]),
    ("csv", &["src/corpus/csv.rs"]),
    ("rayon", &["src/pipeline.rs", "src/pipeline/"]),
    ("indicatif", &["src/cli/progress.rs"]),
    ("clap", &["src/cli/"]),
    ("signal_hook", &["src/cli/interrupt.rs"]),
    ("chardetng", &["src/ingest/charset.rs"]),
    ("encoding_rs", &["src/ingest/"]),
    ("flate2", &["src/ingest/"]),
    ("libdeflater", &["src/ingest/stream/whole.rs"]),
    ("zstd", &["src/ingest/", "src/language/tables.rs"]),
    ("brotli_decompressor", &["src/ingest/coding.rs"]),
    ("zip", &["src/ingest/wacz.rs"]),
    ("jiff", &["src/boilerplate/metadata/calendar", "src/ingest/dates.rs"]),
    ("wide", &["src/lanes.rs"]),
    ("fearless_simd", &["src/boilerplate/forest.rs"]),
    ("foldhash", &["src/boilerplate/", "src/language/"]),
    ("crc32fast", &["src/ingest/"]),
    ("sha2", &["src/corpus/"]),
    ("tempfile", &["src/ingest/mod.rs"]),
    ("url", &["src/document/page.rs", "src/ingest/decode.rs", "src/boilerplate/"]),
];

/// Crates that any module may use, as it may the standard library.
const EVERYWHERE: [&str; 4] = ["memchr", "serde", "serde_json", "thiserror"];

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The module directly below the crate's root that the file belongs to.
    fn module(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }

    /// Code lines, without tests and comments.
    fn code(&self) -> impl Iterator<Item = &str> {
        let code = self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        code.lines().filter(|line| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let mut folders = vec![PathBuf::from("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources
                    .push(Source { text: std::fs::read_to_string(&path).expect("a source"), path: path.display().to_string() });
            }
        }
    }
    sources
}

/// Modules of the crate that code names, after `crate::` alone or in braces.
fn named_modules(code: &str) -> BTreeSet<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut modules = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{').and_then(|list| list.split(';').next()) {
            Some(list) => modules.extend(list.split(',').map(|item| name(item.trim()))),
            None => drop(modules.insert(name(rest))),
        }
    }
    modules
}

#[test]
fn imports_point_one_way() {
    for source in sources() {
        let module = source.module();
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else { continue };
        for used in named_modules(&source.code().collect::<String>()) {
            let is_known = LAYERS.iter().any(|(name, _)| *name == used);
            assert!(!is_known || used == module || allowed.contains(&used.as_str()), "{} uses {used}", source.path);
        }
    }
}

#[test]
fn every_module_has_its_layer() {
    let modules: BTreeSet<String> =
        sources().iter().map(|source| source.module().to_owned()).filter(|m| m != "lib" && m != "main").collect();
    let layers: BTreeSet<String> = LAYERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(modules, layers);
}

#[test]
fn every_crate_has_one_door() {
    for source in sources() {
        for line in source.code() {
            for (name, doors) in DOORS {
                let is_door = doors.iter().any(|door| source.path.starts_with(door));
                assert!(is_door || !names_crate(line, name), "{} uses {name}: {line}", source.path);
            }
        }
    }
}

#[test]
fn every_door_is_used() {
    let sources = sources();
    for (name, doors) in DOORS {
        for door in doors {
            let mut inside = sources.iter().filter(|source| source.path.starts_with(door));
            assert!(inside.any(|source| source.code().any(|line| names_crate(line, name))), "{door} does not use {name}");
        }
    }
}

#[test]
fn every_crate_is_known() {
    let manifest = std::fs::read_to_string(Path::new("Cargo.toml")).expect("a manifest");
    let dependencies = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).expect("dependencies");
    let used: BTreeSet<String> =
        dependencies.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_")).collect();
    let known: BTreeSet<String> = DOORS.iter().map(|(name, _)| *name).chain(EVERYWHERE).map(str::to_owned).collect();
    assert_eq!(used, known);
}

fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::")).any(|(at, _)| is_crate_path(&line[..at]))
}

/// Whether what follows is the beginning of a path, not a module of ours of the same name.
fn is_crate_path(before: &str) -> bool {
    let is_inside_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    before.ends_with(" ::") || !before.ends_with(is_inside_path) && !before.ends_with("mod ")
}

#[test]
fn only_the_command_line_prints_or_reads_the_environment() {
    const WORDS: [&str; 6] = ["println!", "eprintln!", "print!(", "eprint!(", "env::var", "process::exit"];
    for source in sources().into_iter().filter(|source| source.module() != "cli") {
        for line in source.code() {
            assert!(!WORDS.iter().any(|word| line.contains(word)), "{}: {line}", source.path);
        }
    }
}

#[test]
fn every_file_says_what_it_is_about() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{} does not begin with a sentence on what it is about", source.path);
    }
}

#[test]
fn every_file_is_on_the_map() {
    let text = std::fs::read_to_string("ARCHITECTURE.md").expect("the map");
    let (_, map) = text.split_once("## Where things are").expect("its beginning");
    let (map, _) = map.split_once("\n## ").expect("its end");
    for source in sources().into_iter().filter(|source| !["lib", "main"].contains(&source.module())) {
        let path = source.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let in_module = path.split_once('/').is_some_and(|(module, name)| {
            let of_module = map.split("\n`").find(|part| part.starts_with(&format!("{module}/`:")));
            of_module.is_some_and(|part| part.contains(&format!("`{name}`")))
        });
        assert!(in_module || map.contains(&format!("`{path}`")) || map.contains(&format!("`{path}/`")), "{path} is not there");
    }
}

#[test]
fn the_library_forbids_unsafe_code() {
    let manifest = std::fs::read_to_string(Path::new("Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
}
