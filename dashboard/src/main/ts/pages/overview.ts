import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {ago, counted, words} from '../core/format';
import {EventTail} from '../core/hub';
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
  #times: number[] = [];
  #tail: EventTail | null = null;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    if (caller.can('GET /api/control-center/events')) {
      void this.#past();
      this.#tail = new EventTail('events', (event) => this.#count(event.time), () => undefined);
    }
    this.#timer = window.setInterval(() => {
      this.now = Date.now();
      void this.#check();
    }, HEALTH_PAUSE_MILLIS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tail?.close();
    clearInterval(this.#timer);
  }

  async #load(): Promise<void> {
    this.error = null;
    try {
      this.dashboard = await call('GET /api/frontend/dashboard');
      await this.#check();
    } catch (error) {
      this.error = error;
    }
  }

  async #check(): Promise<void> {
    if (caller.can('GET /api/control-center/monitoring/deep-health')) {
      try {
        this.health = await call('GET /api/control-center/monitoring/deep-health');
      } catch (error) {
        this.error = error;
      }
    }
  }

  /** The events of the last minutes, as far as five pages go. */
  async #past(): Promise<void> {
    const since = new Date(Date.now() - MINUTES * 60_000).toISOString();
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await call('GET /api/control-center/events', {query: {since, limit: 100, ...(cursor ? {cursor} : {})}});
      answer.items.forEach((event) => this.#count(event.time));
      cursor = answer.next_cursor ?? undefined;
      if (cursor === undefined) {
        return;
      }
    }
  }

  #count(time: string): void {
    const oldest = Date.now() - MINUTES * 60_000;
    this.#times = [...this.#times.filter((each) => each > oldest), new Date(time).getTime()];
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const {dashboard} = this;
    if (dashboard === null) {
      return this.error === null ? loading() : failed(this.error, () => void this.#load());
    }
    const widgets = registry.modules.flatMap((plugin) => plugin.widgets.map((widget) => ({plugin, widget})));
    return html`<header class="page-header"><h1>Overview</h1><p>${dashboard.organization.name}</p></header>
      ${this.error === null ? '' : failed(this.error)}
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
    const minute = Math.floor(this.now / 60_000);
    const bars = Array.from({length: MINUTES}, (_, index) => {
      const at = minute - MINUTES + 1 + index;
      return this.#times.filter((time) => Math.floor(time / 60_000) === at).length;
    });
    const highest = Math.max(1, ...bars);
    const last = bars.at(-1) ?? 0;
    return html`<section class="card">
      <header><h2>Events per minute</h2><a href="#/events">Live events</a></header>
      <svg class="spark" viewBox="0 0 ${MINUTES * 10} 40" preserveAspectRatio="none" role="img" aria-label="Events per minute in the last ${MINUTES} minutes; ${last} in this one, ${highest} at the most">
        ${bars.map((count, index) => bar(index, (count / highest) * 38))}
      </svg>
      <small>Last ${MINUTES} minutes · ${counted(this.#times.length, 'event')} · at most ${highest} a minute</small>
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
