import { useState } from "react";
import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { isOffered } from "../../../electron/contract/modelChoice.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { Select } from "../../parts/Select.tsx";
import { SetupField } from "../../parts/SetupField.tsx";
import { useModelForNewChats } from "../../stores/useChosenModel.ts";
import { useModels, useSettings } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";
import { apiAddresses } from "./apiAddresses.ts";
import type { DrawCode } from "./drawCode.ts";
import { apiKeyPlaceholder, type ApiProgram, apiProgramNames, apiPrograms, apiSnippet } from "./apiSnippet.ts";

/** The largest context that a model gets by itself, in tokens. */
const usualContext = 16_384;

/** What each program needs to use the server, with its address and a model of this computer. */
export function ApiServerExamples({ info, drawCode }: { info: ApiServerInfo; drawCode: DrawCode }) {
  const say = useSay("apiServer");
  const list = useModels((state) => state.list);
  const usual = useModelForNewChats();
  const contextSize = useSettings(({ settings }) => settings?.contextSize ?? null);
  const [program, setProgram] = useState<ApiProgram>("curl");
  const [modelId, setModelId] = useState<string | null>(null);
  const known = list.state === "ready" ? list.value : [];
  const models = known.filter(isOffered);
  const find = (id: string | undefined) => models.find((each) => each.id === id);
  const model = find(modelId ?? usual?.id) ?? find(usual?.id) ?? models[0];
  if (model === undefined) return null;
  const [address] = apiAddresses(info);
  const { code, language } = apiSnippet(program, {
    address,
    modelId: model.id,
    contextSize: Math.min(model.contextLength ?? usualContext, contextSize ?? usualContext),
  });
  return (
    <section className="api-examples" aria-labelledby="api-examples">
      <SectionHead id="api-examples" title={say("examples.title")} />
      <div className="setting-line">
        <SetupField label={say("examples.program")}>
          <Select value={program} onChange={({ target }) => setProgram(target.value as ApiProgram)}>
            {apiPrograms.map((each) => (
              <option key={each} value={each}>
                {apiProgramNames[each]}
              </option>
            ))}
          </Select>
        </SetupField>
        <SetupField label={say("examples.model")}>
          <Select value={model.id} onChange={({ target }) => setModelId(target.value)}>
            {models.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </SetupField>
      </div>
      {drawCode(code, language)}
      <p className="hint">
        {joinSentences(texts, [
          say(`examples.${program}`),
          program === "zed" ? null : say("examples.key", { placeholder: apiKeyPlaceholder }),
        ])}
      </p>
    </section>
  );
}
