import type { Download, DownloadStatus } from "../../electron/contract/downloads.ts";

/** A download is stalled after this many seconds without a byte. */
const stallSeconds = 4;

/** What the strip tells of all downloads that are neither failed nor done, as if they were one. */
export interface UnderWay {
  /** Of the only one; null if there are several. */
  name: string | null;
  /** Where it is shown: the screen of the only one, or that of the models. */
  hash: string;
  count: number;
  state: "waiting" | "starting" | "running" | "stalled" | "verifying" | "installing" | "paused" | "offline";
  /** Of all bytes, or of what is being verified or unpacked. Null while no size is known. */
  fraction: number | null;
  secondsLeft: number | null;
  /** Those that can be paused; if there are none, those that can be resumed. What waits for Offline is neither. */
  pausable: string[];
  resumable: string[];
}

export interface DownloadRows {
  underWay: UnderWay | null;
  failed: Download[];
  done: { download: Download; path: string }[];
}

/** Returns the rows of the strip of downloads. */
export function downloadRows(list: readonly Download[]): DownloadRows {
  const rows: DownloadRows = { underWay: null, failed: [], done: [] };
  const rest: Download[] = [];
  for (const download of list) {
    const { status } = download;
    if (status.state === "failed") rows.failed.push(download);
    else if (status.state === "done") rows.done.push({ download, path: status.path });
    else rest.push(download);
  }
  const [first] = rest;
  if (first !== undefined) rows.underWay = together(rest, first);
  return rows;
}

function together(downloads: readonly Download[], first: Download): UnderWay {
  const active = downloads.filter(({ status }) => status.state !== "paused");
  // The one that tells how it goes: the one that is furthest, since one runs at a time.
  const leading = downloads.toSorted((a, b) => rank(stateOf(a.status)) - rank(stateOf(b.status)))[0] ?? first;
  const state = stateOf(leading.status);
  const known = downloads.filter(({ sizeBytes }) => sizeBytes !== null && sizeBytes > 0);
  const size = known.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const received = known.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  const isOne = downloads.length === 1;
  const { bytesPerSecond } = leading;
  const secondsLeftOfAll = bytesPerSecond === null ? null : Math.round((size - received) / bytesPerSecond);
  const ofAll = size === 0 ? null : Math.min(1, received / size);
  return {
    name: isOne ? first.name : null,
    hash: isOne ? hashOf(first) : "#/models",
    count: downloads.length,
    state,
    fraction: isOne && "fraction" in first.status ? first.status.fraction : ofAll,
    secondsLeft: state === "running" ? (isOne ? first.secondsLeft : secondsLeftOfAll) : null,
    pausable: active.map(({ id }) => id),
    resumable: active.length > 0 ? [] : downloads.filter(isResumable).map(({ id }) => id),
  };
}

/** Returns the address of the screen that a download is shown on. */
export const hashOf = ({ component }: Download): string => (component === null ? "#/models" : "#/hardware/machine");

const isResumable = ({ status }: Download): boolean => stateOf(status) === "paused";

type ActiveState = UnderWay["state"];

function stateOf(status: DownloadStatus): ActiveState {
  switch (status.state) {
    case "queued":
      return "waiting";
    case "starting":
    case "verifying":
    case "installing":
      return status.state;
    case "paused":
      return status.reason === "offline" ? "offline" : "paused";
    case "retrying":
      return "stalled";
    case "running":
      return status.quietSeconds >= stallSeconds ? "stalled" : "running";
    case "failed":
    case "done":
      throw new Error(`A download that is ${status.state} is not under way`);
  }
}

const order: readonly ActiveState[] = [
  "running",
  "verifying",
  "installing",
  "stalled",
  "starting",
  "waiting",
  "offline",
  "paused",
];
const rank = (state: ActiveState): number => order.indexOf(state);
