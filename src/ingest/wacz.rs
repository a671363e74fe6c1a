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
    let names: Vec<String> =
        archive.file_names().flatten().map(|name| name.into_owned()).filter(|name| is_crawl_file(name)).collect();
    if names.is_empty() {
        let rewound = again.and_then(|mut file| file.seek(SeekFrom::Start(0)).map(|_| file));
        return match rewound {
            Ok(file) => read_stream(Metered { reader: file, bytes_read }, label, sink),
            Err(e) => sink(damage(label, format!("a zip archive without crawl files, which cannot be read again: {e}"))),
        };
    }
    for name in names {
        let entry_label: Arc<str> = format!("{label}/{}", escaped(Path::new(&name))).into();
        match archive.by_name(&name) {
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

    /// An archive with a crawl file of that name.
    fn archive(name: &str, content: &str) -> Result<File, Box<dyn std::error::Error>> {
        let mut archive = ZipWriter::new(tempfile::tempfile()?);
        archive.start_file(name, SimpleFileOptions::default())?;
        write!(archive, "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: {}\r\n\r\n{content}", content.len())?;
        Ok(archive.finish()?)
    }

    #[test]
    fn names_in_archives_are_shown_plainly() -> Result<(), Box<dyn std::error::Error>> {
        let mut sources = Vec::new();
        let _ = read(archive("archive/a\u{1b}[2J.warc", "")?, &"x".into(), &AtomicU64::new(0), &mut |finding| {
            if let Finding::Record(record) = finding {
                sources.push(record.origin.source);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(sources.iter().map(|source| &**source).collect::<Vec<_>>(), ["x/archive/a\\x1b[2J.warc"]);
        Ok(())
    }

    #[test]
    fn progress_counts_what_is_read_of_the_file() -> Result<(), Box<dyn std::error::Error>> {
        let file = archive("archive/a.warc", &(0..300_000).map(|i| format!("{i} ")).collect::<String>())?;
        let (size, bytes_read) = (file.metadata()?.len(), AtomicU64::new(0));
        let _ = read(file, &"x".into(), &bytes_read, &mut |_| ControlFlow::Continue(()));
        let bytes_read = bytes_read.into_inner();
        assert!(bytes_read > size / 2 && bytes_read < size + size / 20, "{bytes_read} of {size}");
        Ok(())
    }
}
