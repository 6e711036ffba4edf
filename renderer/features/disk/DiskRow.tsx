import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { DiskEntry } from "../../../electron/contract/disk.ts";
import { PathName } from "../../parts/PathName.tsx";
import { useFigures, useSay } from "../../texts.ts";

export interface DiskRowProps {
  entry: DiskEntry;
  onShow: () => void;
  /** Null if it cannot be erased by itself. */
  onErase: (() => void) | null;
}

/** What is kept of one kind: its purpose, its size, and on request its files. */
export function DiskRow({ entry, onShow, onErase }: DiskRowProps) {
  const say = useSay("disk");
  const figures = useFigures();
  const list = useId();
  const [isOpen, setOpen] = useState(false);
  const { kind, places, isOutside, sizeBytes, count, files } = entry;
  const name = say(`kinds.${kind}.name`);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <tr className={isOpen ? "is-open" : undefined}>
        <th scope="row" className="is-words" aria-label={name}>
          <button
            type="button"
            className="disk-name"
            aria-expanded={isOpen}
            aria-controls={list}
            aria-label={say("filesNamed", { what: name })}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={16} aria-hidden />
            {name}
          </button>
          <p className="quiet small">
            {say(`kinds.${kind}.text`)} {isOutside && <span className="tight">{say("outside")}</span>}
          </p>
        </th>
        <td className="is-figure">{figures.count(count)}</td>
        <td className="is-figure">{figures.bytes(sizeBytes)}</td>
        <td className="disk-actions">
          <button type="button" className="button ghost" aria-label={say("openNamed", { what: name })} onClick={onShow}>
            {say("open")}
          </button>
          {onErase && (
            <button
              type="button"
              className="button ghost is-danger"
              aria-label={say("eraseNamed", { what: name })}
              onClick={onErase}
            >
              {say("erase")}
            </button>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr id={list} className="disk-files">
          <td colSpan={4} className="is-words">
            {places.length > 1 ? null : (
              <p className="path">
                <PathName path={places[0] ?? ""} />
              </p>
            )}
            <ul>
              {files.map((file) => (
                <li key={file.path}>
                  <span className="path">
                    <PathName path={shortened(file.path, places)} />
                  </span>
                  <span className="quiet small">{figures.bytes(file.sizeBytes)}</span>
                </li>
              ))}
            </ul>
            {count > files.length && <p className="quiet small">{say("more", { count: count - files.length })}</p>}
          </td>
        </tr>
      )}
    </>
  );
}

/** Returns the path below the only place, or the whole one. */
function shortened(path: string, places: readonly string[]): string {
  const [place = ""] = places;
  return places.length === 1 && path.length > place.length ? path.slice(place.length + 1) : path;
}
