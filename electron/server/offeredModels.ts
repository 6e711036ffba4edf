import { toError } from "../contract/errors.ts";
import { chooseModel, isOffered } from "../contract/modelChoice.ts";
import { isFile } from "../contract/modelKinds.ts";
import type { Model } from "../contract/models.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { ApiFailure } from "./ApiFailure.ts";

type Rooms = Pick<Workbench, "call">;

/** Resolves with the models that programs may use. */
export async function offeredModels(workbench: Rooms): Promise<Model[]> {
  return (await workbench.call("models.list", {})).filter(isOffered);
}

/** Resolves with the model of an id, or for null with the default one. Rejects if there is none or it does not work. */
export async function offeredModel(workbench: Rooms, id: string | null): Promise<Model> {
  if (id === null) {
    const { defaultModelId: byDefault } = await workbench.call("settings.get", {});
    const model = chooseModel(await offeredModels(workbench), { chosen: null, byDefault });
    if (model !== undefined) return model;
  }
  const models = await workbench.call("models.list", {});
  const model = models.find((one) => one.id === id && isFile(one));
  if (model === undefined) {
    const message = "There is no such model. GET /v1/models lists those that can be used.";
    throw new ApiFailure(404, { code: "model_not_found", message, param: "model" });
  }
  const [problem] = model.problems;
  if (problem !== undefined) throw toError(problem);
  return model;
}

/** Returns a model as /v1/models lists it, with llama-server's facts about it. */
export function listedModel({ id, contextLength, parameters, sizeBytes }: Model): object {
  return {
    id,
    object: "model",
    created: 0,
    owned_by: "r1-workbench",
    meta: { n_ctx_train: contextLength, n_params: parameters, size: sizeBytes },
  };
}
