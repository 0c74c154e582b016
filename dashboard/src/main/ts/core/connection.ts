const FIRST_PAUSE_MILLIS = 1_000;
const LONGEST_PAUSE_MILLIS = 15_000;

/** Whether the server can be reached. Event: `change`. While it cannot, its health is asked for until it answers. */
class Connection extends EventTarget {
  away = false;
  #lostAt = 0;
  #pause = FIRST_PAUSE_MILLIS;

  /** A request did not reach the server. */
  lost(): void {
    this.#lostAt = performance.now();
    if (!this.away) {
      this.away = true;
      this.#pause = FIRST_PAUSE_MILLIS;
      this.dispatchEvent(new Event('change'));
      this.#later();
    }
  }

  /**
   * The server answered a request. A request that began before the server was lost proves nothing: its answer was on the way.
   *
   * @param began when the request began, of `performance.now()`
   */
  reached(began: number): void {
    if (this.away && began > this.#lostAt) {
      this.away = false;
      this.dispatchEvent(new Event('change'));
    }
  }

  /** Tries now. */
  async retry(): Promise<void> {
    const began = performance.now();
    try {
      const response = await fetch('/api/health', {signal: AbortSignal.timeout(5_000)});
      if (response.ok) {
        this.reached(began);
      }
    } catch {
      // Still away: the next try is scheduled already.
    }
  }

  #later(): void {
    setTimeout(async () => {
      await this.retry();
      if (this.away) {
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLIS);
        this.#later();
      }
    }, this.#pause);
  }
}

export const connection = new Connection();
