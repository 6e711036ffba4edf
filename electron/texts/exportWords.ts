import type { Language } from "../contract/languages.ts";
import type { Texts } from "./texts.ts";

/** What an exported file says besides the chats. */
interface ExportWords {
  language: Language;
  you: string;
  thought: string;
  untitled: string;
  instructions: string;
  contents: string;
  chats: string;
  endedEarly: string;
  timeZone: string;
}

/** Returns what exported files say besides the chats, in the user's language. */
export function exportWords({ say, language }: Texts): ExportWords {
  return {
    language,
    you: say("exports:file.you"),
    thought: say("exports:file.thought"),
    untitled: say("chats:untitled"),
    instructions: say("exports:file.instructions"),
    contents: say("exports:file.contents"),
    chats: say("exports:chats"),
    endedEarly: say("exports:file.endedEarly"),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
