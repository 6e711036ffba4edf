import type { DocumentFolder } from "../../../electron/contract/documentFolders.ts";
import { useSay } from "../../texts.ts";

/** Returns a function that says how much of a folder of documents can be searched, and what is missing. */
export function useFolderFacts(): (folder: DocumentFolder) => string[] {
  const say = useSay("chats");
  return ({ state, trouble, problem, documents, indexed, toRead }) => {
    const facts: string[] = [say("folderDocuments.documents", { count: documents })];
    if (indexed < documents) facts.push(say("folderDocuments.ready", { indexed }));
    if (state === "looking") facts.push(say("folderDocuments.looking"));
    if (toRead > 0) facts.push(say("folderDocuments.toRead", { count: toRead }));
    if (trouble !== null && state === "ready") facts.push(say("folderDocuments.unreachable"));
    if (problem !== null && state === "ready") facts.push(say("folderDocuments.stopped"));
    return facts;
  };
}
