import { componentTitles } from "../../contract/componentNames.ts";
import type { Download, DownloadStatus } from "../../contract/downloads.ts";
import type { Problem } from "../../contract/errors.ts";
import { modelNameOf, partPaths, withoutQuantization } from "../hub/hubPaths.ts";
import type { DownloadPlan } from "./DownloadPlan.ts";
import { SpeedMeter } from "./SpeedMeter.ts";

export interface DownloadEntryOptions {
  id: string;
  plan: DownloadPlan;
  status: DownloadStatus;
  receivedBytes: number;
  onChange: () => void;
}

/**
 * One download in the queue: what it fetches, how much has been received, and its status (states in
 * `contract/downloads.ts`). No other object stores any of these.
 */
export class DownloadEntry {
  readonly id: string;
  plan: DownloadPlan;
  /** Why it had to start over, if it did. */
  restarted: Problem | null = null;
  readonly #onChange: () => void;
  #status: DownloadStatus;
  #receivedBytes: number;
  #meter = new SpeedMeter();

  constructor({ id, plan, status, receivedBytes, onChange }: DownloadEntryOptions) {
    this.id = id;
    this.plan = plan;
    this.#status = status;
    this.#receivedBytes = receivedBytes;
    this.#onChange = onChange;
  }

  get state(): DownloadStatus["state"] {
    return this.#status.state;
  }

  get isPausedOffline(): boolean {
    return this.#status.state === "paused" && this.#status.reason === "offline";
  }

  enter(status: DownloadStatus): void {
    if (status.state === "starting") this.#meter = new SpeedMeter();
    this.#status = status;
    this.#onChange();
  }

  /** Sets the number of received bytes, as stored on the disk. */
  setReceived(bytes: number): void {
    this.#receivedBytes = bytes;
    this.#onChange();
  }

  /** Adds bytes that arrived, or subtracts bytes that turned out to be corrupt. */
  receive(change: number): void {
    if (change > 0) this.#meter.add(change);
    this.setReceived(this.#receivedBytes + change);
  }

  /** @param position in the queue, from 1; used only while it is queued */
  describe(position: number): Download {
    const { file, component, source } = this.plan;
    const sizeBytes = source?.parts.reduce((sum, part) => sum + part.sizeBytes, 0) ?? null;
    const receivedBytes = Math.max(0, Math.min(this.#receivedBytes, sizeBytes ?? Infinity));
    const bytesPerSecond = this.state === "running" ? this.#meter.bytesPerSecond() : null;
    const isPaced = sizeBytes !== null && bytesPerSecond !== null && bytesPerSecond > 0;
    return {
      id: this.id,
      name: component === null ? withoutQuantization(modelNameOf(file?.path ?? "")) : componentTitles[component],
      file,
      component,
      commit: source?.commit ?? null,
      parts: source?.parts.length ?? (file && partPaths(file.path)?.length) ?? 1,
      sizeBytes,
      receivedBytes,
      bytesPerSecond,
      secondsLeft: isPaced ? Math.ceil((sizeBytes - receivedBytes) / bytesPerSecond) : null,
      restarted: this.restarted,
      status: this.#describeStatus(position),
    };
  }

  #describeStatus(position: number): DownloadStatus {
    if (this.#status.state === "queued") return { state: "queued", position };
    if (this.#status.state === "running") return { state: "running", quietSeconds: this.#meter.quietSeconds() };
    return this.#status;
  }
}
