import { Code, Download, Scaling } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { DrawnDiagram } from "../../../../electron/contract/diagrams.ts";
import { CopyTextButton } from "../../../parts/CopyTextButton.tsx";
import { IconButton } from "../../../parts/IconButton.tsx";
import { useShell } from "../../../stores/useStores.ts";
import { useSay } from "../../../texts.ts";
import { base64Of } from "./base64Of.ts";

export interface DiagramProps {
  code: string;
  diagram: Extract<DrawnDiagram, { state: "drawn" }>;
  /** Whether it is shown in place of its code again, whose button had the focus. */
  isBack: boolean;
  onShowCode: () => void;
}

/** A diagram's picture, as wide as the answer at most, or at its own size to be scrolled. */
export function Diagram({ code, diagram: { png, width }, isBack, onShowCode }: DiagramProps) {
  const say = useSay("chats");
  const saveFile = useShell((state) => state.saveFile);
  const address = useMemo(() => `data:image/png;base64,${base64Of(png)}`, [png]);
  const place = useRef<HTMLDivElement>(null);
  const [isFull, setFull] = useState(false);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWide(element.clientWidth < width));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  return (
    <figure className="code">
      <figcaption>
        <span>{say("diagram.name")}</span>
        <span className="code-actions">
          <span className="code-more">
            {isWide && (
              <IconButton small label={say("diagram.fullSize")} aria-pressed={isFull} onClick={() => setFull(!isFull)}>
                <Scaling size={16} aria-hidden />
              </IconButton>
            )}
            <IconButton
              small
              label={say("diagram.save")}
              onClick={() => void saveFile(`${say("diagram.fileName")}.png`, png)}
            >
              <Download size={16} aria-hidden />
            </IconButton>
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
            <IconButton small label={say("diagram.showCode")} autoFocus={isBack} onClick={onShowCode}>
              <Code size={16} aria-hidden />
            </IconButton>
          </span>
          <CopyTextButton label={say("code.copy")} text={() => code} />
        </span>
      </figcaption>
      {/* So that the arrow keys scroll it. */}
      <div
        ref={place}
        className={isFull && isWide ? "diagram-scroll is-full" : "diagram-scroll"}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={isFull && isWide ? 0 : undefined}
      >
        <img src={address} width={width} alt={say("diagram.name")} />
      </div>
    </figure>
  );
}
