import { Menu } from "@base-ui/react/menu";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import type { BenchmarkExportFormat, BenchmarkResult } from "../../../electron/contract/benchmark.ts";
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

/** Copies or saves results in llama-bench's formats, or a single result as a picture. */
export function ExportMenu({ results }: { results: readonly BenchmarkResult[] }) {
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
    <span className="export">
      <output className="hint">{done}</output>
      <Menu.Root>
        <Menu.Trigger className="button">
          {say("benchmark:export.label")} <ChevronDown size={16} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4}>
            <Menu.Popup className="menu">
              {formats.map(({ format, name }) => (
                <Menu.Item key={format} className="menu-item" onClick={() => void copy(format)}>
                  {say("benchmark:export.copy", { format: name })}
                </Menu.Item>
              ))}
              <Menu.Separator className="menu-separator" />
              {formats.map(({ format, name }) => (
                <Menu.Item key={format} className="menu-item" onClick={() => void save(format)}>
                  {say("benchmark:export.save", { format: name })}
                </Menu.Item>
              ))}
              {first !== undefined && results.length === 1 && (
                <Menu.Item className="menu-item" onClick={() => void savePicture(first)}>
                  {say("benchmark:export.savePicture")}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </span>
  );
}
