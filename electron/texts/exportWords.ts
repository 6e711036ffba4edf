import type { ExportWords } from "../contract/exportWords.ts";
import type { Texts } from "./texts.ts";

/** Stay as they are until a part or a model is named. */
const part = "{part}";
const model = "{model}";

/** Returns what exported files say besides the chats, in the user's language. */
export function exportWords({ say, language }: Texts): ExportWords {
  return {
    language,
    you: say("exports:file.you"),
    thought: say("exports:file.thought"),
    edited: say("exports:file.edited"),
    onServer: say("exports:file.onServer", { model, server: "{server}", host: "{host}" }),
    document: say("exports:file.document"),
    page: say("exports:file.page", { part }),
    chapter: say("exports:file.chapter", { part }),
    untitled: say("chats:untitled"),
    instructions: say("exports:file.instructions"),
    contents: say("exports:file.contents"),
    chats: say("exports:chats"),
    endedEarly: say("exports:file.endedEarly"),
    summary: say("exports:file.summary", { model }),
    summaryEdited: say("exports:file.summaryEdited", { model }),
    earlierSummary: say("exports:file.earlierSummary", { model }),
    earlierSummaryEdited: say("exports:file.earlierSummaryEdited", { model }),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
