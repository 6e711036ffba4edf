import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { PreviewBounds } from "../../../electron/contract/preview.ts";
import { usePreview } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useCovered } from "./useCovered.ts";

export interface PageViewProps {
  /** Whether something else of the preview is shown in its place, or the divider is being moved. */
  isHidden: boolean;
  /** Told when its size has changed. */
  onSize: (size: string) => void;
}

/** In pixels, as these devices have them. */
const widths = { phone: 390, tablet: 768, full: Number.POSITIVE_INFINITY };

/** How often a picture is asked for while there is none. */
const mostTries = 20;
const betweenTriesMs = 500;

/**
 * The place in which main draws the page, above everything of the window. While something else must be above, a picture
 * of the page is there.
 */
export function PageView({ isHidden, onSize }: PageViewProps) {
  const say = useSay("preview");
  const width = usePreview((state) => state.width);
  const place = usePreview((state) => state.place);
  const takePicture = usePreview((state) => state.picture);
  const area = useRef<HTMLDivElement>(null);
  const [bounds, setBounds] = useState<PreviewBounds | null>(null);
  const [picture, setPicture] = useState<Uint8Array | null>(null);
  const isCovered = useCovered(area);
  const isAway = isHidden || isCovered;
  /** Counts the changes, since a picture takes a while. */
  const turn = useRef(0);

  useLayoutEffect(() => {
    const measure = (): void => {
      const box = area.current?.getBoundingClientRect();
      // While another tab is shown, it has no place.
      if (box === undefined || box.width === 0) return;
      const next = { x: box.x, y: box.y, width: box.width, height: box.height };
      setBounds((before) => (before !== null && isSame(before, next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const each of [
      area.current,
      ...document.querySelectorAll(".shell, .screen, .banners, .chat-split, .preview"),
    ]) {
      if (each) observer.observe(each);
    }
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, []);

  useEffect(() => {
    if (bounds !== null) onSize(say("size", { width: Math.round(bounds.width), height: Math.round(bounds.height) }));
  }, [bounds, say, onSize]);

  useEffect(() => {
    turn.current += 1;
    const own = turn.current;
    if (!isAway) {
      if (bounds !== null) place(bounds);
      // Where the page is again, its picture is no more needed.
      const frame = requestAnimationFrame(() => own === turn.current && setPicture(null));
      return () => cancelAnimationFrame(frame);
    }
    void (async () => {
      for (let tries = 0; tries < mostTries; tries++) {
        const taken = await takePicture();
        if (own !== turn.current) return;
        setPicture(taken);
        if (tries === 0) requestAnimationFrame(() => own === turn.current && place(null));
        if (taken !== null) return;
        // A page that draws slowly has its picture later.
        await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
        if (own !== turn.current) return;
      }
    })();
    return undefined;
  }, [isAway, bounds, place, takePicture]);
  useEffect(
    () => () => {
      // What is still waited for would hide the page that is shown next.
      turn.current += 1;
      place(null);
    },
    [place],
  );

  return (
    <div className="preview-page">
      <div
        ref={area}
        className="preview-area"
        style={Number.isFinite(widths[width]) ? { maxWidth: widths[width] } : undefined}
        data-testid="preview-area"
      >
        {picture !== null && isAway && <Picture bytes={picture} />}
      </div>
    </div>
  );
}

/** Drawn on a canvas, so that no address of a picture is needed. */
function Picture({ bytes }: { bytes: Uint8Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isCurrent = true;
    void createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" })).then(
      (image) => {
        const element = canvas.current;
        if (!isCurrent || element === null) return;
        element.width = image.width;
        element.height = image.height;
        element.getContext("2d")?.drawImage(image, 0, 0);
      },
      // A picture that cannot be read leaves the place empty.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [bytes]);
  return <canvas ref={canvas} className="preview-picture" aria-hidden />;
}

const isSame = (one: PreviewBounds, other: PreviewBounds): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
