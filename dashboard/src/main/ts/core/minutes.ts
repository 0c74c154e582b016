const MINUTE_MILLIS = 60_000;

/** Counts events by the minute, for the last minutes. What it holds and costs does not grow with the number of events. */
export class MinuteCounts {
  readonly #counts = new Map<number, number>();

  /** @param minutes how many minutes are counted */
  constructor(private readonly minutes: number) {}

  /** Counts an event of this time (ISO 8601). */
  add(time: string): void {
    const minute = Math.floor(new Date(time).getTime() / MINUTE_MILLIS);
    this.#counts.set(minute, (this.#counts.get(minute) ?? 0) + 1);
    if (this.#counts.size > 2 * this.minutes) {
      const oldest = Math.floor(Date.now() / MINUTE_MILLIS) - this.minutes;
      [...this.#counts.keys()].filter((each) => each <= oldest).forEach((each) => this.#counts.delete(each));
    }
  }

  /** The counts of the minutes that end with the one of a time in milliseconds, the oldest first. */
  until(now: number): number[] {
    const last = Math.floor(now / MINUTE_MILLIS);
    return Array.from({length: this.minutes}, (_, index) => this.#counts.get(last - this.minutes + 1 + index) ?? 0);
  }
}
