//! The program itself: exit statuses, messages, pipes.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PAGE: &str = "<html><body><nav><a href=/>Home</a></nav><article><h1>On the river</h1>\
<p>The ferry crossed the river twice a day for a hundred years, and nobody thought that it would ever end.</p>\
<p>When the bridge was opened, the ferryman put his boat on two trestles and planted beans in it. They grew well.</p>\
</article></body></html>";

fn corpusmill(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpusmill"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    // A program that has read enough closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("its output")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("an exit status")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// A folder that is gone when the test is over, and a path in it.
fn scratch(name: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name).display().to_string();
    (folder, path)
}

/// A file of a corpus.
fn read(corpus: &str, name: &str) -> String {
    std::fs::read_to_string(Path::new(corpus).join(name)).expect("a file")
}

#[test]
fn run_makes_a_corpus_and_refuses_to_overwrite_it() {
    let (_folder, out) = scratch("corpus");
    let first = corpusmill(&["run", "seeds", "-o", &out], b"");
    assert_eq!(status(&first), 0, "{}", stderr(&first));
    assert!(stderr(&first).contains("documents") && stdout(&first).is_empty());
    for file in ["documents-00000.csv", "sentences-00000.csv", "rejects-00000.csv", "damage.csv", "datapackage.json"] {
        assert!(Path::new(&out).join(file).is_file(), "{file}");
    }
    let second = corpusmill(&["run", "seeds", "-o", &out], b"");
    assert_eq!(status(&second), 1);
    assert!(stderr(&second).contains("holds a corpus already") && stderr(&second).contains("--force"), "{}", stderr(&second));
    std::fs::write(Path::new(&out).join("notes.txt"), "mine").expect("a file");
    let forced = corpusmill(&["run", "seeds", "-o", &out, "--force", "-q"], b"");
    assert_eq!(status(&forced), 0);
    assert!(stderr(&forced).is_empty() && Path::new(&out).join("notes.txt").is_file());
}

#[test]
fn the_readme_shows_what_comes_out() {
    let (_folder, out) = scratch("corpus");
    let mut shown = stderr(&corpusmill(&["run", "seeds", "-o", &out], b""));
    for table in ["sentences-00000.csv", "rejects-00000.csv"] {
        shown += &read(&out, table);
    }
    let (_, section) = include_str!("../../README.md").split_once("## What comes out").expect("the section");
    let (section, _) = section.split_once("### ").expect("its end");
    let samples: Vec<&str> = section.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert!(samples.len() > 10);
    for sample in samples {
        assert!(shown.lines().any(|line| line == sample), "not so: {sample}");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let (_folder, out) = scratch("corpus");
    corpusmill(&["run", "seeds", "-o", &out, "-q"], b"");
    let unfinished = std::fs::read_dir(&out)
        .expect("a folder")
        .filter(|e| e.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().starts_with('.')));
    assert_eq!(unfinished.count(), 0);
}

/// The names of all files in a folder, hidden ones too.
fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const CORPUS: [&str; 5] = ["damage.csv", "datapackage.json", "documents-00000.csv", "rejects-00000.csv", "sentences-00000.csv"];

