/** What a person reads when something fails: what happened, and what to do next. */
interface ErrorText {
  readonly what: string;
  readonly next: string;
}

const text = (what: string, next: string): ErrorText => ({ what, next });

/**
 * The closed list of failures. A code without both sentences does not compile.
 * `message` of a thrown WorkbenchError carries the numbers of the case at hand.
 */
export const errorTexts = {
  // Engine
  "engine-start-failed": text("The engine could not start.", "Restart the app. If it happens again, reinstall it."),
  "engine-down": text("The engine stopped while it was working.", "The text so far is kept. Send the message again."),
  "engine-hung": text(
    "The engine stopped responding and was ended.",
    "The text so far is kept. Send the message again.",
  ),
  "engine-out-of-memory": text(
    "The engine ran out of memory.",
    "Choose a smaller model or a smaller context, or close other programs.",
  ),
  "engine-gave-up": text("The engine failed three times in a row.", "Look at the reason, then start it again."),
  "engine-busy": text("The engine is busy with another reply.", "Wait for it to finish, or stop it."),
  // Model files
  "model-not-found": text("There is no such model.", "Choose a model from the list."),
  "model-file-missing": text("The model file was not found.", "Check the path, or put the file back."),
  "model-file-empty": text("The model file is empty.", "Get the file again."),
  "model-is-folder": text("This is a folder, not a model file.", "Choose a .gguf file inside it."),
  "model-file-unreadable": text("The model file cannot be read.", "Check the file's permissions and the disk."),
  "model-not-gguf": text("This is not a GGUF file.", "Choose a file in GGUF format."),
  "model-version-unsupported": text("This GGUF version is not supported.", "Get the model in GGUF version 2 or 3."),
  "model-truncated": text("The model file ends too early.", "Get the file again; the download was not complete."),
  "model-header-invalid": text("The model file's header is damaged.", "Get the file again from a source you trust."),
  "model-not-chat": text("This model is not made for chat.", "Choose a chat model such as an R1 distill."),
  "model-architecture-unsupported": text(
    "The engine does not support this model's architecture.",
    "Choose another model, or update the app.",
  ),
  "model-too-large": text("The model does not fit into memory.", "Choose a smaller model or a smaller context."),
  "model-changed": text(
    "The model file has changed since it was downloaded.",
    "Delete it and download it again. If you replaced it yourself, give your file another name.",
  ),
  "model-load-failed": text("The model could not be loaded.", "Try again, or choose another model."),
  "model-template-failed": text(
    "The model's chat template could not be used.",
    "Choose another model, or get this one from another source.",
  ),
  "model-crashed-engine": text(
    "The engine crashed while it worked with this model.",
    "Choose another model, or load this one again.",
  ),
  "model-in-use": text("The model is being used for a reply.", "Wait for the reply, or stop it."),
  "model-not-deletable": text("This app cannot delete the model.", "Delete it in the app that it belongs to."),
  "model-trash-failed": text("The file could not be moved to the trash.", "Delete it in the file manager."),
  // Prompts
  "prompt-empty": text("The message is empty.", "Write something first."),
  "prompt-too-long": text("The message is too long to store.", "Shorten it or split it."),
  "context-exceeded": text(
    "The conversation does not fit into the context.",
    "Choose a larger context, shorten the message, or start a new chat.",
  ),
  "text-not-utf8": text("The text is not valid UTF-8.", "Save it as UTF-8 and try again."),
  "messages-invalid": text("The list of messages is not valid.", "Check it against the documented format."),
  // Chats and runs
  "chat-not-found": text("This chat no longer exists.", "Choose another chat."),
  "chat-busy": text("A reply is still being written in this chat.", "Wait for it, or stop it."),
  "message-not-found": text("This message no longer exists.", "Open the chat again."),
  "chat-damaged": text(
    "This chat's stored details were changed on the disk by something other than this app.",
    "Its title, draft, system prompt or settings may be lost. Its messages are checked separately.",
  ),
  "chat-plain": text(
    "The window stopped working twice while a chat was open, so it was opened without that chat.",
    "You can read the chat as plain text, and go back to the usual view from there.",
  ),
  "message-damaged": text(
    "This message was changed on the disk by something other than this app.",
    "Compare it with your memory or a backup; the rest of the chat is not affected.",
  ),
  "run-not-found": text("This reply is no longer being written.", "Open the chat again."),
  // The hub
  "hub-unreachable": text(
    "The hub could not be reached.",
    "Check the connection, and the hub's address in Settings. What was downloaded is kept.",
  ),
  "hub-not-trusted": text(
    "The hub's certificate cannot be trusted.",
    "Nothing was sent or received. Check the hub's address and this machine's date, or try another network.",
  ),
  "hub-refused": text("The hub refused the request.", "Try again later, or choose another source."),
  "hub-not-found": text("The hub has no such repository or file.", "Check the name, or choose another source."),
  "hub-gated": text(
    "The authors share this model only with people who accept their terms.",
    "Accept the terms on the model's page, then set your hub token in Settings.",
  ),
  "hub-token-refused": text("The hub did not accept the token.", "Set a valid token in Settings, or remove it."),
  "hub-busy": text("The hub asked the app to wait.", "The request is repeated automatically; nothing is lost."),
  "hub-answer-invalid": text(
    "The hub's answer could not be understood.",
    "A sign-in page or a proxy may be in between. Check the connection and try again.",
  ),
  "hub-address-invalid": text("This is not a usable hub address.", "Write it as https://host, without a path."),
  "hub-not-agreed": text(
    "You have not agreed to connect to this hub.",
    "Try again and choose Connect, or set another address in Settings.",
  ),
  "hub-redirect-refused": text(
    "The hub redirected the download to a server that is not trusted.",
    "Try another source. Nothing was sent to that server or received from it.",
  ),
  "proxy-failed": text("The proxy did not let the request through.", "Check the system's proxy settings."),
  // Downloads
  "download-not-found": text("This download no longer exists.", "Start it again from the list."),
  "download-in-use": text(
    "This model is being downloaded elsewhere on this machine.",
    "Wait for it, or stop it there.",
  ),
  "download-name-refused": text(
    "The file's name cannot be used on this machine.",
    "Choose another file or repository; nothing was written.",
  ),
  "download-incomplete-set": text("Parts of this model are missing on the hub.", "Choose another source."),
  "download-changed": text(
    "The file on the hub changed while it was downloaded.",
    "The download starts over with the new file, so that the two are never mixed.",
  ),
  "download-mismatch": text(
    "The file's hash is not the one that the hub states.",
    "The file is kept but not used. Resume the download to fetch its wrong parts again.",
  ),
  "download-unverifiable": text(
    "The hub states no hash for this file, so it cannot be verified.",
    "Download it only if you trust the source.",
  ),
  "download-disk-full": text(
    "There is not enough free space on the disk.",
    "Free some space, then resume. What was downloaded is kept.",
  ),
  "download-disk-failed": text(
    "The download could not be written to the disk.",
    "Check the disk and the folder's permissions, then resume.",
  ),
  "download-file-exists": text(
    "Another file with this name is in the models folder.",
    "Rename or delete that file, then resume.",
  ),
  // Benchmarks
  "benchmark-running": text("A benchmark is running.", "Wait for it to finish, or stop it."),
  "benchmark-nothing-to-measure": text(
    "None of the benchmark's tests can be run.",
    "Choose a smaller model or smaller tests, or close other programs.",
  ),
  "benchmark-too-slow": text(
    "The benchmark ran out of time before anything was measured.",
    "Give it more time, or choose a smaller model or smaller tests.",
  ),
  "benchmark-not-found": text("This benchmark result no longer exists.", "Choose another result."),
  "benchmark-damaged": text(
    "A benchmark result could not be read and was set aside.",
    "The others are not affected. The damaged file is kept in the benchmarks folder.",
  ),
  // Tuning
  "tune-running": text("This machine is being tuned.", "Wait for it to finish, or stop it."),
  "tune-nothing-to-apply": text("There is no proposal to apply.", "Tune for this machine first."),
  "tune-nothing-to-undo": text("There is no tuning to undo.", "The model's settings are as you chose them."),
  // Store and settings
  "store-failed": text("The chats could not be read or written.", "Restart the app. Nothing was deleted."),
  "store-corrupt": text(
    "The chat store was damaged and has been set aside.",
    "The original is kept in the quarantine folder.",
  ),
  "store-newer": text("The chats were written by a newer version of this app.", "Update the app."),
  "settings-damaged": text(
    "The settings could not be read; earlier ones or the defaults are used.",
    "The damaged file is kept. Check your settings.",
  ),
  "file-blocked": text(
    "Something else is in the place of one of the app's own files.",
    "Move it elsewhere, then start the app again. It was not changed.",
  ),
  "file-not-saved": text("The file could not be saved.", "Choose another folder, or check this one's permissions."),
  "disk-full": text("The disk is full.", "Free some space; what you typed is still here."),
  "output-not-written": text(
    "The output could not be written.",
    "Free some space or write the output elsewhere, then run the command again.",
  ),
  "home-not-made": text(
    "The app's folder cannot be created.",
    "Check the permissions there, or set R1_WORKBENCH_HOME to another folder.",
  ),
  // The window
  "message-not-drawn": text(
    "This message could not be displayed.",
    "Its text is shown as it was written. To report the problem, give this id and its entry in logs/faults.log in the app's folder.",
  ),
  "screen-not-drawn": text(
    "This part of the window could not be displayed.",
    "Nothing is lost. Try again. If it happens again, report this id and its entry in logs/faults.log in the app's folder.",
  ),
  "window-not-drawn": text(
    "The window could not be displayed.",
    "Your chats are safe. Load the window again. If it happens again, report this id and its entry in logs/faults.log in the app's folder.",
  ),
  // Doors
  "input-invalid": text("The request was not valid.", "This is a fault in the app; please report it."),
  usage: text("The command was not understood.", "Run `r1 --help`."),
  "link-refused": text("Links of this kind are not opened.", "Only http, https and mailto links are."),
  internal: text(
    "Something unexpected went wrong.",
    "Try again. If it happens again, report this id and its entry in logs/faults.log in the app's folder.",
  ),
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errorTexts;

/**
 * A failure as it crosses a process boundary. `message` is for people, `detail` for bug reports. Stacks and folder
 * names stay in the log and never reach the page or the terminal (workbench/faults/FaultLog.ts).
 */
export interface Problem {
  code: ErrorCode;
  message: string;
  detail?: string | undefined;
  /** Names the entry in the log that has the details. */
  faultId?: string | undefined;
}

/** A call's answer: failures are values, so that they survive every boundary with their code. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Problem };

/** The one error class that may cross rooms. Without `message`, the code's own sentence is used. */
export class WorkbenchError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly faultId: string | undefined;

  constructor(code: ErrorCode, message?: string, detail?: string, faultId?: string) {
    super(message ?? errorTexts[code].what);
    this.name = "WorkbenchError";
    this.code = code;
    this.detail = detail;
    this.faultId = faultId;
  }
}

export function toProblem(error: unknown): Problem {
  if (error instanceof WorkbenchError) {
    const { code, message, detail, faultId } = error;
    return { code, message, detail, ...(faultId === undefined ? {} : { faultId }) };
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  if ("code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT")) {
    return { code: "disk-full", message: errorTexts["disk-full"].what, detail: cause.message };
  }
  return { code: "internal", message: errorTexts.internal.what, detail: cause.stack ?? cause.message };
}

export function toError(problem: Problem): WorkbenchError {
  return new WorkbenchError(problem.code, problem.message, problem.detail, problem.faultId);
}
