import { CircleAlert, CircleX, Info, type LucideIcon, Terminal, Trash2, Wand2, WifiOff } from "lucide-react";
import { useState } from "react";
import type { PreviewEntry } from "../../../electron/contract/preview.ts";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { IconButton } from "../../parts/IconButton.tsx";
import { Select } from "../../parts/Select.tsx";
import { usePreview } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { quotedLines } from "./quotedLines.ts";

export interface ConsoleTabProps {
  /** Puts a text into the message. */
  onQuote: (text: string) => void;
}

const icons: Record<PreviewEntry["level"], LucideIcon> = {
  log: Terminal,
  info: Info,
  note: Info,
  warn: CircleAlert,
  error: CircleX,
  network: WifiOff,
};
const classes: Partial<Record<PreviewEntry["level"], string>> = {
  error: "console-entry is-error",
  warn: "console-entry is-warn",
};
const filters = ["all", "error", "warn", "network"] as const;

/** What the page has written and which requests of it were refused. All of it is text of the page. */
export function ConsoleTab({ onQuote }: ConsoleTabProps) {
  const say = useSay("preview");
  const entries = usePreview((state) => state.entries);
  const dropped = usePreview((state) => state.dropped);
  const clear = usePreview((state) => state.clearConsole);
  const toChat = usePreview((state) => state.toChat);
  const [filter, setFilter] = useState<(typeof filters)[number]>("all");
  const shown = filter === "all" ? entries : entries.filter(({ level }) => level === filter);
  const words = ({ level, text }: PreviewEntry): string =>
    level === "network" ? say("console.noNetwork", { text }) : text;
  const asText = (entry: PreviewEntry): string =>
    [words(entry), placeOf(entry)].filter((part) => part !== "").join(" — ");
  const fix = (entry: PreviewEntry): void => {
    const place = placeOf(entry);
    const quote = quotedLines(place === "" ? words(entry) : `${words(entry)}\n(${place})`);
    toChat();
    onQuote(say("console.fixRequest", { quote }));
  };
  return (
    <>
      <div className="preview-bar">
        <Select
          aria-label={say("console.filter")}
          value={filter}
          onChange={({ target }) => setFilter(filters.find((each) => each === target.value) ?? "all")}
        >
          {filters.map((each) => (
            <option key={each} value={each}>
              {say(`console.filters.${each}`)}
            </option>
          ))}
        </Select>
        <span className="grow" />
        <CopyTextButton label={say("console.copy")} text={() => shown.map(asText).join("\n")} />
        <IconButton label={say("console.clear")} disabled={entries.length === 0} onClick={clear}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
      </div>
      {shown.length === 0 && (
        <p className="preview-empty">{say(filter === "all" ? "console.empty" : "console.noneOfThese")}</p>
      )}
      {dropped > 0 && <p className="preview-note">{say("console.dropped", { count: dropped })}</p>}
      <ol className="console-list">
        {shown.map((entry, index) => (
          <Entry key={index} entry={entry} words={words(entry)} onFix={() => fix(entry)} />
        ))}
      </ol>
    </>
  );
}

function Entry({ entry, words, onFix }: { entry: PreviewEntry; words: string; onFix: () => void }) {
  const say = useSay("preview");
  const figures = useFigures();
  const { level, count } = entry;
  const Icon = icons[level];
  const place = placeOf(entry);
  return (
    <li className={classes[level] ?? "console-entry"}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{say(`console.levels.${level}`)}</span>
      <span className="console-words">{words}</span>
      {count > 1 && (
        <span className="badge" title={say("console.times", { count })}>
          {figures.countShort(count)}
        </span>
      )}
      {place !== "" && <bdi className="console-place">{place}</bdi>}
      {level === "error" && (
        <button type="button" className="text-button" onClick={onFix}>
          <Wand2 size={14} aria-hidden />
          {say("console.fix")}
        </button>
      )}
    </li>
  );
}

const placeOf = ({ file, line }: PreviewEntry): string =>
  file === null || file === "" ? "" : line === null ? file : `${file}:${line}`;
