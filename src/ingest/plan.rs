//! What is to be read: inputs from files, folders and lists, in a fixed order, grouped into shards.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Damage, DamageReason};

/// Inputs are put together until a shard has this many bytes; a larger input is a shard by itself.
const SHARD_BYTES: u64 = 256 << 20;

/// Where an input's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, or what a path given by the user leads to.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Stdin => Path::new("-"),
        }
    }

    /// Where links lead to.
    fn target(&self) -> PathBuf {
        match self {
            Self::File(path) => path.canonicalize().unwrap_or_else(|_| path.clone()),
            Self::Stdin => self.path().into(),
        }
    }
}

/// One thing to read.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name in the corpus: the file name, or the path from the folder that was given on.
    pub label: Arc<str>,
    /// Where its bytes come from.
    pub place: Place,
    /// Its size in bytes; 0 where that is not known.
    pub size: u64,
}

/// All inputs of a run, and how they are grouped.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order in which they are read.
    pub inputs: Vec<Input>,
    /// Consecutive inputs that make one shard of the corpus; every input is in exactly one.
    pub shards: Vec<Range<usize>>,
    /// What stands in a folder and cannot be read.
    pub damage: Vec<Damage>,
    /// Which inputs are links that stand in a folder.
    links: HashSet<usize>,
}

/// The folder that the corpus goes to.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// It need not be there.
    pub folder: &'a Path,
    /// Whether a file in it is, by its name, one of a corpus.
    pub is_own: fn(&Path) -> bool,
}

