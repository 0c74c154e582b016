import '@vaadin/button';
import '@vaadin/text-field';
import {VirtualList, type VirtualListRenderer} from '@vaadin/virtual-list';
import {html, render, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {clock, counted, json, number, short, time} from '../core/format';
import {EventTail, type HubState, type LiveEvent} from '../core/hub';
import {link, place, setQuery} from '../core/router';
import {copyCurl} from '../ui/curl';
import {openDialog} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import {empty, failed, loading} from '../ui/states';

const MAX_EVENTS = 5_000;
const PAGE_EVENTS = 100;
/** How many pages of older events are searched at once while none matches. */
const MAX_SEARCHED_PAGES = 10;

const CONNECTIONS: Record<HubState, string> = {connecting: 'Connecting…', live: 'Live', closed: 'Not connected'};

/** The organization's events as they happen, the newest first. */
@customElement('page-events')
export class PageEvents extends SpaceElement {
  @state() private connection: HubState = 'connecting';
  @state() private paused = false;
  @state() private error: unknown = null;
  @state() private count = 0;
  @state() private loaded = false;
  /** How many events came that are not shown yet. */
  @state() private waiting = 0;
  /** The cursor of the events before those that were read; null when there are none. */
  @state() private older: string | null = null;
  @state() private searching = false;
  /** Whether the list is scrolled away from the newest events: new ones would move what is read. */
  #reading = false;
  #events: LiveEvent[] = [];
  #arrived: LiveEvent[] = [];
  readonly #known = new Set<string>();
  readonly #texts = new WeakMap<LiveEvent, string>();
  #type = place().query.get('type') ?? '';
  #text = place().query.get('text') ?? '';
  #tail: EventTail | null = null;
  #frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tail?.close();
    cancelAnimationFrame(this.#frame);
  }

  async #start(): Promise<void> {
    this.error = null;
    // Joined first, so that nothing falls between the two; what comes both ways is dropped by its id.
    this.#tail ??= new EventTail(
      'events',
      (event) => this.#add([event]),
      (hub, reason) => {
        this.connection = hub;
        if (hub === 'closed') {
          this.#tail?.close();
          this.#tail = null;
        }
        if (reason !== undefined) {
          this.error = new Error(reason);
        }
      },
    );
    try {
      await this.#read(null);
      if (this.count === 0 && this.#filtered) {
        await this.#search();
      }
    } catch (error) {
      this.error = error;
    } finally {
      this.loaded = true;
    }
  }

  /** Reads the newest events, or those before a cursor. */
  async #read(cursor: string | null): Promise<void> {
    const {items, next_cursor} = await call('GET /api/control-center/events', {query: {limit: PAGE_EVENTS, ...(cursor === null ? {} : {cursor})}});
    const events = (items as LiveEvent[]).filter((event) => !this.#known.has(event.id));
    events.forEach((event) => this.#known.add(event.id));
    this.#keep([...this.#events, ...events]);
    this.older = this.#events.length < MAX_EVENTS ? next_cursor : null;
    this.#show();
  }

  /** Reads older events, page by page until one matches. */
  async #search(): Promise<void> {
    const before = this.count;
    this.searching = true;
    try {
      for (let page = 0; page < MAX_SEARCHED_PAGES && this.older !== null && this.count === before && this.isConnected; page++) {
        await this.#read(this.older);
      }
    } finally {
      this.searching = false;
    }
  }

  #more = (): void => {
    this.#search().catch((error: unknown) => (this.error = error));
  };

  get #filtered(): boolean {
    return this.#type !== '' || this.#text !== '';
  }

  #add(events: LiveEvent[]): void {
    for (const event of events) {
      if (!this.#known.has(event.id)) {
        this.#known.add(event.id);
        this.#arrived.push(event);
      }
    }
    this.#draw();
  }

  /** At most once a frame, however many events come. */
  #draw(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        if (this.paused || this.#reading) {
          this.#arrived.splice(0, this.#arrived.length - MAX_EVENTS).forEach((event) => this.#known.delete(event.id));
        } else {
          this.#merge();
          this.#show();
        }
        this.waiting = this.#arrived.length;
      });
    }
  }

  #merge(): void {
    if (this.#arrived.length === 0) {
      return;
    }
    const all = [...this.#arrived.sort(newestFirst), ...this.#events];
    this.#arrived = [];
    this.#keep(all);
  }

  #keep(all: LiveEvent[]): void {
    // Live events are newer than all that are there; only what was read meanwhile may be older.
    if (all.some((event, index) => index > 0 && newestFirst(all[index - 1] as LiveEvent, event) > 0)) {
      all.sort(newestFirst);
    }
    all.splice(MAX_EVENTS).forEach((event) => this.#known.delete(event.id));
    this.#events = all;
  }

  #show(): void {
    const text = this.#text.toLowerCase();
    const shown =
      !this.#filtered
        ? this.#events
        : this.#events.filter((event) => event.type.includes(this.#type) && (text === '' || this.#searched(event).includes(text)));
    this.count = shown.length;
    const list = this.querySelector<VirtualList<LiveEvent>>('vaadin-virtual-list');
    if (list !== null) {
      list.items = shown;
    }
  }

  /** The text that is searched, made once for each event. */
  #searched(event: LiveEvent): string {
    let text = this.#texts.get(event);
    if (text === undefined) {
      text = `${event.subject} ${event.source} ${event.request_id ?? ''} ${JSON.stringify(event.data)}`.toLowerCase();
      this.#texts.set(event, text);
    }
    return text;
  }

  #filter(change: () => void): void {
    change();
    setQuery({type: this.#type, text: this.#text});
    this.#show();
  }

  #scrolled = (event: Event): void => {
    const reading = (event.target as HTMLElement).scrollTop > 0;
    if (reading !== this.#reading) {
      this.#reading = reading;
      this.#draw();
    }
  };

  #toNewest = (): void => {
    this.querySelector<VirtualList<LiveEvent>>('vaadin-virtual-list')?.scrollToIndex(0);
    this.paused = false;
    this.#reading = false;
    this.#draw();
  };

  protected override firstUpdated(): void {
    const list = this.querySelector<VirtualList<LiveEvent>>('vaadin-virtual-list');
    if (list !== null) {
      list.renderer = row;
      list.setAttribute('aria-label', 'Events');
    }
    this.#show();
  }

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Events</h1>
        <span class="live ${this.connection === 'live' ? 'on' : ''}" role="status">${CONNECTIONS[this.connection]}</span>
      </header>
      <div class="toolbar">
        <vaadin-text-field
          label="Type"
          placeholder="funds_transferred"
          clear-button-visible
          .value=${this.#type}
          @value-changed=${(event: CustomEvent<{value: string}>) => this.#filter(() => (this.#type = event.detail.value.trim()))}
        ></vaadin-text-field>
        <vaadin-text-field
          label="Text"
          placeholder="subject, request id, payload"
          clear-button-visible
          .value=${this.#text}
          @value-changed=${(event: CustomEvent<{value: string}>) => this.#filter(() => (this.#text = event.detail.value.trim()))}
        ></vaadin-text-field>
        <vaadin-button aria-pressed=${this.paused} @click=${this.#pause}>${this.paused ? 'Continue' : 'Pause'}</vaadin-button>
        ${copyCurl('GET', '/api/control-center/events')}
      </div>
      ${this.error === null ? '' : failed(this.error, () => void this.#start())}
      <section class="card">
        ${this.waiting === 0
          ? ''
          : html`<p class="waiting"><vaadin-button theme="primary small" @click=${this.#toNewest}>Show ${counted(this.waiting, 'new event')}</vaadin-button></p>`}
        ${this.count > 0 ? '' : this.loaded && !this.searching ? empty(this.#nothing()) : loading()}
        <vaadin-virtual-list class="tail" ?hidden=${this.count === 0} @scroll=${this.#scrolled}></vaadin-virtual-list>
        ${this.older === null
          ? ''
          : html`<p><vaadin-button theme="small" ?disabled=${this.searching} @click=${this.#more}>${this.count === 0 ? 'Search older events' : 'Show older events'}</vaadin-button></p>`}
      </section>`;
  }

  #nothing(): string {
    return !this.#filtered
      ? 'There are no events yet. They appear here as they happen.'
      : this.older === null
        ? 'No event matches the filters.'
        : `None of the newest ${number(this.#events.length)} events matches the filters.`;
  }

  #pause = (): void => {
    this.paused = !this.paused;
    this.#draw();
  };
}

function newestFirst(one: LiveEvent, other: LiveEvent): number {
  return one.time < other.time ? 1 : one.time > other.time ? -1 : 0;
}

const row: VirtualListRenderer<LiveEvent> = (root, _list, {item}) => {
  render(
    html`<button class="tail-row" @click=${() => show(item)}>
      <span class="code">${clock(item.time)}</span><strong>${item.type}</strong><span>${item.source}</span><span class="code">${short(item.subject)}</span>
    </button>`,
    root,
  );
};

function show(event: LiveEvent): void {
  openDialog(
    event.type,
    (close) => html`<dl>
        <dt>Time</dt>
        <dd>${time(event.time)}</dd>
        <dt>Source</dt>
        <dd>${event.source}</dd>
        <dt>Subject</dt>
        <dd><code>${event.subject}</code></dd>
        <dt>Caused by</dt>
        <dd><code>${event.actor_id ?? '–'}</code></dd>
        <dt>Request</dt>
        <dd>${event.request_id ? html`<a href=${link(`/requests/${event.request_id}`)} @click=${close}>Explain ${event.request_id}</a>` : '–'}</dd>
      </dl>
      <h3>Payload</h3>
      <pre tabindex="0">${json(event.data)}</pre>`,
    true,
  );
}

export function page(): TemplateResult {
  return html`<page-events></page-events>`;
}
