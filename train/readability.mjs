// Runs Mozilla's Readability as a filter: each line in is a page's HTML as a JSON string, each line out is the HTML of
// its article as a JSON string, "" where there is none.
import { createInterface } from "node:readline";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

function article(html) {
  const { document } = parseHTML(html);
  // a browser keeps these out of the tree, linkedom leaves them in, and Readability fails on them
  document.querySelectorAll("template").forEach((template) => template.remove());
  return new Readability(document).parse()?.content ?? "";
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let content = "";
  try {
    content = article(JSON.parse(line));
  } catch {
    // a page it cannot read has no article
  }
  process.stdout.write(JSON.stringify(content) + "\n");
}
