//! The account of a run for the person who started it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write;
use std::time::Duration;

use super::args::RunArgs;
use super::tell;
use crate::document::{LanguageCodes, Reason, Stage};
use crate::report::Tally;

/// Languages that are named; the rest is in datapackage.json.
const MAX_LANGUAGES: usize = 12;
/// Reasons against pages that are named where nothing came out.
const MAX_REASONS: usize = 3;

/// Prints the summary to standard error.
pub(super) fn print(tally: &Tally, args: &RunArgs, elapsed: Duration) {
    let mut text = String::new();
    // Writing to a String does not fail.
    let _ = write_summary(&mut text, tally, args, elapsed);
    tell(text);
}

fn write_summary(out: &mut String, tally: &Tally, args: &RunArgs, elapsed: Duration) -> std::fmt::Result {
    let total = tally.total();
    writeln!(out, "read      {}, {} of them could hold a page", aligned(total.read, "records"), grouped(tally.pages))?;
    writeln!(
        out,
        "kept      {}, {}, {}",
        aligned(total.kept, "documents"),
        counted(tally.sentences, "sentences"),
        counted(tally.characters, "characters")
    )?;
    writeln!(out, "rejected  {}", aligned(total.rejected, "records"))?;
    for ((stage, reason), count) in by_count(&tally.reasons) {
        writeln!(out, "          {:>12}   {} ({})", grouped(count), reason, stage.name())?;
    }
    if total.damaged > 0 {
        writeln!(
            out,
            "damaged   {}; damage.csv has file, byte offset and what was done for each",
            aligned(total.damaged, "places")
        )?;
        for (reason, count) in by_count(&tally.damages) {
            writeln!(out, "          {:>12}   {}", grouped(count), reason.name())?;
        }
    }
    write_languages(out, tally, args.languages.codes.into())?;
    write_times(out, tally, elapsed)?;
    if args.verbose {
        write_sources(out, tally)?;
    }
    if total.kept == 0 {
        return writeln!(out, "{}", nothing_came_out(tally, args));
    }
    writeln!(
        out,
        "corpus in {}: documents-*.csv, sentences-*.csv, rejects-*.csv, damage.csv, datapackage.json",
        args.output.display()
    )
}

fn write_languages(out: &mut String, tally: &Tally, codes: LanguageCodes) -> std::fmt::Result {
    if tally.languages.is_empty() {
        return Ok(());
    }
    let languages = by_count(&tally.languages);
    let named = languages.iter().take(MAX_LANGUAGES);
    let named: Vec<String> = named.map(|(language, count)| format!("{} {}", codes.of(*language), grouped(*count))).collect();
    let more = languages.len().saturating_sub(MAX_LANGUAGES);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    writeln!(out, "languages {:>12}   {}{more}", languages.len(), named.join(", "))
}

fn write_times(out: &mut String, tally: &Tally, elapsed: Duration) -> std::fmt::Result {
    let seconds = elapsed.as_secs_f64();
    let rate = tally.pages as f64 / seconds.max(1e-3);
    writeln!(out, "time      {seconds:>12.1} seconds, {rate:.0} pages/s; of all workers together:")?;
    let whole: f64 = tally.efforts.iter().map(|effort| effort.time.as_secs_f64()).sum();
    for (stage, effort) in Stage::ALL.iter().zip(&tally.efforts) {
        let seconds = effort.time.as_secs_f64();
        let megabytes = effort.bytes as f64 / 1e6;
        let share = 100.0 * seconds / whole.max(1e-9);
        writeln!(
            out,
            "          {seconds:>12.2}   {:<12} {share:>3.0} %  {:>8.1} MB/s",
            stage.name(),
            megabytes / seconds.max(1e-6)
        )?;
    }
    Ok(())
}

fn write_sources(out: &mut String, tally: &Tally) -> std::fmt::Result {
    writeln!(out, "inputs         records         kept     rejected      damaged")?;
    for (source, c) in &tally.sources {
        writeln!(
            out,
            "          {:>12} {:>12} {:>12} {:>12}   {source}",
            grouped(c.read),
            grouped(c.kept),
            grouped(c.rejected),
            grouped(c.damaged)
        )?;
    }
    Ok(())
}

/// What was read, what was dropped, and which setting dropped it.
pub(super) fn nothing_came_out(tally: &Tally, args: &RunArgs) -> String {
    let total = tally.total();
    if total.read == 0 && total.damaged == 0 {
        let inputs = args.inputs.join(OsStr::new(" "));
        let inputs = inputs.display();
        return format!("nothing came out: {inputs} holds no records; give a crawl file, or a folder that has some in it");
    }
    let by_setting = |reason| tally.reasons.iter().filter(|((_, r), _)| *r == reason).map(|(_, n)| n).sum::<u64>();
    let reasons = by_count(&tally.reasons).into_iter().filter(|((_, reason), _)| reason.is_of_page()).take(MAX_REASONS);
    let reasons: Vec<String> = reasons.map(|((_, reason), count)| format!("{reason} {}", grouped(count))).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
    let mut text = format!(
        "nothing came out: {} read, {} rejected{reasons}, {} damaged",
        counted(total.read, "records"),
        grouped(total.rejected),
        counted(total.damaged, "places")
    );
    for (reason, setting) in [(Reason::Language, "--lang"), (Reason::TooShort, "--min-chars")] {
        if by_setting(reason) > 0 {
            let _ = write!(text, "; {setting} dropped {}", grouped(by_setting(reason)));
        }
    }
    let _ = write!(text, "; see rejects-*.csv and damage.csv in {}", args.output.display());
    text
}

fn by_count<K: Copy + Ord>(counts: &BTreeMap<K, u64>) -> Vec<(K, u64)> {
    let mut counts: Vec<(K, u64)> = counts.iter().map(|(key, count)| (*key, *count)).collect();
    counts.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    counts
}

/// A number in the summary's column, with what it counts.
fn aligned(number: u64, what: &str) -> String {
    format!("{:>12} {}", grouped(number), noun(number, what))
}

fn counted(number: u64, what: &str) -> String {
    format!("{} {}", grouped(number), noun(number, what))
}

fn noun(number: u64, plural: &str) -> &str {
    if number == 1 { plural.trim_end_matches('s') } else { plural }
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        assert_eq!([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
