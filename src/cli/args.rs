//! Commands and flags.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::RangedI64ValueParser;
use clap::{Parser, Subcommand, ValueEnum};

use crate::boilerplate::{Favor, HtmlEngine, Options};
use crate::document::LanguageCodes;
use crate::language::{Identifier, Ngrams};

const EXAMPLES: &str = "\
Examples:
  corpusmill run crawl.warc.gz -o corpus           a crawl file
  corpusmill run crawls/ -o corpus --lang en,de    a folder, documents in English and German only
  corpusmill run @paths.txt -o corpus -j 8         a list of files, on eight threads
  zcat pages.gz | corpusmill run - -o corpus       standard input
  corpusmill extract page.html                     the clean text of one page
  corpusmill extract page.html | corpusmill sentences
";

/// Turns web crawls (WARC, WET, ARC, WACZ, HTML, plain text, JSONL) into clean text corpora, with an account of everything
/// left out.
#[derive(Debug, Parser)]
#[command(version, before_help = EXAMPLES, max_term_width = 110)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Turn crawl files into a corpus.
    Run(RunArgs),
    /// Give the clean text of one page, or of many as JSONL.
    #[command(mut_arg("jsonl", |arg| arg.help(EXTRACT_LINES)), after_help = FILTER_EXITS)]
    Extract(ExtractArgs),
    /// Tell the main language of a text and how sure it is, or all languages of many as JSONL.
    #[command(mut_arg("jsonl", |arg| arg.help(LANGUAGE_LINES)), after_help = FILTER_EXITS)]
    Language(LanguageArgs),
    /// Give the sentences of a text, one on a line, or of many as JSONL.
    #[command(mut_arg("jsonl", |arg| arg.help(SENTENCES_LINES)), after_help = FILTER_EXITS)]
    Sentences(FilterArgs),
}

const EXTRACT_LINES: &str = "\
Lines of JSON in, {id?, url?, html or text}, and answers of one line each out, in the same order, {id, text, title, …}";
const LANGUAGE_LINES: &str = "\
Lines of JSON in, {id?, text, lang_declared?}, and answers of one line each out, in the same order, {id, lang, confidence, script, \
langs, spans}; a declared language breaks near ties; spans are counted in characters";
const SENTENCES_LINES: &str = "\
Lines of JSON in, {id?, text, lang?}, and answers of one line each out, in the same order, {id, cuts}; cuts are where the sentences \
end, in bytes of UTF-8; without lang the language is told first";

const FILTER_EXITS: &str = "\
Exit status: 0 done, 1 failed, 2 usage, 3 done but some input was damaged or a line of JSON has no answer, 4 nothing came out.";

const RUN_EXAMPLES: &str = "\
Examples:
  corpusmill run crawl.warc.gz -o corpus
  corpusmill run crawls/ more.wet.gz -o corpus --min-chars 200 --lang en
";

const RUN_EXITS: &str = "\
Exit status: 0 done, 1 failed, 2 usage, 3 done but some input was damaged, 4 nothing came out.
What was left out stands in DIR/rejects-*.csv and DIR/damage.csv, with reasons.";

#[derive(Debug, clap::Args)]
#[command(before_help = RUN_EXAMPLES, after_help = RUN_EXITS)]
pub(super) struct RunArgs {
    /// Files, folders, - for standard input, @FILE for a list of paths, one on a line or ended by NUL, as seen from the
    /// current folder, @- for such a list on standard input. Formats are told by content.
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<OsString>,
    /// The folder that the corpus goes to; it is made if it is not there.
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: PathBuf,
    /// Replace a corpus that is in the folder already, when the new one is whole. Other files there stay.
    #[arg(long)]
    pub(super) force: bool,
    /// Worker threads [default: as many as there are cores].
    #[arg(short = 'j', long, value_name = "N", allow_negative_numbers = true, value_parser = worker_threads())]
    pub(super) threads: Option<u16>,
    /// Read only the first N records that can hold a page, 1 or more: responses, resources, conversions, files, JSONL lines.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = at_least_one)]
    pub(super) limit: Option<u64>,
    /// Keep only documents in these languages: BCP 47 or ISO 639-3, separated by commas; und for the unknown. Case does not
    /// matter, and of a tag like en-US only the language does.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) lang: Vec<String>,
    /// Keep only documents with at least N characters.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) min_chars: Option<usize>,
    #[command(flatten)]
    pub(super) stripping: StrippingArgs,
    #[command(flatten)]
    pub(super) languages: IdentifierArgs,
    /// How to show how far the run has come: auto is a bar on a terminal, else a line every ten seconds; json is
    /// such a line as JSON, and one at the end.
    #[arg(long, value_enum, default_value_t = ProgressKind::Auto, value_name = "KIND")]
    pub(super) progress: ProgressKind,
    /// No progress and no summary; errors only.
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Counts for each input in the summary.
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressKind {
    Auto,
    Plain,
    Json,
    Off,
}

/// Idle workers look at each other for work: with ten thousand of them the machine does nothing else.
fn worker_threads() -> RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=1024)
}

