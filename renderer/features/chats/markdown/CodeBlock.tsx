import type { Element } from "hast";
import { Workflow } from "lucide-react";
import { useState } from "react";
import { useSay } from "../../../texts.ts";
import { Code } from "./Code.tsx";
import { Diagram, type DiagramPicture } from "./Diagram.tsx";
import { DiagramTrouble } from "./DiagramTrouble.tsx";
import { useDiagram } from "./useDiagram.ts";
import { useIsNear } from "./useIsNear.ts";

/** A block of code; one of a Mermaid diagram, once it is complete, as a picture of it. */
export function CodeBlock({ node }: { node: Element }) {
  const { code, language } = readCode(node);
  const isClosed = node.properties["dataClosed"] === true;
  if (isClosed && language?.toLowerCase() === "mermaid") return <DiagramBlock code={code} language={language} />;
  return <Code code={code} language={language} isClosed={isClosed} />;
}

/** A diagram, or its code with why there is none. It is drawn while it is near, and afterwards its space is kept. */
function DiagramBlock({ code, language }: { code: string; language: string }) {
  const say = useSay("chats");
  const [place, isNear] = useIsNear();
  /** Null until one of them is asked for. */
  const [showsCode, setShowsCode] = useState<boolean | null>(null);
  const [space, setSpace] = useState<DiagramPicture | null>(null);
  const diagram = useDiagram(code, isNear);
  if (diagram?.state === "drawn" && (space?.width !== diagram.width || space.height !== diagram.height)) {
    setSpace({ png: null, width: diagram.width, height: diagram.height });
  }
  const picture = diagram === null ? space : diagram.state === "drawn" ? diagram : null;
  if (picture !== null && showsCode !== true) {
    const isBack = showsCode === false;
    return (
      <Diagram place={place} code={code} picture={picture} isBack={isBack} onShowCode={() => setShowsCode(true)} />
    );
  }
  return (
    <Code
      place={place}
      code={code}
      language={language}
      isClosed
      note={
        diagram !== null &&
        diagram.state !== "drawn" && (
          <DiagramTrouble code={code} diagram={diagram} onAgain={() => setShowsCode(false)} />
        )
      }
      // The picture takes the focus only from the code.
      onLeave={() => setShowsCode(null)}
    >
      {diagram === null && isNear && <output>{say("diagram.drawing")}</output>}
      {picture !== null && (
        // It comes in place of the button that was pressed.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        <button type="button" className="text-button" autoFocus onClick={() => setShowsCode(false)}>
          <Workflow size={16} aria-hidden />
          {say("diagram.showDiagram")}
        </button>
      )}
    </Code>
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