#[test]
fn an_old_corpus_stays_until_the_new_one_is_whole_and_one_run_writes_at_a_time() {
    let (_folder, out) = scratch("corpus");
    corpusmill(&["run", "seeds", "-o", &out, "-q"], b"");
    let documents = || read(&out, "documents-00000.csv");
    let old = documents();
    std::fs::write(Path::new(&out).join("documents-00001.csv"), "of a larger corpus").expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpusmill"));
    command.args(["run", "-", "-o", &out, "--force", "-q"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut waiting = command.spawn().expect("the program");
    while !names(&out).iter().any(|name| name.ends_with(".unfinished")) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let second = corpusmill(&["run", "seeds", "-o", &out, "--force"], b"");
    assert_eq!(status(&second), 1);
    assert!(stderr(&second).contains(&format!("process {}", waiting.id())), "{}", stderr(&second));
    waiting.kill().expect("to be stopped");
    waiting.wait().expect("its end");
    assert!(documents() == old && CORPUS.iter().all(|file| names(&out).contains(&(*file).to_owned())), "{:?}", names(&out));
    let forced = corpusmill(&["run", "-", "-o", &out, "--force", "-q"], PAGE.as_bytes());
    assert_eq!(status(&forced), 0, "{}", stderr(&forced));
    assert_eq!(names(&out), CORPUS);
    assert!(documents() != old && documents().contains("planted beans"));
}

#[test]
fn what_is_in_the_output_folder_is_read_but_for_the_corpus() {
    let (folder, out) = scratch("corpus");
    let pages = folder.path().display().to_string();
    std::fs::write(folder.path().join("page.html"), PAGE).expect("a file");
    std::fs::create_dir(&out).expect("a folder");
    std::fs::write(Path::new(&out).join("another.html"), PAGE.replace("ferry", "barge")).expect("a file");
    let corpora = ["-q", "--force"].map(|flag| {
        let output = corpusmill(&["run", &pages, "-o", &out, flag], b"");
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        read(&out, "documents-00000.csv")
    });
    assert!(corpora[0] == corpora[1] && corpora[0].contains("The ferry") && corpora[0].contains("The barge"), "{corpora:?}");
    for input in [out.clone(), format!("{out}/documents-00000.csv"), format!("{out}/../corpus")] {
        let output = corpusmill(&["run", &pages, &input, "-o", &out, "--force"], b"");
        assert_eq!(status(&output), 1);
        assert!(stderr(&output).contains(&input) && stderr(&output).contains("-o"), "{}", stderr(&output));
    }
}

#[test]
fn standard_input_is_an_input() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "-", "-o", &out, "-q"], PAGE.as_bytes());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let documents = read(&out, "documents-00000.csv");
    assert!(documents.contains("planted beans"));
}

#[test]
fn a_run_does_not_need_somebody_to_listen() {
    let (_folder, out) = scratch("corpus");
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpusmill"));
    command.args(["run", "seeds", "-o", &out]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("its end").code(), Some(0));
    assert_eq!(names(&out), CORPUS);
}

#[test]
fn progress_in_json_ends_with_the_last_state() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "seeds", "-o", &out, "--progress", "json"], b"");
    let told = stderr(&output);
    let state: serde_json::Value = serde_json::from_str(told.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!((&state["bytes_read"], &state["kept"]), (&state["bytes"], &serde_json::json!(33)), "{told}");
}

#[test]
fn a_list_of_paths_is_an_input() {
    let (folder, out) = scratch("corpus");
    let list = folder.path().join("list.txt");
    let paths = "\u{feff}seeds/crawl.warc.gz\n\nseeds/chinese-views-on-cybersecurity.txt\n";
    std::fs::write(&list, paths).expect("a file");
    let output = corpusmill(&["run", &format!("@{}", list.display()), "-o", &out], b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let documents = read(&out, "documents-00000.csv");
    let output = corpusmill(&["run", "@-", "-o", &out, "--force"], paths.as_bytes());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(read(&out, "documents-00000.csv"), documents);
}

#[test]
fn a_page_without_content_is_told_with_what_to_try() {
    for (page, told) in [("", "empty_body"), ("<p></p>", "no_text"), ("<nav><a href=/>Home</a></nav>", "--favor recall")] {
        let output = corpusmill(&["extract", "-"], page.as_bytes());
        assert_eq!(status(&output), 4);
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
    let robots = corpusmill(&["extract", "--favor", "recall"], b"User-agent: *\nDisallow: /map\n");
    assert!(stderr(&robots).contains("robots.txt") && !stderr(&robots).contains("--favor"), "{}", stderr(&robots));
}

#[test]
fn missing_inputs_are_told_before_anything_is_written() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "seeds", "no/such/file.warc", "-o", &out], b"");
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("no/such/file.warc"), "{}", stderr(&output));
    assert!(!Path::new(&out).exists());
}

