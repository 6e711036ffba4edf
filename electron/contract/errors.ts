/** All error codes. Their texts in every language are in `texts/<language>/failures.json`. */
export const errorCodes = [
  // Engine
  "engine-start-failed",
  "engine-down",
  "engine-hung",
  "engine-out-of-memory",
  "engine-gave-up",
  "engine-busy",
  // Model files
  "model-not-found",
  "model-file-missing",
  "model-file-empty",
  "model-is-folder",
  "model-file-unreadable",
  "model-not-gguf",
  "model-version-unsupported",
  "model-truncated",
  "model-header-invalid",
  "model-not-chat",
  "model-architecture-unsupported",
  "model-too-large",
  "model-changed",
  "model-load-failed",
  "model-template-failed",
  "model-crashed-engine",
  "model-in-use",
  "model-unloaded",
  "model-not-deletable",
  "model-trash-failed",
  // The models folder
  "models-folder-missing",
  "models-moving",
  "models-move-refused",
  "models-move-failed",
  "models-copies-left",
  // Prompts
  "prompt-empty",
  "prompt-too-long",
  "context-exceeded",
  "summary-failed",
  "text-not-utf8",
  "messages-invalid",
  // Chats and runs
  "chat-not-found",
  "chat-busy",
  "chat-folder-not-found",
  "chat-folder-exists",
  "chat-folders-full",
  "message-not-found",
  "chat-damaged",
  "chat-plain",
  "message-damaged",
  "messages-damaged",
  "run-not-found",
  // The network
  "offline",
  "hub-unreachable",
  "hub-not-trusted",
  "hub-refused",
  "hub-not-found",
  "hub-gated",
  "hub-token-refused",
  "hub-busy",
  "hub-answer-invalid",
  "hub-address-invalid",
  "hub-not-agreed",
  "hub-redirect-refused",
  "proxy-failed",
  // This app as a server
  "api-server-not-started",
  "api-origin-invalid",
  // Servers
  "server-not-found",
  "server-name-taken",
  "servers-full",
  "servers-busy",
  "servers-damaged",
  "server-address-invalid",
  "server-not-agreed",
  "server-key-malformed",
  "server-key-missing",
  "server-certificate-invalid",
  "server-unreachable",
  "server-not-trusted",
  "server-redirected",
  "server-key-refused",
  "server-unpaid",
  "server-busy",
  "server-loading",
  "server-model-missing",
  "server-refused",
  "server-failed",
  "server-answer-invalid",
  "server-silent",
  "server-cut",
  "server-endless",
  "server-cannot",
  // llama-server
  "llama-server-failed",
  // Updates
  "update-unreachable",
  "update-refused",
  "update-not-installed",
  // Downloads
  "download-not-found",
  "download-in-use",
  "download-name-refused",
  "download-incomplete-set",
  "download-changed",
  "download-mismatch",
  "download-unverifiable",
  "download-disk-full",
  "download-disk-failed",
  "download-file-exists",
  // Components
  "component-not-offered",
  "component-unreachable",
  "component-missing",
  "component-mismatch",
  "component-in-use",
  "component-changing",
  // Benchmarks
  "benchmark-running",
  "benchmark-nothing-to-measure",
  "benchmark-too-slow",
  "benchmark-not-found",
  "benchmark-damaged",
  // Tuning
  "tune-running",
  "tune-nothing-to-apply",
  "tune-nothing-to-undo",
  // Store and settings
  "store-failed",
  "store-corrupt",
  "store-newer",
  "store-read-only",
  "backup-not-made",
  "backup-not-restored",
  "chats-locked",
  "chat-lock-unreadable",
  "chat-lock-refused",
  "chats-left-plain",
  "chat-lock-unfinished",
  "encrypting-undone",
  "settings-damaged",
  "presets-damaged",
  "presets-full",
  "presets-busy",
  "preset-not-found",
  "file-blocked",
  "print-failed",
  "pdf-too-large",
  "file-not-saved",
  "export-running",
  "import-running",
  "import-not-known",
  "import-newer",
  "import-too-large",
  "import-changed",
  "import-failed",
  "import-nothing",
  "import-not-undone",
  "document-unreadable",
  "document-folder-own",
  "document-not-found",
  "document-damaged",
  "documents-too-many",
  "documents-too-long",
  "passages-not-found",
  "passage-not-there",
  "pages-not-there",
  "command-not-linked",
  "disk-full",
  "output-not-written",
  "home-not-made",
  "erase-blocked",
  "app-ended",
  "page-crashed",
  "sandbox-off",
  // The window
  "message-not-drawn",
  "screen-not-drawn",
  "window-not-drawn",
  // Inputs
  "input-invalid",
  "usage",
  "link-refused",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

const known: ReadonlySet<unknown> = new Set(errorCodes);
export const isErrorCode = (value: unknown): value is ErrorCode => known.has(value);

export type Fact = string | number | readonly string[];
/** Values that a text includes: numbers, names, sizes and times. `case` selects one of a code's sentences. */
export type Facts = Readonly<Record<string, Fact>>;

/**
 * Why a document was not read. `unknown`: of a format that is not read. `old`: a Word document from before 2007, or one
 * with a password, which look alike. `scanned`: its pages are only pictures. `slow`: not read within the time limit.
 * `notFile`: pasted or dropped, but not a file on the disk.
 */
export const documentCases = [
  "missing",
  "folder",
  "notAllowed",
  "unknown",
  "old",
  "password",
  "scanned",
  "empty",
  "damaged",
  "notRead",
  "tooLarge",
  "slow",
  "notFile",
] as const;
export type DocumentCase = (typeof documentCases)[number];

/** How a process ended, for codes that report it. */
type HowItEnded = { case: "signal"; signal: string } | { case: "exitCode"; exitCode: number };

/** The facts of each code that has any. Texts may use only these. */
export interface FactsByCode {
  "api-origin-invalid": { case: "origin"; origin: string };
  /** `noAddress`: this computer has no such address. */
  "api-server-not-started":
    | { case: "portInUse" | "portNotAllowed"; port: number }
    | { case: "noAddress"; host: string }
    | { case: "otherReason"; reason: string };
  "backup-not-made": { case: "replying" | "diskFull" };
  "backup-not-restored": { case: "replying" | "importing" | "gone" | "damaged" | "newer" };
  "benchmark-damaged": { file: string };
  "benchmark-nothing-to-measure": { case: "context"; most: number };
  "benchmark-running": { case: "elsewhere" };
  "benchmark-too-slow": { case: "hashing" | "loading" | "measuring"; seconds: number };
  "chat-lock-unfinished": { case: "encrypting" | "decrypting" };
  /** Without facts: they can be unlocked in the window. */
  "chats-locked": { case: "notAsked" | "keychainOnly" };
  /** `otherKey`: the store was encrypted with another key than the one that the lock has. */
  "chat-lock-unreadable": { case: "damaged" | "missing" | "newer" | "otherKey" };
  "chat-lock-refused":
    | { case: "passphrase" | "keychain" | "noKeychain" | "lastKey" | "on" | "off" | "open" }
    | { case: "replying" | "moving" | "switching" | "interrupted" | "inUse" | "diskFull" }
    | { case: "tooShort"; least: number };
  "chat-folder-exists": { case: "named"; name: string };
  "chat-folders-full": { case: "most"; most: number };
  "chat-plain": { case: "named"; title: string };
  /** `begun`: everything is being erased, which only the app itself completes. */
  "erase-blocked": { case: "inUse" | "begun" } | { case: "diskMissing" | "file"; path: string };
  "file-blocked": {
    case: "notOurs" | "link" | "folder" | "pipe" | "device" | "notFolder" | "unusable";
    path: string;
  };
  "context-exceeded":
    | { case: "prompt"; promptTokens: number; contextSize: number }
    | { case: "tests"; needed: number; held: number };
  /** With a summary, there would be no room for the reply, or the model wrote none. `Dropped`: the messages were left out; `In`: of a named chat. */
  "summary-failed":
    | { case: "room" | "empty" | "roomDropped" | "emptyDropped" }
    | { case: "roomDroppedIn" | "emptyDroppedIn"; title: string };
  "component-missing": { host: string };
  "component-not-offered": { case: "noCard" | "system" };
  "component-unreachable": { host: string };
  "download-disk-full": { case: "room"; rest: number; reserve: number; free: number };
  "download-file-exists": { case: "at"; path: string };
  "download-incomplete-set": { case: "count"; count: number; total: number };
  "download-name-refused": { case: "name"; name: string } | { case: "notGguf" | "link" };
  "engine-busy": { case: "replyBegan" };
  "command-not-linked": { case: "taken" | "refused"; path: string };
  "engine-down": HowItEnded | { case: "closed" | "notRunning" };
  /** The cause of the last failure. */
  "engine-gave-up": { case: "start" | "hung" | "memory" };
  "engine-hung": { case: "silent"; seconds: number } | { case: "notStopped" };
  "engine-out-of-memory": { case: "holding"; used: number };
  "engine-start-failed": HowItEnded | { case: "late"; seconds: number } | { case: "notRun" | "otherVersion" };
  "home-not-made": {
    folder: string;
    case:
      | "noNewFolders"
      | "fileInPath"
      | "nameTaken"
      | "notAllowed"
      | "anotherUsers"
      | "readOnly"
      | "diskFull"
      | "quotaUsedUp"
      | "pathTooLong"
      | "linkLoop"
      | "otherReason";
    /** The system's own message, for cases that have no text of ours. */
    reason: string;
  };
  "hub-address-invalid": { case: "address"; address: string };
  "hub-answer-invalid": { case: "notGguf" };
  "hub-busy": { case: "status"; status: number };
  "hub-not-agreed": { case: "nobodyToAsk" | "declined"; origin: string };
  "hub-not-found":
    | { case: "file" | "revision" | "hidden" }
    | { case: "notARepo" | "notARevision" | "notInRepo"; name: string };
  "hub-not-trusted": {
    case: "expired" | "notYetValid" | "otherHost" | "unknownSigner" | "certificate";
    host: string;
  };
  "hub-redirect-refused": { case: "tooMany" };
  "hub-refused": { case: "status"; status: number };
  "hub-token-refused": { case: "malformed" | "environment" };
  "hub-unreachable": {
    case:
      | "unknownHost"
      | "lookupFailed"
      | "refused"
      | "cut"
      | "offline"
      | "noRoute"
      | "late"
      | "stalled"
      | "noEncryption";
    host: string;
  };
  "document-damaged": { name: string };
  "documents-too-many": { most: number };
  /** `about`: estimated, because the document is far too long or the engine is busy. */
  "documents-too-long": { case: "counted" | "about"; promptTokens: number; contextSize: number };
  "pdf-too-large": { mostBytes: number };
  "passages-not-found": { names: readonly string[] };
  "document-unreadable": { name: string; case: DocumentCase };
  /** `unreadable`: encrypted, or the system does not let the app read it. `slow`: not read in half an hour. */
  "import-failed": { case: "unreadable" | "missing" | "damaged" | "slow" };
  "import-newer": { case: "version"; version: number };
  "import-too-large":
    | { case: "chats" | "messages"; most: number }
    | { case: "file"; mostBytes: number }
    | { case: "zip" };
  internal: { faultId: string };
  /**
   * `notOne`: the program is no llama-server. `noWorkers`: it was built without them. `workers`: one does not answer.
   * `portTaken`, `outOfMemory`, `modelNotLoaded`: why it ended by itself.
   */
  "llama-server-failed":
    | { case: "noProgram" | "noModel" | "notOne" | "tooOld" | "notRunnable" | "workers" | "noWorkers" }
    | { case: "portTaken" | "outOfMemory" | "modelNotLoaded" }
    | { case: "slow"; seconds: number }
    | HowItEnded;
  "message-not-drawn": { faultId: string };
  "messages-damaged": { case: "counted"; count: number };
  /** `command`: of `r1`, whose help describes the format. */
  "messages-invalid": { command: "chat" | "prompt" } & (
    | { case: "notJson" | "notList" | "empty" | "lastNotUser" }
    | { case: "message"; position: number }
  );
  "model-architecture-unsupported":
    | { case: "unknown"; architecture: string }
    | { case: "tokenizer"; tokenizer: string };
  "model-changed": { file: string };
  "model-crashed-engine": { case: "hung" | "memory" | "appEnded" };
  "model-file-missing": { case: "at"; path: string } | { case: "badPath" };
  "model-file-unreadable":
    | { case: "silentDisk"; milliseconds: number }
    | { case: "slow"; seconds: number }
    | { case: "notAFile" | "notAllowed" | "changing" }
    | { case: "system"; reason: string };
  "model-header-invalid":
    | { case: "part"; file: string }
    | { case: "laterPart"; part: number; total: number; file: string }
    | { case: "slow"; seconds: number }
    | { case: "crashed" };
  "model-not-chat":
    | { case: "noTemplate" | "noVocabulary" | "embeddings" }
    | { case: "companion"; architecture: string };
  "model-not-deletable": { case: "comesWithApp" | "notOurs" | "inFolder"; name: string };
  "model-not-found":
    | { case: "named" | "notInCatalogue"; name: string }
    /** `ids` are the catalogue's. */
    | { case: "inNeither"; name: string; ids: readonly string[] }
    | { case: "none" | "notLoaded" };
  "model-not-gguf": { case: "webPage" | "gitLfs" | "json" | "zip" | "safetensors" | "ggml" | "zeros" };
  "model-template-failed":
    | { case: "vocabulary"; token: string }
    | { case: "tooLong" | "messages" | "changes" }
    /** `reason` is the template's own message. */
    | { case: "refused"; reason: string };
  /** Sizes in bytes, context sizes in tokens. `fitting` is the context size that would fit. */
  "model-too-large":
    | { case: "smallerContext"; name: string; needed: number; free: number; context: number; fitting: number }
    | { case: "noContext"; name: string; needed: number; free: number; context: number };
  "model-trash-failed": { case: "noTrash" } | { case: "file"; path: string };
  "models-folder-missing": { folder: string };
  "models-copies-left": { folder: string };
  "models-move-failed": /** A file that was changed meanwhile, is not what was downloaded, or was not written rightly. */
    | { case: "changed" | "damaged" | "badCopy"; path: string }
    | { case: "folderGone"; folder: string }
    /** For the last two, the system's own message is the detail. */
    | { case: "diskFull" | "largeFile" | "system" | "notDeleted" };
  "models-move-refused":
    | {
        case: "alreadyThere" | "insideItself" | "insideHome" | "notWritable" | "openToOthers" | "leftOver";
        folder: string;
      }
    | { case: "special" | "sameName" | "largeFile"; path: string }
    | { case: "room"; needed: number; free: number }
    | { case: "tooMany"; most: number }
    | { case: "downloading" | "links" | "outdated" | "system" };
  "model-truncated":
    | { case: "header" }
    | { case: "bytes"; there: number; needed: number }
    | { case: "part"; file: string }
    | { case: "partsMissing" | "morePartsMissing"; count: number; total: number; names: readonly string[] };
  "model-version-unsupported": { case: "version"; version: number } | { case: "byteOrder" };
  "output-not-written": { case: "diskFull" } | { case: "otherReason"; reason: string };
  /** `none`: the format has no pages. `last`: how many there are. */
  "pages-not-there": { name: string } & ({ case: "none" } | { case: "page" | "chapter"; last: number });
  "prompt-too-long": TextSource & { most: number };
  offline: { case: "forced" | "cut" } | { case: "share"; host: string };
  "proxy-failed": { case: "signIn" } | { case: "unsupported"; kind: string };
  "screen-not-drawn": { faultId: string };
  "settings-damaged": { file: string };
  "presets-damaged": { file: string };
  "presets-full": { case: "most"; most: number };
  "server-address-invalid": { case: "address" | "credentials" | "plainHttp"; address: string };
  "server-answer-invalid": { server: string; case: "notJson" | "notUnderstood" | "tooLarge" | "empty" };
  /** `waits`: the server said so, in seconds. */
  "server-busy": { server: string } & ({ case: "status"; status: number } | { case: "waits"; seconds: number });
  /** `otherModel`: this one always thinks, and another one of the same server need not. */
  "server-cannot": { server: string } & (
    | { case: "endThought" | "skipThinking" | "continue" | "showPrompt" | "followSchema" | "plainText" | "fileOnly" }
    | { case: "otherModel"; model: string }
  );
  "server-certificate-invalid": { case: "notPem" | "expired" };
  "server-cut": { server: string } | { server: string; case: "measuring" };
  /** Of a benchmark. `long`: it wrote more than `tokens`, which is far more than it was asked for. */
  "server-endless": { server: string } & ({ case: "slow"; seconds: number } | { case: "long"; tokens: number });
  /** `said` is the server's own message. */
  "server-failed": { server: string; case: "said"; said: string };
  "server-key-missing": { server: string; case: "variable"; variable: string };
  "server-key-refused": { server: string; case: "withKey" | "withoutKey" };
  "server-loading": { server: string };
  "server-model-missing": { server: string; case: "named"; model: string };
  "server-name-taken": { case: "named"; name: string };
  "server-not-agreed": { case: "nobodyToAsk" | "declined"; origin: string };
  "server-not-found": { case: "named"; name: string };
  "server-not-trusted": FactsByCode["hub-not-trusted"];
  "server-redirected": { server: string; host: string };
  "server-refused": { server: string } & (
    | { case: "status"; status: number }
    | { case: "said"; status: number; said: string }
  );
  "server-silent": { server: string; seconds: number };
  "server-unpaid": { server: string };
  "server-unreachable": FactsByCode["hub-unreachable"];
  "servers-damaged": { file: string };
  "servers-full": { case: "most"; most: number };
  "store-failed": { case: "damaged" | "closed" | "notConverted" };
  "store-corrupt":
    | { case: "inUse" | "mending" }
    | ({ case: "mended" | "mendedAll" | "fromBackup" | "readable" | "nothing" | "missing" } & MendedFacts);
  "store-read-only": { case: "readOnly" | "notAllowed" | "diskFull" };
  "text-not-utf8": TextSource;
  /** `host` is the one that the app was redirected to. */
  "update-refused": { case: "redirected"; host: string } | { case: "tooLarge" | "unsigned" | "invalid" | "mismatch" };
  "update-not-installed": { version: string };
  "update-unreachable":
    | { case: "noAnswer" | "late" | "notTrusted"; host: string }
    | { case: "status"; host: string; status: number };
  usage: UsageFacts;
  "window-not-drawn": { faultId: string };
}

/**
 * What was restored of a damaged store. `total` is how many messages are known to have been in it, `lostAt` about when the
 * newest lost one was written, `backupAt` when the backup was made that was used too; both are 0 if there is none.
 */
export interface MendedFacts {
  folder: string;
  restored: number;
  total: number;
  lostAt: number;
  backupAt: number;
}

type TextSource = { case: "stdin" } | { case: "file"; path: string };

/** `command` is set once the command is recognized. `given` is what was typed. */
type UsageFacts = { command?: string } & (
  | {
      case:
        | "noCommand"
        | "promptAndMessages"
        | "filesAndMessages"
        | "pagesNeedFile"
        | "searchNeedsFile"
        | "messagesNeeded"
        | "fileNeeded"
        | "chatFileNeeded"
        | "chatsNeeded"
        | "modelNeeded"
        | "repoAndFileNeeded"
        | "componentNeeded"
        | "serverAndUrlNeeded"
        | "serverNeeded"
        | "undoAlone"
        | "jsonAndOutput"
        | "planAndTests"
        | "quickAndMinutes"
        | "withoutSolve"
        | "serverOptions"
        | "apiKeyUnusable"
        | "apiKeyShort";
    }
  | { case: "unknownCommand" | "argumentUnexpected" | "notAWorker"; given: string }
  | { case: "unknownOption" | "valueMissing" | "valueUnexpected"; option: string }
  | { case: "number" | "wholeNumber"; option: string; least: number; most: number; given: string }
  | { case: "oneOf"; option: string; allowed: string; given: string }
  | { case: "pair" | "pages"; option: string; given: string }
  | { case: "testCount"; tests: number; most: number }
  | { case: "serverTests"; least: number; mostPrompt: number; mostWritten: number; mostRepeats: number }
  | { case: "fileMissing" | "fileIsFolder" | "fileNotAllowed"; path: string }
  | { case: "fileUnreadable"; path: string; reason: string }
);
export type FactsOf<Code extends ErrorCode> = Code extends keyof FactsByCode ? FactsByCode[Code] : Record<never, never>;

/**
 * A failure as it crosses process boundaries and as it is stored. `detail` is for bug reports. Stacks and folder names
 * stay in the log and never reach the page or the terminal (workbench/faults/FaultLog.ts).
 */
export interface Problem {
  code: ErrorCode;
  facts?: Facts | undefined;
  /** An English sentence that an earlier version stored. It is shown unchanged. New failures have none. */
  message?: string | undefined;
  detail?: string | undefined;
  /** Id of the log entry that has the details. */
  faultId?: string | undefined;
  /** The name, without its folder, of the file that it is about, where only the thrower knows which one was chosen. */
  file?: string | undefined;
}

/** The outcome of a call. Failures are values, so that they keep their code across every boundary. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Problem };

/** The only error class that may be thrown from one room to another. */
export class WorkbenchError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly facts: Facts | undefined;
  readonly detail: string | undefined;
  readonly faultId: string | undefined;
  readonly file: string | undefined;

  constructor(code: Code, facts?: FactsOf<Code>, detail?: string, faultId?: string, file?: string) {
    // The message is for logs and test reports and is never shown to users.
    super([code, facts && JSON.stringify(facts), detail].filter(Boolean).join(" "));
    this.name = "WorkbenchError";
    this.code = code;
    this.facts = facts as Facts | undefined;
    this.detail = detail;
    this.faultId = faultId;
    this.file = file;
  }
}

/** Returns a failure as a value, for code that reports it instead of throwing it. */
export function problemOf<Code extends ErrorCode>(code: Code, facts?: FactsOf<Code>, detail?: string): Problem {
  return toProblem(new WorkbenchError<Code>(code, facts, detail));
}

export function toProblem(error: unknown): Problem {
  if (error instanceof WorkbenchError) {
    const { code, facts, detail, faultId, file } = error;
    return {
      code,
      ...(facts && { facts }),
      ...(detail !== undefined && { detail }),
      ...(faultId && { faultId }),
      ...(file !== undefined && { file }),
    };
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  if ("code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT")) {
    return { code: "disk-full", detail: cause.message };
  }
  return { code: "internal", detail: cause.stack ?? cause.message };
}

export function toError({ code, facts, detail, faultId, file }: Problem): WorkbenchError {
  return new WorkbenchError(code, facts, detail, faultId, file);
}
