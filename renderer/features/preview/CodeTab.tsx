import { Play, Redo2, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { useKeysText } from "../../parts/useKeyText.ts";
import { LineDiffView } from "../../parts/LineDiffView.tsx";
import { Select } from "../../parts/Select.tsx";
import type { PageVersion } from "../../stores/pages/pageVersions.ts";
import { typedKey } from "../../stores/preview.ts";
import { useConversation, usePreview } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { CodeField, keysToRun } from "./CodeField.tsx";
import { FindInCode } from "./FindInCode.tsx";
import type { Highlight } from "./useHighlightedLines.ts";

export interface CodeTabProps {
  version: PageVersion;
  /** All versions of the page. */
  versions: readonly PageVersion[];
  highlight: Highlight;
}

/** The files of a page: to read, to change and run, or compared with those of another version. */
export function CodeTab({ version, versions, highlight }: CodeTabProps) {
  const say = useSay("preview");
  const keys = useKeysText(keysToRun);
  const { message, page } = version;
  const [chosen, setChosen] = useState(page.files[0]?.name ?? "");
  const file = page.files.find(({ name }) => name === chosen) ?? page.files[0];
  const typed = usePreview((state) => state.typed);
  const type = usePreview((state) => state.type);
  const runTyped = usePreview((state) => state.runTyped);
  const discard = usePreview((state) => state.discardTyped);
  const restore = usePreview((state) => state.restoreTyped);
  const canRestore = usePreview(({ discarded }) => discarded?.messageId === message.id);
  const setTab = usePreview((state) => state.setTab);
  const comparedWith = usePreview((state) => state.comparedWith);
  const compareWith = usePreview((state) => state.compareWith);
  const isWriting = useConversation(
    ({ conversation }) => conversation?.state === "ready" && conversation.value.chat.runId !== null,
  );
  const field = useRef<HTMLTextAreaElement>(null);
  if (file === undefined) return null;
  const code = typed[typedKey(message.id, file.name)] ?? file.text;
  const isChanged = page.files.some(({ name, text }) => (typed[typedKey(message.id, name)] ?? text) !== text);
  const other = versions.find((each) => each.message.id === comparedWith);
  const otherCode = other === undefined ? "" : fileOf(other, file.name, file === page.files[0]);
  const isReadOnly = isWriting || page.isPartial;
  const run = (): void => {
    if (isReadOnly) return;
    void runTyped().then((isRun) => isRun && setTab("page"));
  };
  return (
    <>
      <div className="preview-bar">
        {page.files.length > 1 ? (
          <Select aria-label={say("code.file")} value={file.name} onChange={({ target }) => setChosen(target.value)}>
            {page.files.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <bdi className="clip preview-file">{file.name}</bdi>
        )}
        {versions.length > 1 && (
          <Select
            aria-label={say("code.compare")}
            value={other?.message.id ?? ""}
            onChange={({ target }) => compareWith(target.value === "" ? null : target.value)}
          >
            <option value="">{say("code.compareNone")}</option>
            {versions
              .filter((each) => each !== version)
              .map((each) => (
                <option key={each.message.id} value={each.message.id}>
                  {say("code.compareWith", { number: each.number })}
                </option>
              ))}
          </Select>
        )}
        <span className="grow" />
        {other === undefined && <FindInCode field={field} />}
        <CopyTextButton label={say("code.copy")} text={() => code} />
        {isChanged && (
          <button type="button" className="text-button" onClick={discard}>
            <Undo2 size={16} aria-hidden />
            {say("code.dismiss")}
          </button>
        )}
        {!isChanged && canRestore && (
          <button type="button" className="text-button" onClick={restore}>
            <Redo2 size={16} aria-hidden />
            {say("code.restore")}
          </button>
        )}
        <button
          type="button"
          className="button preview-run"
          disabled={isReadOnly}
          onClick={run}
          title={say("code.runTip", { keys })}
        >
          <Play size={14} aria-hidden />
          {say(isChanged ? "code.runChanged" : "code.run")}
        </button>
      </div>
      {isChanged && other === undefined && <p className="preview-note">{say("code.becomesVersion")}</p>}
      {other === undefined ? (
        <CodeField
          key={`${message.id} ${file.name}`}
          code={code}
          language={languageOf(file.name)}
          label={say("code.label", { name: file.name })}
          isReadOnly={isReadOnly}
          highlight={highlight}
          field={field}
          onChange={(text) => type(message.id, file.name, text === file.text ? null : text)}
          onRun={run}
        />
      ) : (
        <div className="preview-diff">
          <LineDiffView
            before={other.number < version.number ? otherCode : code}
            after={other.number < version.number ? code : otherCode}
          />
        </div>
      )}
    </>
  );
}

/** Returns a file of a version, if it has it; the first file whatever its name is there. */
function fileOf({ page }: PageVersion, name: string, isFirst: boolean): string {
  return (page.files.find((file) => file.name === name) ?? (isFirst ? page.files[0] : undefined))?.text ?? "";
}

function languageOf(name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return { htm: "html", mjs: "javascript", svg: "xml" }[ending] ?? ending;
}