#[test]
fn an_input_given_twice_is_told() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "seeds", "seeds/crawl.warc.gz", "-o", &out], b"");
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("given twice"), "{}", stderr(&output));
}

#[test]
fn a_folder_is_no_page() {
    for arguments in [&["extract", "seeds"][..], &["extract", "--jsonl", "seeds"], &["language", "seeds"]] {
        let output = corpusmill(arguments, b"");
        assert!(status(&output) == 1 && stderr(&output).contains("corpusmill run reads folders"), "{}", stderr(&output));
    }
}

#[test]
fn an_address_is_told_from_a_path() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "https://harbour.example/crawl.warc.gz", "-o", &out], b"");
    assert!(status(&output) == 1 && stderr(&output).contains("nothing is fetched"), "{}", stderr(&output));
}

#[test]
fn fields_that_nobody_asks_for_cost_no_answer() {
    let line = br#"{"lang":["pl"],"lang_declared":1,"text":" ","html":"<p>The ferry leaves the old harbour at noon, and comes back at night.</p>"}"#;
    let output = corpusmill(&["extract", "--jsonl"], line);
    assert!(status(&output) == 0 && stdout(&output).contains("The ferry"), "{}", stdout(&output));
    let output = corpusmill(&["language", "--jsonl"], br#"{"url":1,"lang":2,"html":3,"text":"The ferry leaves at noon."}"#);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    let output = corpusmill(&["extract", "--jsonl"], br#"{"text":" "}"#);
    assert!(stdout(&output).contains("empty_body"), "{}", stdout(&output));
}

#[test]
fn a_corpus_is_a_folder() {
    let (_folder, out) = scratch("file");
    std::fs::write(&out, "mine").expect("a file");
    let output = corpusmill(&["run", "seeds", "-o", &out], b"");
    assert!(status(&output) == 1 && stderr(&output).contains("is no folder"), "{}", stderr(&output));
    assert_eq!(std::fs::read(&out).expect("the file"), b"mine");
    for (elsewhere, told) in [("-", "standard output"), ("s3://harbour/corpus", "an address")] {
        let output = corpusmill(&["run", "seeds", "-o", elsewhere], b"");
        assert!(status(&output) == 2 && stderr(&output).contains(told), "{}", stderr(&output));
    }
}

#[test]
fn an_empty_result_says_why() {
    let (folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "seeds", "-o", &out, "--lang", "fi"], b"");
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("nothing came out") && stderr(&output).contains("--lang dropped 33"), "{}", stderr(&output));
    assert!(stderr(&output).contains("125 rejected (language 33, http_status 3, media_type 3), 0 places"), "{}", stderr(&output));
    assert!(stderr(&output).contains(&format!("see rejects-*.csv and damage.csv in {out}")), "{}", stderr(&output));
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("a folder");
    let output = corpusmill(&["run", &empty.display().to_string(), "-o", &out, "--force", "-q"], b"");
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("no records"), "{}", stderr(&output));
}

#[test]
fn damage_shows_in_the_exit_status() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "fixtures/bad-gzip-corrupt-middle", "-o", &out], b"");
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("damaged"));
}

#[test]
fn filters_drop_what_is_not_wanted() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "seeds", "-o", &out, "--lang", "de,fra", "--min-chars", "100"], b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("de 3, fr 2"), "{}", stderr(&output));
    let tags = corpusmill(&["run", "seeds", "-o", &out, "--lang", "DE-at,ZH_Hant", "--force"], b"");
    assert!(stderr(&tags).contains("de 3, zh 2"), "{}", stderr(&tags));
    let none = corpusmill(&["run", "seeds", "-o", &out, "--limit", "0"], b"");
    assert_eq!(status(&none), 2);
    assert!(stderr(&none).contains("--limit") && stderr(&none).contains("give 1 or more"), "{}", stderr(&none));
    for tags in ["english", "de;fr", "de fr"] {
        let wrong = corpusmill(&["run", "seeds", "-o", &out, "--lang", tags], b"");
        assert_eq!(status(&wrong), 2);
        assert!(stderr(&wrong).contains(&format!("\"{tags}\"")) && stderr(&wrong).contains(" en "), "{}", stderr(&wrong));
    }
}

