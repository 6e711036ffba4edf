import { useId, useRef, useState } from "react";
import type { ServerSetup } from "../../../electron/contract/llamaServer.ts";
import {
  isWorkerAddress,
  leastServerContext,
  mostServerContext,
  mostWorkers,
  usualServerContext,
} from "../../../electron/contract/llamaServerLimits.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { useLlamaServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** What llama-server is to run, as rows of a `pairs` list. */
export function LlamaServerSetup({ setup, models }: { setup: ServerSetup; models: readonly FileModel[] }) {
  const say = useSay("llamaServer");
  const setUp = useLlamaServer((state) => state.setUp);
  return (
    <>
      <SelectRow
        label={say("window.model")}
        value={models.some(({ id }) => id === setup.modelId) ? (setup.modelId ?? "") : ""}
        hint={say("window.modelHint")}
        onChange={(id) => void setUp({ modelId: id === "" ? null : id })}
      >
        <option value="">{say("window.noModel")}</option>
        {models.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectRow>
      <NumberField
        key={`context ${setup.contextSize}`}
        label={say("window.context")}
        unit={say("window.contextUnit")}
        placeholder={String(usualServerContext)}
        value={setup.contextSize}
        min={leastServerContext}
        max={mostServerContext}
        hint={say("window.contextHint")}
        onChange={(contextSize) => void setUp({ contextSize: contextSize ?? usualServerContext })}
      />
      <Workers key={setup.workers.join()} workers={setup.workers} />
    </>
  );
}

/** The addresses of the workers, in one field. Saved on blur or Enter; what was declined is asked again on Enter only. */
function Workers({ workers }: { workers: string[] }) {
  const say = useSay("llamaServer");
  const setUp = useLlamaServer((state) => state.setUp);
  const [typed, setTyped] = useState(workers.join(", "));
  const fieldId = useId();
  const hintId = useId();
  const given = typed.split(/[\s,，、]+/).filter((address) => address !== "");
  const isValid = given.length <= mostWorkers && given.every(isWorkerAddress);
  const isKept = given.join() === workers.join();
  /** What main was given last: it asks in a dialog, and the field loses the focus to that. */
  const asked = useRef(workers.join());
  const keep = (): void => {
    if (!isValid || isKept) return;
    asked.current = given.join();
    void setUp({ workers: given });
  };
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{say("window.workers")}</label>
      </dt>
      <dd>
        <span className="setting-line">
          <input
            id={fieldId}
            className="figure path-field"
            autoComplete="off"
            spellCheck={false}
            placeholder={say("window.workersExample")}
            value={typed}
            aria-invalid={!isValid}
            aria-describedby={hintId}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={() => given.join() !== asked.current && keep()}
            onKeyDown={({ key }) => key === "Enter" && keep()}
          />
        </span>
        <p id={hintId} className={isValid ? "hint" : "hint is-wrong"}>
          {say(!isValid ? "window.workersWrong" : isKept ? "window.workersHint" : "window.workersUnused")}
        </p>
      </dd>
    </>
  );
}
