import { type KeyboardEvent, memo, type Ref, useId, useRef } from "react";
import { useKeysText } from "../../parts/useKeyText.ts";
import { useSay } from "../../texts.ts";
import { type Highlight, type HighlightedLine, useHighlightedLines } from "./useHighlightedLines.ts";

export interface CodeFieldProps {
  code: string;
  language: string;
  label: string;
  isReadOnly: boolean;
  highlight: Highlight;
  field: Ref<HTMLTextAreaElement>;
  onChange: (code: string) => void;
  onRun: () => void;
}

/** What runs the page, in Electron's notation. */
export const keysToRun = "CmdOrCtrl+Enter";

/** Code to read and to change: a text field over the same text in colours. Tab indents; after Esc, it leaves the field. */
export function CodeField({ code, language, label, isReadOnly, highlight, field, onChange, onRun }: CodeFieldProps) {
  const say = useSay("preview");
  const keys = useKeysText(keysToRun);
  const lines = useHighlightedLines(code, language, highlight);
  const leaves = useRef(false);
  const keysId = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (key === "Enter" && (ctrlKey || metaKey)) {
      event.preventDefault();
      onRun();
      return;
    }
    if (key === "Escape") {
      // Else it would stop the reply.
      event.preventDefault();
      leaves.current = true;
      return;
    }
    if (key !== "Tab" || ctrlKey || metaKey || altKey) {
      if (key !== "Shift") leaves.current = false;
      return;
    }
    if (leaves.current || isReadOnly) return;
    event.preventDefault();
    indent(event.currentTarget, shiftKey);
  };
  return (
    <div className="code-field">
      <p id={keysId} hidden>
        {say("code.keys", { keys })}
      </p>
      <div className="code-field-inner">
        <pre aria-hidden>
          {lines.map((line, index) => (
            <Line key={index} line={line} />
          ))}
        </pre>
        <textarea
          ref={field}
          value={code}
          aria-label={label}
          aria-describedby={isReadOnly ? undefined : keysId}
          readOnly={isReadOnly}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          wrap="off"
          onChange={({ target }) => onChange(target.value)}
          onBlur={() => {
            leaves.current = false;
          }}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

/** A key that is pressed draws only the line anew that it changes. */
const Line = memo(
  function Line({ line }: { line: HighlightedLine }) {
    return (
      <div>
        {line.map(({ text, color }, part) => (
          <span key={part} style={{ color }}>
            {text}
          </span>
        ))}
        {"\n"}
      </div>
    );
  },
  ({ line: before }, { line }) =>
    before === line ||
    (before.length === line.length &&
      before.every(({ text, color }, part) => text === line[part]?.text && color === line[part].color)),
);

/** Indents the selected lines by two spaces, or the reverse. Undone by the field as if it had been typed. */
function indent(field: HTMLTextAreaElement, isLess: boolean): void {
  const { value, selectionStart, selectionEnd } = field;
  const lineStart = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const isOneLine = !value.slice(selectionStart, selectionEnd).includes("\n");
  if (isOneLine && !isLess) {
    document.execCommand("insertText", false, "  ");
    return;
  }
  const before = value.slice(lineStart, selectionEnd);
  const after = isLess ? before.replaceAll(/^(?: {1,2}|\t)/gm, "") : before.replaceAll(/^(?=.)/gm, "  ");
  if (after === before) return;
  field.setSelectionRange(lineStart, selectionEnd);
  // Without words to insert, nothing would happen.
  document.execCommand(after === "" ? "delete" : "insertText", false, after);
  if (isOneLine) {
    const at = Math.max(lineStart, selectionStart - (before.length - after.length));
    field.setSelectionRange(at, at);
  } else field.setSelectionRange(lineStart, lineStart + after.length);
}
