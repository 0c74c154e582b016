import '@vaadin/button';
import '@vaadin/text-field';
import {VirtualList, type VirtualListRenderer} from '@vaadin/virtual-list';
import {html, render, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {clock, json, short, time} from '../core/format';
import {EventTail, type HubState, type LiveEvent} from '../core/hub';
import {link, place, setQuery} from '../core/router';
import {copyCurl} from '../ui/curl';
import {openDialog} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import {empty, failed} from '../ui/states';

const MAX_EVENTS = 5_000;
const FIRST_EVENTS = 100;

/** The organization's events as they happen, the newest first. */
@customElement('page-events')
export class PageEvents extends SpaceElement {
  @state() private connection: HubState = 'connecting';
  @state() private paused = false;
  @state() private error: unknown = null;
  @state() private count = 0;
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
        if (reason !== undefined) {
          this.error = new Error(reason);
        }
      },
    );
    try {
      const page = await call('GET /api/control-center/events', {query: {limit: FIRST_EVENTS, ...(this.#type ? {type: this.#type} : {})}});
      this.#add(page.items as LiveEvent[]);
    } catch (error) {
      this.error = error;
    }
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
    if (this.#frame === 0 && !this.paused) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#merge();
        this.#show();
      });
    }
  }

  #merge(): void {
    if (this.#arrived.length === 0) {
      return;
    }
    const all = [...this.#arrived, ...this.#events].sort((one, other) => (one.time < other.time ? 1 : one.time > other.time ? -1 : 0));
    this.#arrived = [];
    this.#events = all.slice(0, MAX_EVENTS);
    all.slice(MAX_EVENTS).forEach((event) => this.#known.delete(event.id));
  }

  #show(): void {
    const text = this.#text.toLowerCase();
    const shown =
      text === '' && this.#type === ''
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
        <span class="live ${this.connection === 'live' ? 'on' : ''}" role="status">${this.connection === 'live' ? 'Live' : 'Connecting…'}</span>
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
        ${this.count === 0 ? empty('No event matches. New events appear here as they happen.') : ''}
        <vaadin-virtual-list class="tail" ?hidden=${this.count === 0}></vaadin-virtual-list>
      </section>`;
  }

  #pause = (): void => {
    this.paused = !this.paused;
    this.#draw();
  };
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
