import { type Problem, problemOf } from "../../contract/errors.ts";
import type { GgufFacts } from "../../contract/models.ts";
import { architectureKind, isR1Architecture } from "./architectures.ts";
import { type Container, readContainer } from "./container.ts";
import { damagedHeader } from "./damagedHeader.ts";
import { type Hyperparameters, readHyperparameters } from "./hyperparameters.ts";
import { matrixGroups } from "./matrixGroups.ts";
import { modelFamily } from "./modelFamily.ts";
import { modelShape } from "./modelShape.ts";
import { openModelFile } from "./openModelFile.ts";
import { quantizationName } from "./quantization.ts";
import { samplingAdvice } from "./samplingAdvice.ts";
import { readAllParts } from "./splitFiles.ts";
import type { Tensor } from "./tensors.ts";
import { checkTokenizer, readChatTemplate } from "./tokenizer.ts";

/**
 * Reads and validates the header of a GGUF file before native code sees it, because llama.cpp's own reader can be made
 * to abort or hang. Rejects with a `model-…` code for files that must not be opened. A valid file that just cannot chat
 * has the reasons in `problems`. Reads only the header, in pieces, at most 256 MB of it.
 */
export async function readFacts(path: string): Promise<GgufFacts> {
  return await openModelFile(path, async (file, fileBytes) => {
    const container = await readContainer(file, fileBytes);
    const { sizeBytes, tensors } = await readAllParts(path, container, fileBytes);
    if (tensors.length === 0) throw damagedHeader("it holds no weights");
    return judge(container, tensors, sizeBytes);
  });
}

function judge(container: Container, tensors: Tensor[], sizeBytes: number): GgufFacts {
  const { values, vocabulary } = container;
  const architecture = values.get("general.architecture");
  if (typeof architecture !== "string" || !/^[\w.-]{1,64}$/.test(architecture)) {
    throw damagedHeader("it names no architecture");
  }
  const kind = architectureKind(architecture);
  const chatTemplate = readChatTemplate(container);
  const family = modelFamily(chatTemplate, vocabulary);
  const decoder = kind === "chat" && isWholeModel(container);
  const parameters = decoder ? readHyperparameters(container, architecture) : null;
  const problems: Problem[] = [];
  if (parameters !== null) {
    problems.push(...checkTokenizer(container));
    if (isR1Architecture(architecture)) checkEmbeddings(tensors, parameters, vocabulary.count);
    if (problems.length === 0 && chatTemplate === null && family === "other") {
      problems.push(problemOf("model-not-chat", { case: "noTemplate" }));
    }
    if (values.has(`${architecture}.pooling_type`) && family === "other") {
      problems.push(problemOf("model-not-chat", { case: "embeddings" }));
    }
  } else if (kind === "unknown") {
    problems.push(problemOf("model-architecture-unsupported", { case: "unknown", architecture }));
  } else {
    problems.push(problemOf("model-not-chat", { case: "companion", architecture }));
  }
  return {
    architecture,
    name: text(values.get("general.name")),
    parameters: tensors.reduce((sum, { weights }) => sum + weights, 0),
    quantization: quantizationName(values.get("general.file_type"), tensors),
    contextLength: parameters?.contextLength ?? null,
    layers: parameters?.layers ?? null,
    sizeBytes,
    chatTemplate,
    licence: text(values.get("general.license.name")) ?? text(values.get("general.license")),
    family,
    shape: parameters === null ? null : modelShape(parameters, tensors, vocabulary.count),
    matrices: parameters === null ? [] : matrixGroups(tensors),
    sampling: samplingAdvice(values),
    problems,
  };
}

/** Adapters, projectors and similar files have another `general.type`. */
function isWholeModel({ values }: Container): boolean {
  const type = values.get("general.type");
  return type === undefined || type === "model";
}

function checkEmbeddings(tensors: Tensor[], { width }: Hyperparameters, tokens: number): void {
  const embeddings = tensors.find(({ name }) => name === "token_embd.weight");
  if (embeddings === undefined) throw damagedHeader("it has no token embeddings");
  const [columns, rows] = embeddings.dimensions;
  if (columns !== width || rows !== tokens) {
    throw damagedHeader(`its token embeddings are ${columns} × ${rows} instead of ${width} × ${tokens}`);
  }
}

/** Returns a name that is safe to show: one line, no control characters, limited length. */
function text(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const clean = value
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 200);
  return clean === "" ? null : clean;
}
