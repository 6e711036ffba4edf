import type { Language } from "./languages.ts";

/** What an exported file says besides the chats, in the language of the user. */
export interface ExportWords {
  language: Language;
  you: string;
  thought: string;
  /** Stands after the name of the model, in a reply that the user has changed. */
  edited: string;
  /** Names the model of a reply that a server wrote, with `{model}`, `{server}` and `{host}` where these stand. */
  onServer: string;
  /** Stands before the name of a document. */
  document: string;
  /** Name a page or chapter, with `{part}` where its number stands. */
  page: string;
  chapter: string;
  untitled: string;
  instructions: string;
  contents: string;
  /** Names the file of several chats. */
  chats: string;
  /** A reply that ended early. */
  endedEarly: string;
  /** Stand above the summary of messages, with `{model}` where the name of the model stands that wrote it. */
  summary: string;
  summaryEdited: string;
  /** The same for one that the model does not read any more. */
  earlierSummary: string;
  earlierSummaryEdited: string;
  /** Of the person's clock, such as "Europe/Paris". */
  timeZone: string;
}
