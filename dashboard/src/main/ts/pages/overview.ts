import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {ago, counted, words} from '../core/format';
import {EventTail, type LiveEvent} from '../core/hub';
import {MinuteCounts} from '../core/minutes';
import {link} from '../core/router';
import {registry} from '../shell/registry';
import {SpaceElement} from '../ui/element';
import '../ui/plugin-module';
import {badge, empty, failed, loading} from '../ui/states';

const MINUTES = 30;
const MAX_PAGES = 5;
const HEALTH_PAUSE_MILLIS = 15_000;

/** The first page: what state the platform is in, what happened, and the widgets of the plugins. */
@customElement('page-overview')
export class PageOverview extends SpaceElement {
  @state() private dashboard: Api.DashboardView | null = null;
  @state() private health: Api.DeepHealthView | null = null;
  @state() private error: unknown = null;
  @state() private now = Date.now();
  readonly #minutes = new MinuteCounts(MINUTES);
  /** The events that were counted until the past ones were: an event may come both ways. */
  readonly #known = new Set<string>();
  #pastCounted = false;
  #tail: EventTail | null = null;
  #timer = 0;
  #frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    if (caller.can('GET /api/control-center/events')) {
      this.#tail = new EventTail('events', this.#count, () => undefined);
    }
    void this.#load();
    this.#timer = window.setInterval(() => {
      this.now = Date.now();
      void (this.dashboard === null ? this.#load() : this.#check());
    }, HEALTH_PAUSE_MILLIS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tail?.close();
    clearInterval(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  async #load(): Promise<void> {
    try {
      this.dashboard = await call('GET /api/frontend/dashboard');
      this.error = null;
      await Promise.all([this.#check(), this.#past()]);
    } catch (error) {
      this.error = error;
    }
  }

  async #check(): Promise<void> {
    if (caller.can('GET /api/control-center/monitoring/deep-health')) {
      try {
        this.health = await call('GET /api/control-center/monitoring/deep-health');
        this.error = null;
      } catch (error) {
        this.error = error;
      }
    }
  }

  /** The events of the last minutes, as far as five pages go. */
  async #past(): Promise<void> {
    if (this.#tail === null || this.#pastCounted) {
      return;
    }
    const since = new Date(Date.now() - MINUTES * 60_000).toISOString();
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES && (page === 0 || cursor !== undefined); page++) {
      const answer = await call('GET /api/control-center/events', {query: {since, limit: 100, ...(cursor ? {cursor} : {})}});
      answer.items.forEach(this.#count);
      cursor = answer.next_cursor ?? undefined;
    }
    this.#pastCounted = true;
  }

  #count = ({id, time}: Pick<LiveEvent, 'id' | 'time'>): void => {
    if (this.#known.has(id)) {
      return;
    }
    if (!this.#pastCounted) {
      this.#known.add(id);
    }
    this.#minutes.add(time);
    // At most once a frame, however many events come.
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.now = Date.now();
    });
  };

  protected override render(): TemplateResult {
    const {dashboard} = this;
    if (dashboard === null) {
      return this.error === null ? loading() : failed(this.error, () => void this.#load());
    }
    const widgets = registry.modules.flatMap((plugin) => plugin.widgets.map((widget) => ({plugin, widget})));
    return html`<header class="page-header"><h1>Overview</h1><p>${dashboard.organization.name}</p></header>
      ${this.error === null ? '' : failed(this.error, () => void this.#load())}
      <div class="stats">
        ${this.health === null
          ? ''
          : stat('Health', badge(this.health.status), `${this.health.checks.filter((check) => check.status === 'ok').length} of ${this.health.checks.length} checks ok`)}
        ${stat('Plugins', html`${dashboard.plugins.filter((plugin) => plugin.state === 'enabled').length}`, `enabled of ${dashboard.plugins.length}`)}
        ${stat('Notifications', html`${dashboard.unread.count}${dashboard.unread.more ? '+' : ''}`, 'unread')}
        ${dashboard.user.limits.requests_per_minute
          ? stat('Your limit', html`${dashboard.user.limits.requests_per_minute}`, 'gateway requests per minute')
          : ''}
      </div>
      ${this.#tail === null ? '' : this.#rate()}
      <div class="grid">
        ${widgets.map(
          ({plugin, widget}) =>
            html`<div class="card widget">
              <header><h2>${widget.title}</h2><small>${plugin.name}</small></header>
              <space-plugin-module .plugin=${plugin.plugin} .module=${widget.module}></space-plugin-module>
            </div>`,
        )}
        ${this.#checks()} ${recent(dashboard.recent)}
      </div>`;
  }

  #rate(): TemplateResult {
    const bars = this.#minutes.until(this.now);
    const total = bars.reduce((sum, each) => sum + each, 0);
    const highest = Math.max(1, ...bars);
    const last = bars.at(-1) ?? 0;
    return html`<section class="card">
      <header><h2>Events per minute</h2><a href="#/events">Live events</a></header>
      <svg class="spark" viewBox="0 0 ${MINUTES * 10} 40" preserveAspectRatio="none" role="img" aria-label="Events per minute in the last ${MINUTES} minutes; ${last} in this one, ${highest} at the most">
        ${bars.map((count, index) => bar(index, (count / highest) * 38))}
      </svg>
      <small>Last ${MINUTES} minutes · ${counted(total, 'event')} · at most ${highest} a minute</small>
    </section>`;
  }

  #checks(): TemplateResult | string {
    const bad = this.health?.checks.filter((check) => check.status !== 'ok') ?? [];
    return this.health === null
      ? ''
      : html`<section class="card" aria-label="Health">
          <header><h2>Health</h2><small>checked ${ago(this.health.checked_at)}</small></header>
          <ul class="checks">
            ${(bad.length > 0 ? bad : this.health.checks.filter((check) => check.required).slice(0, 5)).map(
              (check) => html`<li><span class="name">${words(check.name)}<br /><small>${check.finding}</small></span>${badge(check.status)}</li>`,
            )}
          </ul>
        </section>`;
  }
}

function stat(label: string, value: TemplateResult, hint: string): TemplateResult {
  return html`<div class="stat"><div class="label">${label}</div><div class="value">${value}</div><small>${hint}</small></div>`;
}

function recent(items: Api.NotificationView[]): TemplateResult {
  return html`<section class="card" aria-label="Recent">
    <header><h2>Recent</h2></header>
    ${items.length === 0
      ? empty('Nothing happened yet.')
      : html`<ul class="checks">
          ${items.slice(0, 6).map(
            (item) => html`<li><a class="name" href=${link('/notifications')}>${words(item.type)}</a><small>${ago(item.time)}</small></li>`,
          )}
        </ul>`}
  </section>`;
}

function bar(index: number, height: number): SVGTemplateResult {
  return svg`<rect x=${index * 10 + 1} y=${40 - Math.max(height, 0.5)} width="8" height=${Math.max(height, 0.5)}></rect>`;
}

export function page(): TemplateResult {
  return html`<page-overview></page-overview>`;
}
