import { Download, ListOrdered, WrapText } from "lucide-react";
import { memo, type ReactNode, type RefCallback, useEffect, useMemo, useState } from "react";
import { CopyTextButton } from "../../../parts/CopyTextButton.tsx";
import { IconButton } from "../../../parts/IconButton.tsx";
import { useCodeView, useShell } from "../../../stores/useStores.ts";
import { useSay } from "../../../texts.ts";
import { answerTypesetter } from "./answerTypesetter.ts";
import type { HighlightedLine } from "./answerTree.ts";
import { codeFileName } from "./codeFileName.ts";

/** Longer code is not highlighted, because that would take noticeably long. */
const maxHighlightedChars = 20_000;

export interface CodeProps {
  place?: RefCallback<HTMLElement>;
  code: string;
  language: string | null;
  isClosed: boolean;
  /** What is said about it, below its head. */
  note?: ReactNode;
  /** Called when the focus leaves the lines. */
  onLeave?: () => void;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** Lines of code, highlighted, with what can be done with them: copied, saved, wrapped, numbered. */
export function Code({ place, code, language, isClosed, note, onLeave, children }: CodeProps) {
  const say = useSay("chats");
  const lines = useHighlighted(code, isClosed ? language : null);
  const wraps = useCodeView((state) => state.wraps);
  const hasNumbers = useCodeView((state) => state.hasNumbers);
  return (
    <figure ref={place} className="code">
      <figcaption>
        <span>{language ?? say("code.noLanguage")}</span>
        <span className="code-actions">
          {children}
          <CodeActions code={code} language={language} />
        </span>
      </figcaption>
      {note}
      {/* So that the arrow keys scroll to the end of long lines. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <pre className={wraps ? "is-wrapped" : undefined} tabIndex={0} onBlur={onLeave}>
        <code className={hasNumbers ? "is-numbered" : undefined}>
          {hasNumbers ? <NumberedLines code={code} lines={lines} /> : lines ? lines.map(drawLine) : code}
        </code>
      </pre>
    </figure>
  );
}

interface CodeActionsProps {
  code: string;
  language: string | null;
}

/** What can be done with code. All but copying is faint until the pointer or the focus is in its block. */
function CodeActions({ code, language }: CodeActionsProps) {
  const say = useSay("chats");
  const saveFile = useShell((state) => state.saveFile);
  const wraps = useCodeView((state) => state.wraps);
  const hasNumbers = useCodeView((state) => state.hasNumbers);
  const change = useCodeView((state) => state.change);
  return (
    <span className="code-actions">
      <span className="code-more">
        <IconButton small label={say("code.wrap")} aria-pressed={wraps} onClick={() => change({ wraps: !wraps })}>
          <WrapText size={16} aria-hidden />
        </IconButton>
        <IconButton
          small
          label={say("code.numbers")}
          aria-pressed={hasNumbers}
          onClick={() => change({ hasNumbers: !hasNumbers })}
        >
          <ListOrdered size={16} aria-hidden />
        </IconButton>
        <IconButton
          small
          label={say("code.save")}
          onClick={() => void saveFile(codeFileName(say("code.fileName"), language), `${code}\n`)}
        >
          <Download size={16} aria-hidden />
        </IconButton>
      </span>
      <CopyTextButton label={say("code.copy")} text={() => code} />
    </span>
  );
}

function drawLine(line: HighlightedLine, index: number, all: readonly HighlightedLine[]): ReactNode {
  return (
    <span key={index}>
      {line.map(({ text, color }, part) => (
        <span key={part} style={{ color }}>
          {text}
        </span>
      ))}
      {index < all.length - 1 ? "\n" : ""}
    </span>
  );
}

/** The lines of code with their numbers, which the style sheet adds, so that they are never copied. */
function NumberedLines({ code, lines }: { code: string; lines: HighlightedLine[] | null }) {
  const texts = useMemo(() => code.split("\n"), [code]);
  return texts.map((text, index) => (
    <NumberedLine key={index} text={text} parts={lines?.[index] ?? null} isLast={index === texts.length - 1} />
  ));
}

interface NumberedLineProps {
  text: string;
  parts: HighlightedLine | null;
  isLast: boolean;
}

/** While code grows, only its last line is drawn again. */
const NumberedLine = memo(function NumberedLine({ text, parts, isLast }: NumberedLineProps) {
  return (
    <span className="code-line">
      {parts === null
        ? text
        : parts.map((part, index) => (
            <span key={index} style={{ color: part.color }}>
              {part.text}
            </span>
          ))}
      {isLast ? "" : "\n"}
    </span>
  );
});

function useHighlighted(code: string, language: string | null): HighlightedLine[] | null {
  const [result, setResult] = useState<{ code: string; lines: HighlightedLine[] } | null>(null);
  useEffect(() => {
    if (language === null || code.length > maxHighlightedChars) return;
    let isCurrent = true;
    void answerTypesetter()
      .highlight(code, language)
      .then((lines) => {
        if (isCurrent && lines) setResult({ code, lines });
      });
    return () => {
      isCurrent = false;
    };
  }, [code, language]);
  return result?.code === code ? result.lines : null;
}
