import { Copy, Ellipsis } from "lucide-react";
import { useState } from "react";
import type { BenchmarkExportFormat, BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { Menu } from "../../parts/Menu.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useBenchmark, useShell } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { drawPicture } from "./drawPicture.ts";
import { resultPicture } from "./resultPicture.ts";

const formats: readonly { format: BenchmarkExportFormat; name: string }[] = [
  { format: "md", name: "Markdown" },
  { format: "csv", name: "CSV" },
  { format: "json", name: "JSON" },
  { format: "jsonl", name: "JSON Lines" },
];

export interface ExportMenuProps {
  results: readonly BenchmarkResult[];
  /** Undefined: they cannot be removed here. */
  onRemove?: (() => void) | undefined;
}

/** Copies or saves results in llama-bench's formats, or a single result as a picture. */
export function ExportMenu({ results, onRemove }: ExportMenuProps) {
  const texts = useTexts();
  const { say } = texts;
  const exported = useBenchmark((state) => state.exported);
  const copyText = useShell((state) => state.copyText);
  const saveFile = useShell((state) => state.saveFile);
  const [done, setDone] = useState("");
  const ids = results.map(({ id }) => id);
  const [first] = results;

  const copy = async (format: BenchmarkExportFormat): Promise<void> => {
    setDone("");
    const file = await exported(ids, format);
    if (file !== null && (await copyText(file.text))) setDone(say("benchmark:export.copied"));
  };
  const save = async (format: BenchmarkExportFormat): Promise<void> => {
    setDone("");
    const file = await exported(ids, format);
    if (file !== null) saved(await saveFile(file.fileName, file.text));
  };
  const savePicture = async (result: BenchmarkResult): Promise<void> => {
    setDone("");
    const fileName = `benchmark-${new Date(result.startedAt).toISOString().slice(0, 10)}.png`;
    saved(await saveFile(fileName, await drawPicture(resultPicture(texts, result))));
  };
  const saved = (name: string | null): void => {
    if (name !== null) setDone(say("benchmark:export.saved", { name }));
  };

  return (
    <div className="export">
      <output className="quiet small">{done}</output>
      <button type="button" className="button ghost" onClick={() => void copy("md")}>
        <Copy size={16} aria-hidden />
        {say("benchmark:export.copyTable")}
      </button>
      <Menu
        align="end"
        button={
          <IconButton label={say("benchmark:export.label")}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {formats.slice(1).map(({ format, name }) => (
          <MenuRow key={format} onClick={() => void copy(format)}>
            {say("benchmark:export.copy", { format: name })}
          </MenuRow>
        ))}
        <MenuLine />
        {formats.map(({ format, name }) => (
          <MenuRow key={format} onClick={() => void save(format)}>
            {say("benchmark:export.save", { format: name })}
          </MenuRow>
        ))}
        {first !== undefined && results.length === 1 && (
          <MenuRow onClick={() => void savePicture(first)}>{say("benchmark:export.savePicture")}</MenuRow>
        )}
        {onRemove !== undefined && (
          <>
            <MenuLine />
            <MenuRow isDanger onClick={onRemove}>
              {say("benchmark:history.remove")}
            </MenuRow>
          </>
        )}
      </Menu>
    </div>
  );
}