impl Output<'_> {
    fn is_folder(&self, path: &Path) -> bool {
        self.folder.canonicalize().is_ok_and(|folder| path.canonicalize().is_ok_and(|path| path == folder))
    }

    fn holds(&self, path: &Path) -> bool {
        (self.is_own)(path) && path.canonicalize().is_ok_and(|path| path.parent().is_some_and(|folder| self.is_folder(folder)))
    }
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// An input that was named is not there or not to be read.
    #[error("cannot read {}: {error}; nothing was written; check the path and its permissions", escaped(path))]
    Unreadable {
        /// As it was given.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// An input that is no file, but the address of one.
    #[error("{} is an address, and nothing is fetched; download it and give the file; nothing was written", escaped(.0))]
    Address(PathBuf),
    /// A path in a list of paths is not there or not to be read.
    #[error("line {line} of {}: {error}; paths are as seen from the current folder", escaped(list))]
    Listed {
        /// The list, as it was given.
        list: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong with the path.
        error: Box<PlanError>,
    },
    /// Two ways lead to the same input; its records would be counted twice.
    #[error("{} is given twice; nothing was written; leave one of the two out", escaped(.0))]
    Twice(PathBuf),
    /// What is read would lie among what is written, or be replaced by it.
    #[error("{} is an input and is where the corpus goes; nothing was written; choose another folder with -o", escaped(.0))]
    IsOutput(PathBuf),
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> PlanError {
    move |error| PlanError::Unreadable { path: path.into(), error }
}

impl Plan {
    /// Plans the reading of `arguments`: files, folders, `-` for standard input, `@FILE` for a list of paths, one on a
    /// line or ended by NUL, `@-` for such a list on standard input. Folders are read in the order of their file names;
    /// where the output folder is below one of them, without the corpus that is there.
    ///
    /// # Errors
    /// An argument that is not there or cannot be read, that is given twice, or that is the output folder.
    pub fn new(arguments: &[impl AsRef<OsStr>], output: Option<Output<'_>>) -> Result<Self, PlanError> {
        let mut plan = Self::default();
        let from_stdin = arguments.iter().filter(|argument| matches!(argument.as_ref().as_encoded_bytes(), b"-" | b"@-"));
        if from_stdin.count() > 1 {
            return Err(PlanError::Twice(Place::Stdin.path().into()));
        }
        for argument in arguments {
            let argument = argument.as_ref();
            match argument.as_encoded_bytes() {
                b"-" => plan.inputs.push(Input { label: "stdin".into(), place: Place::Stdin, size: 0 }),
                [b'@', list @ ..] => plan.add_list(&path_of(list).map_err(unreadable(Path::new(argument)))?, output)?,
                _ => plan.add(Path::new(argument), output)?,
            }
        }
        plan.leave_out_links()?;
        plan.tell_labels_apart();
        plan.shards = shards(&plan.inputs);
        Ok(plan)
    }

    /// Bytes of all inputs whose size is known.
    pub fn size(&self) -> u64 {
        self.inputs.iter().map(|input| input.size).sum()
    }

    fn add_list(&mut self, list: &Path, output: Option<Output<'_>>) -> Result<(), PlanError> {
        let paths = if list == Place::Stdin.path() { read_stdin() } else { fs::read(list) }.map_err(unreadable(list))?;
        let paths = paths.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&paths);
        // Names hold anything but NUL, which find and git put behind each name when they are asked to.
        let paths: Vec<&[u8]> = match paths.contains(&0) {
            true => paths.split(|&b| b == 0).collect(),
            false => paths.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).collect(),
        };
        paths.into_iter().zip(1..).filter(|(path, _)| !path.is_empty()).try_for_each(|(path, line)| {
            let listed = |error| PlanError::Listed { list: list.into(), line, error: Box::new(error) };
            let path = path_of(path).map_err(unreadable(list))?;
            self.add(&path, output).map_err(listed)
        })
    }

    fn add(&mut self, path: &Path, output: Option<Output<'_>>) -> Result<(), PlanError> {
        let metadata = fs::metadata(path).map_err(|error| match path.to_str() {
            Some(address) if address.contains("://") => PlanError::Address(path.into()),
            _ => unreadable(path)(error),
        })?;
        if output.is_some_and(|output| output.is_folder(path) || output.holds(path)) {
            return Err(PlanError::IsOutput(path.into()));
        }
        let name = name_of(path);
        if metadata.is_dir() {
            fs::read_dir(path).map_err(unreadable(path))?;
            self.add_folder(path, &name, output);
        } else {
            if metadata.is_file() {
                fs::File::open(path).map_err(unreadable(path))?;
            }
            self.push(name, path.into(), metadata.len());
        }
        Ok(())
    }

    fn push(&mut self, label: String, path: PathBuf, size: u64) {
        self.inputs.push(Input { label: label.into(), place: Place::File(path), size });
    }

    fn add_folder(&mut self, folder: &Path, label: &str, output: Option<Output<'_>>) {
        let mut folders = vec![(folder.to_path_buf(), label.to_owned())];
        while let Some((folder, label)) = folders.pop() {
            let mut inner = self.add_entries(&folder, &label, output);
            inner.reverse();
            folders.append(&mut inner);
        }
    }

    /// Adds a folder's files and gives its folders back.
    fn add_entries(&mut self, folder: &Path, label: &str, output: Option<Output<'_>>) -> Vec<(PathBuf, String)> {
        let mut folders = Vec::new();
        let entries = fs::read_dir(folder).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>());
        let mut paths = match entries {
            Ok(paths) => paths,
            Err(e) => {
                self.report(label, DamageReason::Unreadable, format!("{e}; nothing in this folder was read"));
                return folders;
            }
        };
        paths.retain(|path| !output.is_some_and(|output| output.holds(path)));
        paths.sort();
        for path in paths {
            let name = name_of(&path);
            let label = if label.is_empty() { name } else { format!("{label}/{name}") };
            folders.extend(self.add_entry(path, label));
        }
        folders
    }

    /// Adds what stands in a folder, or gives it back if it is a folder itself.
    fn add_entry(&mut self, path: PathBuf, label: String) -> Option<(PathBuf, String)> {
        match fs::metadata(&path) {
            // It could lead back.
            Ok(m) if m.is_dir() && path.is_symlink() => {
                let detail = "a link to a folder, which is not followed; give that folder as an input if it is not one";
                self.report(&label, DamageReason::NotAFile, detail.into());
            }
            Ok(m) if m.is_dir() => return Some((path, label)),
            Ok(m) if m.is_file() => {
                if path.is_symlink() {
                    self.links.insert(self.inputs.len());
                }
                self.push(label, path, m.len());
            }
            Ok(_) => self.report(&label, DamageReason::NotAFile, "a device, pipe or socket".into()),
            Err(e) if path.is_symlink() && e.kind() != io::ErrorKind::PermissionDenied => {
                self.report(&label, DamageReason::NotAFile, format!("a link that leads nowhere ({e})"));
            }
            Err(e) => self.report(&label, DamageReason::Unreadable, e.to_string()),
        }
        None
    }

    fn report(&mut self, label: &str, reason: DamageReason, detail: String) {
        self.damage.push(Damage { source: label.into(), offset: 0, length: 0, reason, detail });
    }

    /// A file is read once: links in folders give way to what else leads there, and anything else is an error.
    fn leave_out_links(&mut self) -> Result<(), PlanError> {
        let mut seen = HashSet::new();
        for (_, input) in self.inputs.iter().enumerate().filter(|(i, _)| !self.links.contains(i)) {
            if !seen.insert(input.place.target()) {
                return Err(PlanError::Twice(input.place.path().into()));
            }
        }
        let links = std::mem::take(&mut self.links);
        for (i, input) in std::mem::take(&mut self.inputs).into_iter().enumerate() {
            if links.contains(&i) && !seen.insert(input.place.target()) {
                self.report(&input.label, DamageReason::NotAFile, "a link to a file that is read already".into());
            } else {
                self.inputs.push(input);
            }
        }
        Ok(())
    }

    /// Inputs of the same name in different folders are called by their whole paths.
    fn tell_labels_apart(&mut self) {
        loop {
            let mut counts: HashMap<Arc<str>, usize> = HashMap::new();
            for input in &self.inputs {
                *counts.entry(Arc::clone(&input.label)).or_default() += 1;
            }
            let mut is_changed = false;
            for input in self.inputs.iter_mut().filter(|input| counts[&input.label] > 1) {
                let whole = escaped(input.place.path());
                is_changed |= *input.label != *whole;
                input.label = whole.into();
            }
            // A path may be what a file in a folder is called.
            if !is_changed {
                return;
            }
        }
    }
}

fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    Ok(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    let path = std::str::from_utf8(bytes);
    path.map(PathBuf::from).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a path in it is not UTF-8"))
}

/// A path's last part as text; empty for `..` and the like.
fn name_of(path: &Path) -> String {
    path.file_name().map(|name| escaped(Path::new(name))).unwrap_or_default()
}

/// A path as text: bytes that are no UTF-8 and control characters as `\xNN`.
pub(super) fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() { text.push_str(&format!("\\x{:02x}", u32::from(c))) } else { text.push(c) }
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}

fn shards(inputs: &[Input]) -> Vec<Range<usize>> {
    let mut shards: Vec<Range<usize>> = Vec::new();
    let mut bytes = 0;
    for (i, input) in inputs.iter().enumerate() {
        bytes += input.size;
        match shards.last_mut() {
            Some(shard) if bytes <= SHARD_BYTES => shard.end = i + 1,
            _ => {
                shards.push(i..i + 1);
                bytes = input.size;
            }
        }
    }
    shards
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(size: u64) -> Input {
        Input { label: "x".into(), place: Place::Stdin, size }
    }

    #[test]
    fn small_inputs_share_a_shard() {
        let sizes = [1, 2, SHARD_BYTES, 3, SHARD_BYTES - 3, 1];
        let inputs: Vec<Input> = sizes.into_iter().map(input).collect();
        assert_eq!(shards(&inputs), [0..2, 2..3, 3..5, 5..6]);
        assert!(shards(&[]).is_empty());
    }

    #[test]
    fn no_two_files_have_one_label() {
        let file = |label: &str, path: &str| Input { label: label.into(), place: Place::File(path.into()), size: 1 };
        let inputs = vec![file("b.txt", "a/b.txt"), file("b.txt", "c/b.txt"), file("a/b.txt", "z/a/b.txt"), file("d", "z/d")];
        let mut plan = Plan { inputs, ..Plan::default() };
        plan.tell_labels_apart();
        let labels: Vec<&str> = plan.inputs.iter().map(|input| &*input.label).collect();
        assert_eq!(labels, ["a/b.txt", "c/b.txt", "z/a/b.txt", "d"]);
    }

    #[test]
    fn a_file_may_be_called_as_standard_input_is() {
        let stdin = Input { label: "stdin".into(), place: Place::Stdin, size: 0 };
        let file = Input { label: "stdin".into(), place: Place::File("stdin".into()), size: 1 };
        let mut plan = Plan { inputs: vec![stdin, file], ..Plan::default() };
        plan.tell_labels_apart();
        let labels: Vec<&str> = plan.inputs.iter().map(|input| &*input.label).collect();
        assert_eq!(labels, ["-", "stdin"]);
        assert!(matches!(Plan::new(&["-", "@-"], None), Err(PlanError::Twice(path)) if path == Path::new("-")));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_nowhere_or_back_are_no_files() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for (name, target) in [("away", "nothing"), ("back", "."), ("itself", "itself")] {
            std::os::unix::fs::symlink(target, folder.path().join(name))?;
        }
        let plan = Plan::new(&[folder.path().display().to_string()], None).map_err(io::Error::other)?;
        assert_eq!(plan.damage.iter().map(|damage| damage.reason).collect::<Vec<_>>(), [DamageReason::NotAFile; 3]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_that_is_read_anyway_is_told() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("in"))?;
        for name in ["in/b", "outside"] {
            fs::write(path(name), name)?;
        }
        for (link, target) in [("in/a", "b"), ("in/c", "../outside"), ("in/d", "../outside")] {
            std::os::unix::fs::symlink(target, path(link))?;
        }
        let check = |arguments: &[&str], read: &[&str], left_out: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|name| path(name).display().to_string()).collect();
            let plan = Plan::new(&arguments, None).map_err(io::Error::other)?;
            assert_eq!(plan.inputs.iter().map(|input| &*input.label).collect::<Vec<_>>(), read);
            assert_eq!(plan.damage.iter().map(|damage| &*damage.source).collect::<Vec<_>>(), left_out);
            assert_eq!(plan.shards.last().map(|shard| shard.end), Some(read.len()));
            io::Result::Ok(())
        };
        check(&["in"], &["in/b", "in/c"], &["in/a", "in/d"])?;
        check(&["in", "outside"], &["in/b", "outside"], &["in/a", "in/c", "in/d"])?;
        assert!(check(&["in", "in/b"], &[], &[]).is_err() && check(&["in/a", "in/b"], &[], &[]).is_err());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn paths_need_not_be_utf8() -> io::Result<()> {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(OsStr::from_bytes(b"caf\xe9"));
        fs::write(&path, "x")?;
        let list = folder.path().join("list");
        fs::write(&list, [b"\xef\xbb\xbf\r\n ", path.as_os_str().as_bytes(), b" \r\n"].concat())?;
        let ended_by_nul = folder.path().join("nul");
        fs::write(&ended_by_nul, [path.as_os_str().as_bytes(), b"\0"].concat())?;
        let lists = [list, ended_by_nul].map(|list| format!("@{}", list.display()).into());
        for argument in [path.into_os_string()].into_iter().chain(lists) {
            let plan = Plan::new(&[argument], None).map_err(io::Error::other)?;
            assert_eq!(plan.inputs.iter().map(|input| &*input.label).collect::<Vec<_>>(), ["caf\\xe9"]);
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_named_file_that_may_not_be_read_is_an_error() -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("page.html");
        fs::write(&path, "x")?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000))?;
        // Some users may read everything.
        let is_readable = fs::File::open(&path).is_ok();
        assert_eq!(Plan::new(&[&path], None).is_ok(), is_readable);
        assert!(Plan::new(&[folder.path()], None).is_ok());
        Ok(())
    }

    #[test]
    fn a_listed_path_is_told_with_its_line() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let list = folder.path().join("list");
        fs::write(&list, format!("{}\n\nmissing.warc\n", list.display()))?;
        let told = Plan::new(&[format!("@{}", list.display())], None).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(told.starts_with(&format!("line 3 of {}: cannot read missing.warc: ", list.display())), "{told}");
        Ok(())
    }

    #[test]
    fn odd_names_are_shown_plainly() {
        assert_eq!(escaped(Path::new("a\nb\u{1b}[2J")), "a\\x0ab\\x1b[2J");
    }
}
