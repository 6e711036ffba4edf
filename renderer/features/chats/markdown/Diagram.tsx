import { Code, Download, Scaling } from "lucide-react";
import { type RefCallback, useEffect, useMemo, useRef, useState } from "react";
import { CopyTextButton } from "../../../parts/CopyTextButton.tsx";
import { IconButton } from "../../../parts/IconButton.tsx";
import { useShell } from "../../../stores/useStores.ts";
import { useSay } from "../../../texts.ts";
import { base64Of } from "./base64Of.ts";

/** `width` and `height`: in CSS pixels. `png`: null where only the space is kept. */
export interface DiagramPicture {
  png: Uint8Array<ArrayBuffer> | null;
  width: number;
  height: number;
}

export interface DiagramProps {
  place: RefCallback<HTMLElement>;
  code: string;
  picture: DiagramPicture;
  /** Whether it is shown in place of its code again, whose button had the focus. */
  isBack: boolean;
  onShowCode: () => void;
}

/** A diagram's picture, as wide as the answer at most, or at its own size to be scrolled. */
export function Diagram({ place, code, picture: { png, width, height }, isBack, onShowCode }: DiagramProps) {
  const say = useSay("chats");
  const saveFile = useShell((state) => state.saveFile);
  const address = useMemo(() => png && `data:image/png;base64,${base64Of(png)}`, [png]);
  const scroller = useRef<HTMLDivElement>(null);
  const [isFull, setFull] = useState(false);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWide(element.clientWidth < width));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  return (
    <figure ref={place} className="code">
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
              disabled={png === null}
              onClick={() => png !== null && void saveFile(`${say("diagram.fileName")}.png`, png)}
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
        ref={scroller}
        className={isFull && isWide ? "diagram-scroll is-full" : "diagram-scroll"}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={isFull && isWide ? 0 : undefined}
      >
        {address === null ? (
          <span className="diagram-space" style={{ width, aspectRatio: `${width} / ${height}` }} />
        ) : (
          <img src={address} width={width} height={height} alt={say("diagram.name")} />
        )}
      </div>
    </figure>
  );
}
