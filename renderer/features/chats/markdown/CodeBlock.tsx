import type { Element } from "hast";
import { useEffect, useState } from "react";
import { useSay } from "../../../texts.ts";
import { CopyTextButton } from "../../../parts/CopyTextButton.tsx";
import { answerTypesetter } from "./answerTypesetter.ts";
import type { HighlightedLine } from "./answerTree.ts";

/** Longer code is not highlighted, because that would take noticeably long. */
const maxHighlightedChars = 20_000;

export function CodeBlock({ node }: { node: Element }) {
  const say = useSay("chats");
  const { code, language } = readCode(node);
  const isClosed = node.properties["dataClosed"] === true;
  const lines = useHighlighted(code, isClosed ? language : null);
  return (
    <figure className="code">
      <figcaption>
        <span>{language ?? say("code.noLanguage")}</span>
        <CopyTextButton label={say("code.copy")} text={() => code} />
      </figcaption>
      <pre>
        <code>
          {lines
            ? lines.map((line, index) => (
                <span key={index}>
                  {line.map(({ text, color }, part) => (
                    <span key={part} style={{ color }}>
                      {text}
                    </span>
                  ))}
                  {index < lines.length - 1 ? "\n" : ""}
                </span>
              ))
            : code}
        </code>
      </pre>
    </figure>
  );
}

function readCode(node: Element): { code: string; language: string | null } {
  const inner = node.children.find((child) => child.type === "element");
  if (!inner) return { code: "", language: null };
  const code = inner.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  const classes = inner.properties.className;
  const named = Array.isArray(classes) ? classes.map(String).find((name) => name.startsWith("language-")) : undefined;
  const language = named?.slice("language-".length, "language-".length + 40) ?? null;
  return { code: code.replace(/\n$/, ""), language };
}

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
