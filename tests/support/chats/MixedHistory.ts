import type { MixedLine, MixedMessage, MixedState } from "./MixedState.ts";

/** How many chats are in the file that `mixingWriter` imports. */
export const importedChats = 7;

type Content = Pick<MixedState, "chats" | "folders">;
interface Known {
  /** What was there after the last deed that ended. */
  state: MixedState;
  /** The deed that was going on. */
  pending: MixedLine | null;
  /** What each backup has. */
  backups: Map<string, Content>;
  /** The imported chats that were not changed since. */
  imported: Map<string, string>;
}

/** What `mixingWriter` has said it did, over several starts, and what each start may find. */
export class MixedHistory {
  readonly #known: Known = {
    state: { chats: {}, folders: [], backups: [] },
    pending: null,
    backups: new Map(),
    imported: new Map(),
  };
  /** How often each deed was done, and how often each was cut short. */
  readonly done = new Map<string, number>();
  readonly cut = new Map<string, number>();

  /** Takes the next line. Throws if it says something that cannot be. */
  take(line: MixedLine): void {
    const known = this.#known;
    if (line.notice !== undefined) throw new Error(`a notice: ${JSON.stringify(line.notice)}`);
    if (line.opened !== undefined) this.#open(line.opened);
    if (line.begun !== undefined) known.pending = line;
    if (line.state !== undefined) this.#end(line.done ?? "", line.state);
  }

  #open(opened: MixedState): void {
    const known = this.#known;
    const wrong = wrongWith(opened, known);
    if (wrong !== null) {
      throw new Error(JSON.stringify({ wrong, pending: known.pending, was: known.state, is: opened }));
    }
    if (known.pending !== null) count(this.cut, known.pending.begun ?? "");
    this.#keepBackups(opened.backups);
    known.state = opened;
    known.pending = null;
  }

  #end(deed: string, state: MixedState): void {
    const known = this.#known;
    count(this.done, deed);
    const backup = known.backups.get(known.pending?.chats?.[0] ?? "");
    if (deed === "restore" && backup !== undefined && !(same(state, backup) && sameFolders(state, backup))) {
      throw new Error(JSON.stringify({ wrong: "restored differently", was: backup, is: state }));
    }
    this.#keepBackups(state.backups);
    if (deed === "import") {
      const come = Object.entries(state.chats).filter(([id]) => !(id in known.state.chats));
      if (come.length !== importedChats) throw new Error(`${come.length} chats were imported`);
      known.imported = new Map(come.map(([id, chat]) => [id, settled(chat)]));
    }
    known.state = state;
    known.pending = null;
  }

  /** A backup has what was there when it is first seen. Those that nobody asked for are made between deeds. */
  #keepBackups(ids: readonly string[]): void {
    const { backups, state } = this.#known;
    for (const id of ids) if (!backups.has(id) && !id.endsWith("-day")) backups.set(id, state);
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** A reply that was being written is interrupted by the next start. */
const settled = (chat: MixedState["chats"][string] | undefined): string =>
  JSON.stringify(chat ?? null).replaceAll('"streaming"', '"interrupted"');
const same = (one: Content, other: Content, except: readonly string[] = []): boolean => {
  const ids = new Set([...Object.keys(one.chats), ...Object.keys(other.chats)]);
  return [...ids].every((id) => except.includes(id) || settled(one.chats[id]) === settled(other.chats[id]));
};
const without = ({ chats, folders }: Content, gone: readonly string[]): Content => ({
  chats: Object.fromEntries(Object.entries(chats).filter(([id]) => !gone.includes(id))),
  folders,
});
const sameFolders = (one: Content, other: Content): boolean => one.folders.join() === other.folders.join();

/** Deeds that change one chat, and those of them after which another branch of it may be shown. */
const deedsOnBranches = ["regenerate", "removeReply", "edit", "editReply"];
const deedsOnOne = [...deedsOnBranches, "send", "summarize", "attach", "attachLong", "change"];

/** Returns what nobody may change of a message that was there. */
function unchanging([, text, thought, , , , summary, files]: MixedMessage, isSummarized: boolean): string {
  return JSON.stringify([text, thought, isSummarized ? null : summary, files]);
}

/** Says what is wrong with what a start found, or nothing. */
function wrongWith(found: MixedState, { state, pending, backups, imported }: Known): string | null {
  if (same(found, state) && sameFolders(found, state)) return null;
  const deed = pending?.begun ?? "nothing";
  const about = pending?.chats ?? [];
  const come = Object.keys(found.chats).filter((id) => !(id in state.chats));
  const gone = Object.keys(state.chats).filter((id) => !(id in found.chats));
  if (deed === "restore") {
    const backup = backups.get(about[0] ?? "");
    return backup !== undefined && same(found, backup) && sameFolders(found, backup) ? null : "half restored";
  }
  if (deed === "eraseAll") return Object.keys(found.chats).length === 0 ? null : "half erased";
  if (deed === "import") {
    const isWhole = come.length === importedChats && gone.length === 0 && same(found, state, come);
    return isWhole ? null : `${come.length} of ${importedChats} chats imported`;
  }
  if (deed === "undoImport") {
    const unchanged = [...imported].filter(([id, was]) => settled(state.chats[id]) === was).map(([id]) => id);
    const isAll = unchanged.every((id) => gone.includes(id)) && gone.every((id) => imported.has(id));
    return isAll && come.length === 0 && same(found, state, gone) ? null : "half undone";
  }
  if (deed === "delete") return same(found, without(state, about)) ? null : "another chat changed";
  if (deed === "folder") return same(found, state, about) && come.length + gone.length === 0 ? null : "chats changed";
  if (["create", "branch"].includes(deed)) {
    return come.length <= 1 && gone.length === 0 && same(found, state, come) ? null : "another chat changed";
  }
  if (deedsOnOne.includes(deed)) {
    if (come.length + gone.length > 0 || !same(found, state, about) || !sameFolders(found, state))
      return "others changed";
    // Nothing that was there has changed. What was regenerated, edited or removed is on another branch.
    const isSummarized = deed === "summarize";
    const now = new Map(found.chats[about[0] ?? ""]?.messages.map((each) => [each[0], unchanging(each, isSummarized)]));
    const before = state.chats[about[0] ?? ""]?.messages ?? [];
    const kept = deedsOnBranches.includes(deed) ? before.filter(([id]) => now.has(id)) : before;
    return kept.every((each) => now.get(each[0]) === unchanging(each, isSummarized)) ? null : "a message changed";
  }
  return "changed without a deed";
}
