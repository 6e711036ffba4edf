import { useEffect } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { ownedFileText } from "../../../electron/texts/ownedFileText.ts";
import { fitKey } from "../../stores/fit.ts";
import { useCatalog, useFit, useModels } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import { CardFacts } from "./CardFacts.tsx";
import { CardHead } from "./CardHead.tsx";
import { installedFit, subjectOf } from "./installedFit.ts";
import { UseFromCard } from "./UseFromCard.tsx";
import { useKnownSpeed } from "./useKnownSpeed.ts";

/** A model of the user's own on the card, in place of one to download. */
export function OwnModelCard({ model }: { model: Model }) {
  const say = useSay("models");
  const texts = useTexts();
  const loaded = useModels((state) => state.loaded);
  const usableBytes = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.usableBytes : null));
  const follow = useFit((state) => state.follow);
  const prediction = useFit(({ fits }) => fits[fitKey(subjectOf(model))]);
  useEffect(() => void follow([subjectOf(model)]), [model, follow]);
  const fit = installedFit(model, loaded, prediction, usableBytes);
  const speed = useKnownSpeed(model, prediction?.speed ?? null, fit);
  return (
    <>
      <div className="card-top">
        <CardHead name={model.name} isRecommended={false} action={<UseFromCard model={model} />}>
          {ownedFileText(texts, model.owner) ?? say("card.here")}
        </CardHead>
      </div>
      <CardFacts
        sizeBytes={model.sizeBytes}
        kind={model.quantization === "unknown" ? null : model.quantization}
        fit={fit}
        speed={speed}
      />
    </>
  );
}
