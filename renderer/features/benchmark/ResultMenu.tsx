import { Copy, Ellipsis } from "lucide-react";
import { useState } from "react";
import type { BenchmarkExportFormat } from "../../../electron/contract/benchmark.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { Menu } from "../../parts/Menu.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useShell } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { drawPicture } from "./drawPicture.ts";
import type { Picture } from "./PictureSheet.ts";

const formats: readonly { format: BenchmarkExportFormat; name: string }[] = [
  { format: "md", name: "Markdown" },
  { format: "csv", name: "CSV" },
  { format: "json", name: "JSON" },
  { format: "jsonl", name: "JSON Lines" },
];

export interface ResultMenuProps {
  /** Resolves with null if it failed. */
  exported: (format: BenchmarkExportFormat) => Promise<{ fileName: string; text: string } | null>;
  /** Of a single result. Null: there are several. */
  picture: { fileName: string; draw: () => Picture } | null;
  /** Undefined: they cannot be removed here. */
  onRemove?: (() => void) | undefined;
}

/** Copies or saves results in a format, or a single result as a picture. */
export function ResultMenu({ exported, picture, onRemove }: ResultMenuProps) {
  const { say } = useTexts();
  const copyText = useShell((state) => state.copyText);
  const saveFile = useShell((state) => state.saveFile);
  const [done, setDone] = useState("");

  const copy = async (format: BenchmarkExportFormat): Promise<void> => {
    setDone("");
    const file = await exported(format);
    if (file !== null && (await copyText(file.text))) setDone(say("benchmark:export.copied"));
  };
  const save = async (format: BenchmarkExportFormat): Promise<void> => {
    setDone("");
    const file = await exported(format);
    if (file !== null) saved(await saveFile(file.fileName, file.text));
  };
  const savePicture = async ({ fileName, draw }: NonNullable<ResultMenuProps["picture"]>): Promise<void> => {
    setDone("");
    saved(await saveFile(fileName, await drawPicture(draw())));
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
        {picture !== null && (
          <MenuRow onClick={() => void savePicture(picture)}>{say("benchmark:export.savePicture")}</MenuRow>
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
