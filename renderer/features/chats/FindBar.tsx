import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useAction } from "../../app/useAction.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useChatFind } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { focusComposer } from "./focusComposer.ts";

const findDelayMs = 150;
/** A longer selection was not made to look for it. */
const maxSelectedChars = 100;

/**
 * What is looked for in the open chat: Ctrl+F shows a field, a search only its count and the arrows. Esc closes it and
 * returns the focus to where it was.
 */
export function FindBar() {
  const say = useSay("chats");
  const { isOpen, query, hits, total, index, open, close, find, step } = useChatFind((state) => state);
  const [opened, setOpened] = useState(0);
  const before = useRef<Element | null>(null);
  const isLooking = query !== "";
  useAction("find", () => {
    const { activeElement } = document;
    if (activeElement?.closest(".find") === null) before.current = activeElement;
    open();
    setOpened((times) => times + 1);
    const selected = window.getSelection()?.toString().trim() ?? "";
    if (selected !== "" && selected.length <= maxSelectedChars && !selected.includes("\n")) void find(selected);
  });
  useAction("findNext", () => step(1), isLooking);
  useAction("findPrevious", () => step(-1), isLooking);
  if (!isOpen && !isLooking) return null;

  const leave = (): void => {
    close();
    const last = before.current;
    before.current = null;
    if (last instanceof HTMLElement && last !== document.body && last.isConnected) last.focus();
    else focusComposer();
  };
  const count =
    !isLooking || hits === null
      ? ""
      : total === 0
        ? say("find.nothing")
        : index === null
          ? say("find.count", { count: total })
          : say("find.at", { at: index + 1, count: total });
  return (
    // Esc, in whichever of its controls the focus is.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <search
      className="find"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        leave();
      }}
    >
      {isOpen && <FindField key={opened} query={query} onFind={find} onStep={step} />}
      <output className="figure find-count">{count}</output>
      <IconButton label={say("find.previous")} does="findPrevious" disabled={total === 0} onClick={() => step(-1)}>
        <ChevronUp size={16} aria-hidden />
      </IconButton>
      <IconButton label={say("find.next")} does="findNext" disabled={total === 0} onClick={() => step(1)}>
        <ChevronDown size={16} aria-hidden />
      </IconButton>
      <IconButton label={say("find.close")} onClick={leave}>
        <X size={16} aria-hidden />
      </IconButton>
      <span className="header-line" aria-hidden />
    </search>
  );
}

interface FindFieldProps {
  query: string;
  onFind: (query: string) => Promise<void>;
  onStep: (step: 1 | -1) => void;
}

function FindField({ query, onFind, onStep }: FindFieldProps) {
  const say = useSay("chats");
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(query);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
    return () => clearTimeout(timer.current);
  }, []);
  const ask = (typed: string): void => {
    clearTimeout(timer.current);
    asked.current = typed;
    void onFind(typed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    const typed = event.currentTarget.value;
    if (typed === asked.current) onStep(event.shiftKey ? -1 : 1);
    else ask(typed);
  };
  return (
    <span className="field find-field">
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="search"
        dir="auto"
        aria-label={say("find.label")}
        placeholder={say("find.label")}
        defaultValue={query}
        maxLength={500}
        spellCheck={false}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => ask(value), findDelayMs);
        }}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