fn at_least_one(number: &str) -> Result<u64, String> {
    match number.parse() {
        Ok(0) => Err("nothing would be read; give 1 or more, or leave it out to read everything".into()),
        Ok(number) => Ok(number),
        Err(_) => Err("not a whole number".into()),
    }
}

/// How boilerplate is removed.
#[derive(Debug, clap::Args)]
pub(super) struct StrippingArgs {
    /// What matters more where both cannot be had: little boilerplate, or all the content.
    #[arg(long, value_enum, default_value_t = FavorKind::Balanced, value_name = "WHAT")]
    pub(super) favor: FavorKind,
    /// Keep readers' comments on articles. Posts in forums are kept without it.
    #[arg(long)]
    pub(super) comments: bool,
    /// What reads HTML: our own scanner, or the scraper crate and its DOM, for comparison.
    #[arg(long, value_enum, default_value_t = EngineKind::Scanner, value_name = "ENGINE")]
    pub(super) html_engine: EngineKind,
}

impl From<&StrippingArgs> for Options {
    fn from(args: &StrippingArgs) -> Self {
        Self { html_engine: args.html_engine.into(), favor: args.favor.into(), comments: args.comments }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FavorKind {
    Precision,
    Balanced,
    Recall,
}

impl From<FavorKind> for Favor {
    fn from(kind: FavorKind) -> Self {
        match kind {
            FavorKind::Precision => Self::Precision,
            FavorKind::Balanced => Self::Balanced,
            FavorKind::Recall => Self::Recall,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineKind {
    Scanner,
    Scraper,
}

impl From<EngineKind> for HtmlEngine {
    fn from(kind: EngineKind) -> Self {
        match kind {
            EngineKind::Scanner => Self::Scanner,
            EngineKind::Scraper => Self::Scraper,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct ExtractArgs {
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// With --jsonl: answer all blocks with their verdicts, {id, blocks: [{text, keep, score}]}.
    #[arg(long, requires = "jsonl")]
    pub(super) blocks: bool,
    /// Answer a page of HTML that shows all blocks, kept and dropped, with their probabilities and why.
    #[arg(long, conflicts_with = "jsonl")]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) stripping: StrippingArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct LanguageArgs {
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    #[command(flatten)]
    pub(super) languages: IdentifierArgs,
}

/// How languages are told.
#[derive(Debug, clap::Args)]
pub(super) struct IdentifierArgs {
    /// What tells languages: our own tables, or (if it is built in) the lingua crate that they are made from.
    #[arg(long, value_enum, default_value_t = LanguageEngineKind::Tables, value_name = "ENGINE")]
    pub(super) language_engine: LanguageEngineKind,
    /// How languages are written: de or deu.
    #[arg(long, value_enum, default_value_t = CodesKind::Bcp47, value_name = "CODES")]
    pub(super) codes: CodesKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageEngineKind {
    Tables,
    Lingua,
}

impl LanguageEngineKind {
    pub(super) fn identifier(self) -> Result<Box<dyn Identifier>, String> {
        match self {
            Self::Tables => Ok(Box::new(Ngrams::default())),
            #[cfg(feature = "lingua")]
            Self::Lingua => Ok(Box::new(crate::language::Lingua::default())),
            #[cfg(not(feature = "lingua"))]
            Self::Lingua => Err("--language-engine lingua is not built in; build with --features lingua, or leave it out".into()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CodesKind {
    Bcp47,
    #[value(name = "iso639-3")]
    Iso639_3,
}

impl From<CodesKind> for LanguageCodes {
    fn from(kind: CodesKind) -> Self {
        match kind {
            CodesKind::Bcp47 => Self::Bcp47,
            CodesKind::Iso639_3 => Self::Iso639_3,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct FilterArgs {
    /// A file, or - for standard input; gzip and zstd are undone.
    #[arg(default_value = "-", value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Lines of JSON in, and answers of one line each out, in the same order.
    #[arg(long)]
    pub(super) jsonl: bool,
    /// Worker threads for --jsonl [default: as many as there are cores].
    #[arg(short = 'j', long, value_name = "N", allow_negative_numbers = true, value_parser = worker_threads())]
    pub(super) threads: Option<u16>,
}
