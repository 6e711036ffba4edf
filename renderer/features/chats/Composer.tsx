import { ListPlus, StepForward } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { aboutTokens } from "../../../electron/contract/aboutTokens.ts";
import type { Draft } from "../../../electron/contract/chats.ts";
import { maxMessageChars } from "../../../electron/contract/maxMessageChars.ts";
import { messageOf } from "../../../electron/contract/messageOf.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import type { HowSent } from "../../stores/composer.ts";
import { stopAnswers } from "../../stores/moreAnswers.ts";
import { useMoreAnswers } from "../../stores/useMoreAnswers.ts";
import { useComposer, useConversation, useQueued, useRuns, useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { AskSeveralButton } from "./AskSeveralButton.tsx";
import { AttachButton } from "./AttachButton.tsx";
import { ContextGauge } from "./ContextGauge.tsx";
import { DocumentFolderChip } from "./DocumentFolderChip.tsx";
import { DraftDocuments } from "./DraftDocuments.tsx";
import { EditNote } from "./EditNote.tsx";
import { LoadingLine } from "./LoadingLine.tsx";
import { MessageDocuments } from "./MessageDocuments.tsx";
import { PastedChip } from "./PastedChip.tsx";
import { foldedChars, foldedDraft } from "./pastedTexts.ts";
import { PresetsButton } from "./PresetsButton.tsx";
import { RefusedDocuments } from "./RefusedDocuments.tsx";
import { replaceText } from "./replaceText.ts";
import { SearchInstead } from "./SearchInstead.tsx";
import { SendButton } from "./SendButton.tsx";
import { ServerLine } from "./ServerLine.tsx";
import { ThinkMenu } from "./ThinkMenu.tsx";
import { useDraftDocuments } from "./useDraftDocuments.ts";

/**
 * The text is kept only in the textarea. A keystroke updates no store and reads as little as possible; a long text that
 * is pasted stays out of the textarea, which lays out all of its text at each key.
 */
export function Composer() {
  const say = useSay("chats");
  const stores = useStores();
  const { composer, documents, presets, queued: queuedStore } = stores;
  const openId = useConversation((state) => state.openId);
  const editing = useComposer((state) => state.editing);
  const sending = useComposer((state) => state.sending);
  const problem = useComposer((state) => state.problem);
  const runsHere = useRuns(({ byChat }) => openId !== null && byChat[openId] !== undefined);
  const startsHere = useConversation(
    ({ conversation: shown }) => shown?.state === "ready" && shown.value.chat.runId !== null,
  );
  const hasMoreAnswers = useMoreAnswers(openId);
  const isWriting = runsHere || startsHere || hasMoreAnswers;
  const isReading = useConversation((state) => state.conversation?.state === "loading");
  const field = useRef<HTMLTextAreaElement>(null);
  const [initial] = useState(() =>
    foldedDraft(editing ? { draft: composer.editedText(), pasted: [] } : (composer.drafts.peek(openId) ?? nothing)),
  );
  const [hasWords, setHasWords] = useState(initial.draft !== "");
  const [pasted, setPasted] = useState<readonly string[]>(initial.pasted);
  const [isWaiting, setWaiting] = useState(false);
  const queued = useQueued(({ byChat }) => (openId === null ? undefined : byChat[openId]));
  const isEmpty = !hasWords && pasted.length === 0;
  const [isTooLong, setTooLong] = useState(false);
  /** What was to be sent before the chat was read; "joined": a draft has come to it, so that it was not sent. */
  const [early, setEarly] = useState<{ text: string } | "joined" | null>(null);
  const attached = useDraftDocuments();
  /** Why the message cannot be sent yet. */
  const held = editing ? null : attached.held;
  const edited = useConversation(({ conversation: shown }) =>
    editing && shown?.state === "ready" ? shown.value.messages.find(({ id }) => id === editing.messageId) : undefined,
  );
  const isReplyEdited = useComposer(({ editedRole }) => editedRole === "assistant");
  const pastedTokens = pasted.reduce((sum, text) => sum + aboutTokens(text), 0);

  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  const note = (texts: readonly string[]): void => {
    const element = field.current;
    if (!element) return;
    // What is being changed is not sent half-written.
    if (openId !== null) queuedStore.getState().cancel(openId);
    setEarly(null);
    const pastedNow = [...texts];
    // Not through the ref: it may be read after the field has left the page.
    const read = (): Draft => ({ draft: element.value, pasted: pastedNow });
    if (editing) composer.noteEdit(() => messageOf(read()));
    else composer.drafts.note(openId, read);
  };
  const changePasted = (texts: readonly string[]): void => {
    setPasted(texts);
    setTooLong(false);
    note(texts);
  };
  const isComposing = useRef(false);
  const show = useEffectEvent((shown: Draft): void => {
    const element = field.current;
    if (!element) return;
    const draft = foldedDraft(shown);
    replaceText(element, draft.draft);
    setHasWords(draft.draft !== "");
    setPasted(draft.pasted);
  });
  useEffect(
    () => (editing ? undefined : composer.drafts.attach(openId, { show, isBusy: () => isComposing.current })),
    [composer, editing, openId],
  );
  const onInput = (): void => {
    setHasWords((field.current?.textLength ?? 0) > 0);
    note(pasted);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    // Some programs put a picture of the text beside the text.
    if (files.length > 0 && !editing && event.clipboardData.getData("text/plain") === "") {
      event.preventDefault();
      void documents.getState().attach(files);
      return;
    }
    const text = event.clipboardData.getData("text/plain");
    if (text.length <= foldedChars) return;
    event.preventDefault();
    const texts = [...pasted, text.replaceAll(/\r\n?/gu, "\n")];
    const chars = messageOf({ draft: field.current?.value ?? "", pasted: texts }).length;
    if (chars > maxMessageChars) setTooLong(true);
    else changePasted(texts);
  };
  const unfold = (index: number): void => {
    const element = field.current;
    if (!element) return;
    const { textLength } = element;
    element.focus();
    element.setRangeText(`${textLength > 0 ? "\n\n" : ""}${pasted[index] ?? ""}`, textLength, textLength, "end");
    setHasWords(true);
    changePasted(pasted.filter((_, at) => at !== index));
  };
  const remove = (index: number): void => {
    field.current?.focus();
    changePasted(pasted.filter((_, at) => at !== index));
  };

  const typed = (): string => messageOf({ draft: field.current?.value ?? "", pasted: [...pasted] });
  /** How the last message was to be sent, for another try. */
  const lastHow = useRef<HowSent>({});
  const send = async (how: HowSent = {}): Promise<void> => {
    if (isWriting && editing) {
      setWaiting(true);
      return;
    }
    const draft = field.current?.value ?? "";
    if (isEmpty || sending || held !== null) return;
    if (isReading) {
      // Whether a draft comes with the chat, or a reply is being written in it, is not known yet.
      setEarly({ text: typed() });
      return;
    }
    // The pressed button turns into Stop, which the next Enter must not press.
    field.current?.focus();
    const text = typed();
    if (text.length > maxMessageChars) {
      setTooLong(true);
      return;
    }
    // Main refuses to ask several times while a reply is written: what waits for its end is answered once.
    if (isWriting && how.answers === undefined) {
      if (openId !== null && /\S/.test(text)) queuedStore.getState().queue(openId);
      return;
    }
    if (openId !== null) queuedStore.getState().cancel(openId);
    lastHow.current = how;
    // What is sent leaves the field as a change of the draft. What was typed meanwhile is the next one.
    await composer.getState().send(text, { draft, pasted: [...pasted] }, how);
  };
  const sendEarly = useEffectEvent((): void => {
    if (early === null || early === "joined") return;
    const isSame = early.text === typed();
    setEarly(isSame ? null : "joined");
    if (isSame) void send();
  });
  useEffect(() => {
    const timer = setTimeout(() => !isReading && sendEarly());
    return () => clearTimeout(timer);
  }, [isReading]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // During composition, Enter accepts a candidate; Chromium reports the closing Enter with keyCode 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.key === "ArrowUp" && isEmpty && !editing && !hasModifier(event)) {
      event.preventDefault();
      void composer.getState().editLast();
    } else if (event.key === "/" && isEmpty && !editing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      presets.getState().open();
    }
  };

  return (
    <div className="composer">
      <div className="composer-column">
        {problem && (
          <ProblemNotice
            problem={problem}
            safe={say("composer.textSafe")}
            onDismiss={() => composer.getState().dismissProblem()}
          >
            {problem.code === "documents-too-long" && !editing && (
              <SearchInstead onSearched={() => void send(lastHow.current)} />
            )}
          </ProblemNotice>
        )}
        {!editing && <RefusedDocuments />}
        {editing && (
          <EditNote
            isReply={isReplyEdited}
            isThought={editing.part === "thought"}
            hasThought={Boolean(edited?.thought)}
          />
        )}
        {queued === "waiting" && (
          <p className="composer-note">
            <output className="grow">{say("composer.queued")}</output>
            <button
              type="button"
              className="text-button"
              onClick={() => {
                field.current?.focus();
                if (openId !== null) queuedStore.getState().cancel(openId);
              }}
            >
              {say("composer.unqueue")}
            </button>
          </p>
        )}
        <div className="composer-box">
          <DocumentFolderChip />
          {!editing && <DraftDocuments />}
          {edited?.attachments && <MessageDocuments attachments={edited.attachments} />}
          {pasted.length > 0 && (
            <ul className="chips" aria-label={say("pasted.label")}>
              {pasted.map((text, index) => (
                // Two pasted texts may be equal.
                <PastedChip
                  key={index}
                  text={text}
                  number={pasted.length === 1 ? null : index + 1}
                  onUnfold={() => unfold(index)}
                  onRemove={() => remove(index)}
                />
              ))}
            </ul>
          )}
          <textarea
            ref={field}
            className="composer-field"
            dir="auto"
            aria-label={say("composer.message")}
            placeholder={say("composer.message")}
            rows={1}
            defaultValue={initial.draft}
            onInput={onInput}
            onPaste={onPaste}
            onKeyDown={onKeyDown}
            onBlur={() => composer.save()}
            onCompositionStart={() => (isComposing.current = true)}
            onCompositionEnd={() => {
              isComposing.current = false;
              composer.drafts.settle(openId);
            }}
          />
          <div className="composer-tools">
            {!editing && <AttachButton />}
            {!editing && <PresetsButton />}
            <ThinkMenu />
            <span className="grow" />
            <ContextGauge pastedTokens={pastedTokens} documentTokens={editing ? 0 : attached.tokens} typed={typed} />
            {isWriting && !isEmpty && !editing && queued !== "waiting" && (
              <IconButton label={say("composer.queue")} onClick={() => void send()}>
                <ListPlus size={16} aria-hidden />
              </IconButton>
            )}
            {isReplyEdited && !isWriting && (
              <IconButton
                label={say("composer.saveAndContinue")}
                disabled={isEmpty || sending}
                onClick={() => void send({ toContinue: true })}
              >
                <StepForward size={16} aria-hidden />
              </IconButton>
            )}
            {!editing && (
              <AskSeveralButton
                disabled={isEmpty || sending || held !== null || isReading || isWriting}
                hindrance={isEmpty ? say("votes.noMessage") : held === null ? null : say(`documents.${held}`)}
                onAsk={(answers) => void send({ answers })}
              />
            )}
            {isWriting ? (
              <SendButton isStop onClick={() => void stopAnswers(stores)} />
            ) : (
              <SendButton
                isSave={isReplyEdited}
                disabled={isEmpty || sending || held !== null}
                onClick={() => void send()}
              />
            )}
          </div>
        </div>
        <LoadingLine />
        <ServerLine />
        <output className="composer-hint">
          {isTooLong
            ? say("composer.tooLong", { count: maxMessageChars })
            : isWaiting && isWriting
              ? say("composer.waiting")
              : queued === "kept"
                ? say("composer.notSent")
                : sending && attached.count > 0 && !editing
                  ? say("documents.checking")
                  : held !== null
                    ? say(`documents.${held}`)
                    : early === null
                      ? ""
                      : say(early === "joined" ? "composer.joined" : "composer.early")}
        </output>
      </div>
    </div>
  );
}

const nothing: Draft = { draft: "", pasted: [] };

const hasModifier = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || shiftKey;
