interface Numbered {
  sequence: number;
}

export interface NumberedNews<News extends Numbered> {
  /** Applies one piece of news in its turn. */
  tell: (news: News) => void;
  /** A snapshot is being read: news is kept until it is there. */
  beginSnapshot: () => void;
  /** The snapshot holds all news up to this number. */
  endSnapshot: (sequence: number) => void;
}

/**
 * Applies news that says what changed, in order and each once. Where a number is missing, something was not told, and
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
