import { type UIEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { useLlamaServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

const readEveryMs = 1000;
/** Within which somebody reads its end, and goes on reading that. */
const nearEndPx = 24;

/** The last lines that llama-server wrote. They are read while they are shown. */
export function LlamaServerLog({ isRunning }: { isRunning: boolean }) {
  const say = useSay("llamaServer");
  const log = useLlamaServer((state) => state.log);
  const readLog = useLlamaServer((state) => state.readLog);
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (!isOpen) return;
    void readLog();
    if (!isRunning) return;
    const timer = setInterval(() => void readLog(), readEveryMs);
    return () => clearInterval(timer);
  }, [isOpen, isRunning, readLog]);
  useLayoutEffect(() => {
    if (box.current !== null && isAtEnd.current && log !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [log]);
  const follow = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLElement>): void => {
    isAtEnd.current = scrollTop + clientHeight >= scrollHeight - nearEndPx;
  };
  return (
    <details className="llama-server-log" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say("window.log")}</summary>
      {log !== null &&
        (log.length === 0 ? (
          <p className="quiet">{say("window.noLog")}</p>
        ) : (
          <>
            {/* So that the arrow keys scroll it. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <section ref={box} tabIndex={0} aria-label={say("window.logIs")} onScroll={follow}>
              <pre className="small">{log.join("\n")}</pre>
            </section>
            <CopyTextButton label={say("window.copyLog")} text={() => log.join("\n")} />
          </>
        ))}
    </details>
  );
}