#[test]
fn languages_are_written_with_one_kind_of_codes() {
    let (_folder, out) = scratch("corpus");
    let output = corpusmill(&["run", "seeds", "-o", &out, "--lang", "de,jpn,und", "--codes", "iso639-3"], b"");
    assert!(stderr(&output).contains("deu 3, jpn 2"), "{}", stderr(&output));
    let package: serde_json::Value = serde_json::from_str(&read(&out, "datapackage.json")).expect("JSON");
    assert_eq!(package["corpusmill"]["counts"]["languages"], serde_json::json!({ "deu": 3, "jpn": 2 }));
    assert!(read(&out, "rejects-00000.csv").contains("\"filter\",\"language\",\"fra\""));
}

#[test]
fn typing_errors_get_a_suggestion() {
    let output = corpusmill(&["run", "seeds", "-o", "x", "--min-char", "3"], b"");
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("--min-chars"), "{}", stderr(&output));
    let output = corpusmill(&["extrac"], b"");
    assert!(stderr(&output).contains("extract"), "{}", stderr(&output));
}

#[test]
fn numbers_out_of_range_are_told_with_the_range() {
    for (option, told) in [("-j0", "1..=1024"), ("-j100000", "1..=1024"), ("--limit=0", "1 or more")] {
        let output = corpusmill(&["run", "seeds", "-o", "x", option], b"");
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
    let output = corpusmill(&["sentences", "-j", "-1"], b"");
    assert!(status(&output) == 2 && stderr(&output).contains("1..=1024"), "{}", stderr(&output));
}

#[test]
fn help_begins_with_examples() {
    for arguments in [&["--help"][..], &["run", "--help"]] {
        let help = stdout(&corpusmill(arguments, b""));
        assert!(help.starts_with("Examples:"));
        // What an example does stands apart from it.
        assert!(!help.contains("corpus standard"), "{help}");
    }
}

#[test]
fn help_says_what_lines_hold() {
    let fields = [
        ("extract", "{id?, url?, html or text}"),
        ("language", "{id?, text, lang_declared?}"),
        ("sentences", "{id?, text, lang?}"),
    ];
    for (command, fields) in fields {
        let help = stdout(&corpusmill(&[command, "--help"], b""));
        assert!(help.split_whitespace().collect::<Vec<_>>().join(" ").contains(fields), "{help}");
    }
    for command in ["language", "sentences"] {
        let output = corpusmill(&[command, "--jsonl"], b"{\"id\":\"d\",\"html\":\"<p>x\"}");
        assert!(stdout(&output).contains("no \\\"text\\\"; corpusmill extract"), "{}", stdout(&output));
    }
}

#[test]
fn extract_gives_clean_text() {
    let output = corpusmill(&["extract"], PAGE.as_bytes());
    assert_eq!(status(&output), 0);
    assert!(stdout(&output).contains("The ferry crossed") && !stdout(&output).contains("Home"), "{}", stdout(&output));
    let empty = corpusmill(&["extract"], b"");
    assert_eq!((status(&empty), stdout(&empty).as_str()), (4, ""));
    assert!(stderr(&empty).contains("empty_body"), "{}", stderr(&empty));
    let missing = corpusmill(&["extract", "no-such-page.html"], b"");
    assert_eq!(status(&missing), 1);
    assert!(stderr(&missing).contains("no-such-page.html"));
}

#[test]
fn jsonl_answers_every_line_in_order() {
    let html = serde_json::json!({ "id": 7, "html": PAGE }).to_string();
    let lines = format!("{html}\nnot json\n{{\"id\":\"b\",\"nothing\":1}}\n\n{{\"id\":null,\"text\":\" \"}}\n");
    let output = corpusmill(&["extract", "--jsonl", "-"], lines.as_bytes());
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    let answers: Vec<serde_json::Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 4);
    assert!(answers[0]["id"] == 7 && answers[0]["text"].as_str().is_some_and(|text| text.contains("beans")));
    assert!(answers[1].get("id").is_none() && answers[1]["error"].is_string());
    assert!(answers[2]["id"] == "b" && answers[2]["error"].is_string());
    assert!(answers[3]["text"] == "" && answers[3]["reason"] == "empty_body");
}

