interface Numbered {
  sequence: number;
}

export interface NumberedNews<News extends Numbered> {
  /** Applies one event in its turn. */
  tell: (news: News) => void;
  /** Called when a snapshot is being read: events are held back until it has arrived. */
  beginSnapshot: () => void;
  /** Called when a snapshot has arrived that includes all events up to this number. */
  endSnapshot: (sequence: number) => void;
}

/**
 * Applies events that say what changed, in order and each exactly once. If a number is missing, an event was lost, and
 * `onGap` must read a snapshot.
 */
export function numberedNews<News extends Numbered>(
  apply: (news: News) => void,
  onGap: () => void,
): NumberedNews<News> {
  /** Null until there is a snapshot. */
  let last: number | null = null;
  let waiting: News[] = [];

  function tell(news: News): void {
    if (last === null) waiting.push(news);
    else if (news.sequence === last + 1) {
      last = news.sequence;
      apply(news);
    } else if (news.sequence > last) onGap();
  }

  return {
    tell,
    beginSnapshot: () => {
      last = null;
      waiting = [];
    },
    endSnapshot: (sequence) => {
      last = sequence;
      const missed = waiting;
      waiting = [];
      for (const news of missed) tell(news);
    },
  };
}
