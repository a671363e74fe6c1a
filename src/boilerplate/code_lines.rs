//! Lines of programs that are elements: only a style sheet tells where they end.

/// Whether an element of this class is a line: `line`, `code-line`, but not `line-number`.
pub(super) fn is_line(class: &str) -> bool {
    let is_name_of_line =
        |name: &str| name.strip_suffix("line").is_some_and(|before| before.is_empty() || before.ends_with(['-', '_']));
    class.split_ascii_whitespace().any(is_name_of_line)
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::scanner::check_blocks as check;

    /// A program whose lines are spans of a class.
    fn lines(class: &str, lines: &[&str]) -> String {
        let lines: String = lines.iter().map(|line| format!("<span class='{class}'>{line}</span>")).collect();
        format!("<pre><code>{lines}</code></pre>")
    }

    #[test]
    fn lines_that_are_elements_end_as_lines() {
        let program = ["<b>let</b> owl = 1", "", "  hoot(owl)"];
        for class in ["line", "line highlighted", "gatsby-highlight-code-line", "hljs_line"] {
            check(&lines(class, &program), "let owl = 1\n\n  hoot(owl)");
        }
        check("<pre>a\n<span class=line>b\n</span><span class=line>\n</span><span class=line>c</span>\nd", "a\nb\n\nc\nd");
        check("<pre><span class=line>a</span>\n<span class=line></span>\n<span class=line>b</span>", "a\n\nb");
        check("<pre><span class=line><span class=x-line>a</span></span><span class=line><i>b</i></span>", "a\nb");
    }

    #[test]
    fn other_elements_of_a_program_go_on_with_its_line() {
        for class in ["", "token", "underline", "line-number", "lines"] {
            check(&lines(class, &["let", " owl"]), "let owl");
        }
        check("<pre><span class=line>a</span>b<span class=line>c</span>", "abc");
        check("<p><span class=line>un</span><span class=line>do</span>", "undo");
    }
}