#[test]
fn blocks_come_with_verdicts() {
    let line = serde_json::json!({ "id": "p", "text": "Menu\nThis is a line of running text, long enough to be kept as content by anybody who reads.\n\nShare" });
    let output = corpusmill(&["extract", "--jsonl", "--blocks"], line.to_string().as_bytes());
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let keep: Vec<bool> =
        answer["blocks"].as_array().expect("blocks").iter().map(|b| b["keep"].as_bool().expect("a verdict")).collect();
    assert_eq!(keep, [false, true, false]);
}

#[test]
fn comments_are_left_out_unless_asked_for() {
    let page = "fixtures/blog-comments/input.html";
    let (without, with) =
        (stdout(&corpusmill(&["extract", page], b"")), stdout(&corpusmill(&["extract", "--comments", page], b"")));
    let comment = "The top of the fri";
    assert!(!without.contains(comment), "{without}");
    assert!(with.contains(comment), "{with}");
}

#[test]
fn favor_moves_how_much_is_kept() {
    let lengths = ["precision", "balanced", "recall"].map(|favor| {
        let pages = ["forum-thread", "landing-service", "product-page", "listing-category"];
        let extract =
            |page: &str| stdout(&corpusmill(&["extract", "--favor", favor, &format!("fixtures/{page}/input.html")], b""));
        pages.iter().map(|page| extract(page).len()).sum::<usize>()
    });
    assert!(lengths[0] <= lengths[1] && lengths[1] < lengths[2], "{lengths:?}");
}

#[test]
fn explain_shows_every_block_and_why() {
    let page = stdout(&corpusmill(&["extract", "--explain"], PAGE.replace("opened", "opened &lt;late").as_bytes()));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("</html>"));
    assert_eq!(page.matches("<tr class=").count(), 4);
    assert!(page.contains("class=\"keep\"") && page.contains("class=\"drop\""), "{page}");
    assert!(page.contains("opened &#60;late"), "{page}");
    assert!(page.contains("class=\"for\"") && page.contains(" = "), "{page}");
}

#[test]
fn compressed_jsonl_is_read() {
    let output = corpusmill(&["extract", "--jsonl", "fixtures/jsonl-gz/input.jsonl.gz"], b"");
    assert_eq!((status(&output), stdout(&output).lines().count()), (0, 2));
}

#[test]
fn what_is_compressed_is_told_by_what_is_in_it() {
    let output = corpusmill(&["sentences", "fixtures/jsonl-gz/input.jsonl.gz"], b"");
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("lines of JSON, which --jsonl answers"), "{}", stderr(&output));
    let cut = std::fs::read("seeds/crawl.warc.gz").expect("a file");
    let output = corpusmill(&["extract"], &cut[..cut.len() / 2]);
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("a crawl file, which corpusmill run reads"), "{}", stderr(&output));
}

