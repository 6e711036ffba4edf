import { createHash } from "node:crypto";
import type { ChatRecord, MessageRecord } from "./chatFile.ts";
import { dateText } from "./dateText.ts";
import { escapeHtml } from "./escapeHtml.ts";
import type { ExportedChats } from "./ExportedChats.ts";
import type { ExportWords } from "../../contract/exportWords.ts";
import { htmlOfAnswer } from "./htmlOfAnswer.ts";
import { isEndedEarly, oneLine, passageName, speakerOf, summaryName } from "./markdownOfChat.ts";

const css = `
:root { color-scheme: light dark; --text: #1d1d1f; --soft: #5b5b60; --line: #d9d9de; --code: #f3f3f5; --page: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececee; --soft: #a5a5ac; --line: #3c3c42; --code: #26262a; --page: #18181a; }
}
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 46rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 3rem 0 0.25rem; }
header h1 { margin-top: 0; }
.when { color: var(--soft); margin: 0 0 2rem; }
article { border-top: 1px solid var(--line); padding: 0.75rem 0; }
article > h2 { font-size: 0.875rem; color: var(--soft); margin: 0 0 0.25rem; }
.user, .plain, details > div { white-space: pre-wrap; }
.plain { font: inherit; margin: 0; }
details { color: var(--soft); margin: 0 0 0.75rem; }
summary { cursor: pointer; }
pre:not(.plain) { background: var(--code); padding: 0.75rem; border-radius: 6px; overflow-x: auto; }
code { background: var(--code); border-radius: 3px; font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
pre code { background: none; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { border: 1px solid var(--line); padding: 0.25rem 0.6rem; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); }
a { color: inherit; }
math[display="block"] { overflow-x: auto; }
.document { color: var(--soft); margin: 0 0 0.25rem; }
.early { color: var(--soft); font-style: italic; }
@media print { body { max-width: none; padding: 0; } section { break-before: page; } section:first-of-type { break-before: auto; } }
`;

/** Nothing of the page may run, load or be sent: only this style is used. */
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(css).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** Returns chats as one HTML page without scripts, in pieces: the shown branch of each. */
export function* htmlOfChats(
  { chats, messages, ...of }: ExportedChats,
  options: { words: ExportWords; thoughts: boolean; titles: readonly string[] },
): Generator<string> {
  const { words, thoughts, titles } = options;
  const title = titles.length === 1 ? titleOf(titles[0] ?? "", words) : words.chats;
  yield `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${css}</style>
</head>
<body>
`;
  if (titles.length > 1) {
    yield `<header><h1>${escapeHtml(words.chats)}</h1><nav aria-label="${escapeHtml(words.contents)}"><ol>\n`;
    for (const [index, each] of titles.entries()) {
      yield `<li><a href="#chat-${index + 1}" dir="auto">${escapeHtml(titleOf(each, words))}</a></li>\n`;
    }
    yield "</ol></nav></header>\n";
  }
  let index = 0;
  for (const chat of chats()) {
    yield* section(chat, messages(chat, "shown"), ++index, { words, thoughts, ...of });
  }
  yield "</body>\n</html>\n";
}

function* section(
  chat: ChatRecord,
  messages: Iterable<MessageRecord>,
  index: number,
  options: { words: ExportWords; thoughts: boolean } & Pick<ExportedChats, "documentsOf" | "summaryRead">,
): Generator<string> {
  const { words, thoughts, documentsOf, summaryRead } = options;
  const readId = summaryRead(chat);
  yield `<section id="chat-${index}">
<h1 dir="auto">${escapeHtml(titleOf(chat.title, words))}</h1>
<p class="when">${escapeHtml(dateText(chat.createdAt, words))}</p>
`;
  if (chat.systemPrompt !== "") yield folded(words.instructions, chat.systemPrompt);
  for (const message of messages) {
    yield `<article>\n<h2 dir="auto">${escapeHtml(speakerOf(message, words))}</h2>\n`;
    for (const { name, unit, passages } of documentsOf(message)) {
      yield `<p class="document"><bdi>${escapeHtml(`${words.document}: ${oneLine(name)}`)}</bdi></p>\n`;
      for (const { number, part, text: found } of passages) yield folded(passageName(number, unit, part, words), found);
    }
    const { role, thought, text } = message;
    if (thoughts && thought !== null && thought.trim() !== "") yield folded(words.thought, thought.trim());
    yield role === "user"
      ? `<div class="user" dir="auto">${escapeHtml(text)}</div>\n`
      : `<div dir="auto">${htmlOfAnswer(text)}</div>\n`;
    if (isEndedEarly(message)) yield `<p class="early">${escapeHtml(words.endedEarly)}</p>\n`;
    yield "</article>\n";
    const { id, summary } = message;
    if (summary) yield folded(summaryName(summary, id === readId, words), summary.text);
  }
  yield "</section>\n";
}

const folded = (label: string, text: string): string =>
  `<details><summary>${escapeHtml(label)}</summary><div dir="auto">${escapeHtml(text)}</div></details>\n`;

const titleOf = (title: string, { untitled }: ExportWords): string => oneLine(title) || untitled;
