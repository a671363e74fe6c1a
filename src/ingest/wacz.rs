//! WACZ: a zip archive with crawl files in its folder `archive/`.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use zip::ZipArchive;

use super::plan::escaped;
use super::{Finding, Metered, Sink, read_stream};
use crate::document::{Damage, DamageReason};

const CRAWL_FILES: &str = "archive/";

/// Reads the crawl files in a zip archive; one that has none is itself a (rejected) record.
pub(super) fn read(file: File, label: &Arc<str>, bytes_read: &AtomicU64, sink: Sink<'_>) -> ControlFlow<()> {
    let again = file.try_clone();
    let mut archive = match ZipArchive::new(Metered { reader: file, bytes_read }) {
        Ok(archive) => archive,
        Err(e) => return sink(damage(label, format!("{e}; nothing of it was read; unpack it and give the folder instead"))),
    };
    // By their numbers: names in different character sets may look the same, and to look for one takes long where there are many.
    let names = archive.file_names().enumerate().filter_map(|(number, name)| Some((number, name.ok()?.into_owned())));
    let crawl_files: Vec<(usize, String)> = names.filter(|(_, name)| is_crawl_file(name)).collect();
    if crawl_files.is_empty() {
        let rewound = again.and_then(|mut file| file.seek(SeekFrom::Start(0)).map(|_| file));
        return match rewound {
            Ok(file) => read_stream(Metered { reader: file, bytes_read }, label, sink),
            Err(e) => sink(damage(label, format!("a zip archive without crawl files, which cannot be read again: {e}"))),
        };
    }
    for (number, name) in crawl_files {
        let entry_label: Arc<str> = format!("{label}/{}", escaped(Path::new(&name))).into();
        match archive.by_index(number) {
            Ok(entry) => read_stream(entry, &entry_label, sink)?,
            Err(e) => sink(damage(&entry_label, format!("{e}; reading goes on with the next file of the archive")))?,
        }
    }
    ControlFlow::Continue(())
}

fn is_crawl_file(name: &str) -> bool {
    name.starts_with(CRAWL_FILES) && !name.ends_with('/')
}

fn damage(label: &Arc<str>, detail: String) -> Finding {
    let reason = DamageReason::BadContainer;
    Finding::Damage(Damage { source: Arc::clone(label), offset: 0, length: 0, reason, detail })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

    /// An archive with crawl files of these names, which need not be UTF-8, that hold a record each.
    fn archive(files: &[(&[u8], &str)]) -> Outcome<File> {
        let mut archive = ZipWriter::new(tempfile::tempfile()?);
        for (name, content) in files {
            archive.start_file_with_options(SimpleFileOptions::default().name(name))?;
            write!(archive, "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: {}\r\n\r\n{content}", content.len())?;
        }
        Ok(archive.finish()?)
    }

    /// The records of an archive: where they are from, and how many bytes they have.
    fn records(archive: File) -> Vec<(Arc<str>, usize)> {
        let mut records = Vec::new();
        let _ = read(archive, &"x".into(), &AtomicU64::new(0), &mut |finding| {
            if let Finding::Record(record) = finding {
                records.push((record.origin.source, record.body.len()));
            }
            ControlFlow::Continue(())
        });
        records
    }

    #[test]
    fn names_in_archives_are_shown_plainly() -> Outcome<()> {
        assert_eq!(records(archive(&[(b"archive/a\x1b[2J.warc", "")])?), [("x/archive/a\\x1b[2J.warc".into(), 0)]);
        Ok(())
    }

    #[test]
    fn files_whose_names_look_the_same_are_all_read() -> Outcome<()> {
        // The second is in code page 437.
        let files = archive(&[("archive/é".as_bytes(), "a"), (b"archive/\x82", "ab")])?;
        assert_eq!(records(files), [("x/archive/é".into(), 1), ("x/archive/é".into(), 2)]);
        Ok(())
    }

    /// To look for each by its name would take minutes.
    #[test]
    fn many_files_take_no_more_than_their_share() -> Outcome<()> {
        let names: Vec<Vec<u8>> = (0..40_000).map(|i| [b"archive/\x82", i.to_string().as_bytes()].concat()).collect();
        let files: Vec<(&[u8], &str)> = names.iter().map(|name| (name.as_slice(), "")).collect();
        assert_eq!(records(archive(&files)?).len(), files.len());
        Ok(())
    }

    #[test]
    fn progress_counts_what_is_read_of_the_file() -> Outcome<()> {
        let file = archive(&[(b"archive/a.warc", &(0..300_000).map(|i| format!("{i} ")).collect::<String>())])?;
        let (size, bytes_read) = (file.metadata()?.len(), AtomicU64::new(0));
        let _ = read(file, &"x".into(), &bytes_read, &mut |_| ControlFlow::Continue(()));
        let bytes_read = bytes_read.into_inner();
        assert!(bytes_read > size / 2 && bytes_read < size + size / 20, "{bytes_read} of {size}");
        Ok(())
    }
}