#[test]
fn language_and_sentences_answer() {
    let text = "Der Fährmann pflanzte Bohnen in sein Boot. Sie wuchsen gut.\nNiemand wunderte sich darüber.\n";
    let language = corpusmill(&["language"], text.as_bytes());
    assert!(stdout(&language).starts_with("de\t") && stderr(&language).is_empty(), "{}", stdout(&language));
    let page = corpusmill(&["language"], PAGE.as_bytes());
    assert!(status(&page) == 0 && stderr(&page).contains("corpusmill extract"), "{}", stderr(&page));
    let sentences = corpusmill(&["sentences"], text.as_bytes());
    assert_eq!(
        stdout(&sentences),
        "Der Fährmann pflanzte Bohnen in sein Boot.\nSie wuchsen gut.\nNiemand wunderte sich darüber.\n"
    );
    let line = serde_json::json!({ "id": 1, "text": text }).to_string();
    let cuts: serde_json::Value =
        serde_json::from_str(&stdout(&corpusmill(&["sentences", "--jsonl"], line.as_bytes()))).expect("JSON");
    assert_eq!(cuts, serde_json::json!({ "id": 1, "cuts": [43, 60, 92] }));
    let unknown = corpusmill(&["language", "--jsonl"], b"{\"id\":18446744073709551616,\"text\":\"123 456\"}");
    assert!(
        stdout(&unknown).starts_with("{\"id\":18446744073709551616,\"lang\":\"und\",\"confidence\":0.0,"),
        "{}",
        stdout(&unknown)
    );
    for declared in ["bs", "sr"] {
        let line = serde_json::json!({ "text": "To je dobro.", "lang_declared": declared }).to_string();
        let tie = stdout(&corpusmill(&["language", "--jsonl"], line.as_bytes()));
        assert!(tie.starts_with(&format!("{{\"lang\":\"{declared}\"")), "{tie}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_what_is_left() {
    use std::os::unix::process::ExitStatusExt;
    const SIGTERM: i32 = 15;
    let (_folder, out) = scratch("corpus");
    let mut told = Vec::new();
    for force in [&[][..], &["--force"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corpusmill"));
        command.args(["run", "-", "-o", &out]).args(force).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        // It waits for its input, which does not come.
        let _input = child.stdin.take();
        while !Path::new(&out).join(".damage-00000.csv.unfinished").exists() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(Command::new("kill").arg(child.id().to_string()).status().expect("kill").success());
        let output = child.wait_with_output().expect("its output");
        assert_eq!(output.status.signal(), Some(SIGTERM), "{}", stderr(&output));
        told.push(stderr(&output));
        let next = corpusmill(&["run", "seeds", "-o", &out, "--force", "-q"], b"");
        assert_eq!((status(&next), names(&out)), (0, CORPUS.map(str::to_owned).to_vec()));
    }
    assert!(told[0].contains("interrupted") && told[0].contains("holds no corpus"), "{told:?}");
    assert!(told[1].contains("holds the whole corpus that was there"), "{told:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_an_error() {
    let (_folder, out) = scratch("corpus");
    let script = r#"ulimit -f 1; exec "$0" run seeds -o "$1" -q"#;
    let output = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_corpusmill"), &out]).output().expect("a shell");
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("cannot write"), "{}", stderr(&output));
    assert!(names(&out).is_empty());
}

#[test]
fn what_is_many_pages_is_not_taken_for_one() {
    let warc = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 8\r\n\r\nA page.\n\r\n\r\n";
    for command in ["extract", "language", "sentences"] {
        for (input, told) in [(warc, "corpusmill run"), ("{\"text\": \"A page.\"}\n", "--jsonl")] {
            let output = corpusmill(&[command], input.as_bytes());
            assert_eq!((status(&output), stdout(&output).as_str()), (4, ""), "{command}");
            assert!(stderr(&output).contains(told), "{}", stderr(&output));
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let line = serde_json::json!({ "id": 1, "html": PAGE }).to_string() + "\n";
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpusmill"));
    command.args(["extract", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    drop(child.stdout.take());
    let _ = child.stdin.take().expect("a pipe").write_all(line.repeat(3000).as_bytes());
    let output = child.wait_with_output().expect("its output");
    assert_eq!((status(&output), stderr(&output).as_str()), (0, ""));
}
