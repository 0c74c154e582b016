import type {Api} from '#generated/api';
import '@vaadin/button';
import '@vaadin/text-field';
import {html, svg, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {ApiError} from '../core/api-error';
import {number, time} from '../core/format';
import {go, link} from '../core/router';
import {copyCurl} from '../ui/curl';
import {SpaceElement} from '../ui/element';
import {badge, empty, failed, loading} from '../ui/states';

const TRIES = 6;
const PAUSE_MILLIS = 500;

/** What became of a call, and why: its decisions, its timings and what it caused. */
@customElement('page-request')
export class PageRequest extends SpaceElement {
  @property() request = '';
  @state() private view: Api.RequestView | null = null;
  @state() private error: unknown = null;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('request') && this.request !== '') {
      void this.#load();
    }
  }

  /** The node writes explanations once a second, so a fresh one is asked for again. */
  async #load(): Promise<void> {
    this.view = null;
    this.error = null;
    for (let tried = 1; ; tried++) {
      try {
        this.view = await call('GET /api/control-center/requests/{request_id}', {path: {request_id: this.request}});
        return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404 || tried === TRIES || !this.isConnected) {
          this.error = error;
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
    }
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const id = this.querySelector<HTMLInputElement>('vaadin-text-field')?.value.trim() ?? '';
    if (id !== '') {
      go(`/requests/${encodeURIComponent(id)}`);
    }
  };

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Explain a request</h1>
        <p>Every answer carries <code>X-Request-Id</code>. Explanations are kept for a day.</p>
      </header>
      <form class="toolbar" @submit=${this.#submit} @keydown=${(event: KeyboardEvent) => (event.key === 'Enter' ? this.#submit(event) : undefined)}>
        <vaadin-text-field class="id" label="Request id" .value=${this.request}></vaadin-text-field>
        <vaadin-button theme="primary" @click=${this.#submit}>Explain</vaadin-button>
        ${this.request === '' ? '' : copyCurl('GET', `/api/control-center/requests/${encodeURIComponent(this.request)}`)}
      </form>
      ${this.error !== null ? failed(this.error, () => void this.#load()) : ''}
      ${this.request === ''
        ? html`<section class="card">${empty('Enter a request id. Errors, events and audit records link here.')}</section>`
        : this.view === null
          ? this.error === null
            ? loading()
            : ''
          : this.view.calls.map((each) => explain(each))}
      ${this.view !== null && this.view.audit_records.length > 0 ? audit(this.view.audit_records) : ''}`;
  }
}

function explain(each: Api.CallView): TemplateResult {
  return html`<section class="card" aria-label="Call">
      <header><h2><code>${each.method} ${each.route}</code></h2>${badge(each.status < 400 ? 'ok' : 'failed')} ${each.status}</header>
      <dl>
        <dt>Started</dt>
        <dd>${time(each.started_at)}</dd>
        <dt>Caller</dt>
        <dd><code>${each.identity.user_id}</code> as ${each.identity.role}${each.identity.agent_id ? html`, agent <code>${each.identity.agent_id}</code>` : ''}</dd>
        ${each.refusal ? html`<dt>Refused with</dt><dd><code>${each.refusal}</code></dd>` : ''}
        ${each.replayed ? html`<dt>Replayed</dt><dd>The answer of an earlier call with the same idempotency key</dd>` : ''}
        ${each.gateway_route ? html`<dt>Gateway route</dt><dd>${each.gateway_route}${each.cache ? `, cache ${each.cache}` : ''}</dd>` : ''}
        ${each.quota ? html`<dt>Limit</dt><dd>${each.quota.policy}: ${each.quota.remaining} of ${each.quota.calls} left in ${each.quota.seconds} s</dd>` : ''}
      </dl>
    </section>
    <section class="card" aria-label="Timings"><header><h2>Timings</h2><small>${number(each.timings.total_millis)} ms in all</small></header>${waterfall(each)}</section>
    ${each.decisions.length === 0 ? '' : decisions(each.decisions)} ${each.events.length === 0 ? '' : events(each.events)}`;
}

function waterfall(each: Api.CallView): TemplateResult {
  const {identified_millis, admitted_millis, total_millis} = each.timings;
  const total = Math.max(total_millis, 0.001);
  const spans: [string, number, number, boolean][] = [
    ['Identify the caller', 0, identified_millis, true],
    ['Decide and count', identified_millis, admitted_millis, true],
    [each.upstreams.length > 0 ? 'Gateway' : 'Endpoint', admitted_millis, total_millis, false],
  ];
  let at = admitted_millis;
  for (const upstream of each.upstreams) {
    spans.push([`${upstream.origin}: ${upstream.outcome}`, at, Math.min(total, at + upstream.millis), false]);
    at += upstream.millis;
  }
  return html`<div class="waterfall">
    ${spans.map(
      ([name, from, to, waits]) =>
        html`<span>${name}</span
          ><span class="track"
            ><svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${name}: from ${number(from)} to ${number(to)} ms">
              ${svg`<rect class=${waits ? 'wait' : ''} x=${(from / total) * 1000} width=${Math.max(4, ((to - from) / total) * 1000)} y="1" height="8" rx="2"></rect>`}
            </svg></span
          ><span class="code">${number(to - from)} ms</span>`,
    )}
  </div>`;
}

function decisions(items: Api.Decision[]): TemplateResult {
  return html`<section class="card" aria-label="Decisions">
    <header><h2>Decisions</h2></header>
    <table class="rows">
      <thead><tr><th scope="col">Policy</th><th scope="col">Needed</th><th scope="col">Held</th><th scope="col">Result</th></tr></thead>
      <tbody>
        ${items.map(
          (each) =>
            html`<tr>
              <td data-label="Policy">${each.policy}</td>
              <td data-label="Needed"><code>${each.needed}</code></td>
              <td data-label="Held"><code>${each.held}</code></td>
              <td data-label="Result">${badge(each.allowed ? 'accepted' : 'refused')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function events(items: Api.EventView[]): TemplateResult {
  return html`<section class="card" aria-label="Events">
    <header><h2>Events</h2></header>
    <ul class="checks">
      ${items.map((each) => html`<li><a class="name" href=${link('/events', {text: each.request_id})}>${each.type}</a><code>${each.subject}</code></li>`)}
    </ul>
  </section>`;
}

function audit(items: Api.AuditEventView[]): TemplateResult {
  return html`<section class="card" aria-label="Audit records">
    <header><h2>Audit records</h2></header>
    <ul class="checks">
      ${items.map((each) => html`<li><span class="name">${each.position}: <code>${each.method} ${each.path}</code></span>${badge(each.outcome)}</li>`)}
    </ul>
  </section>`;
}

export function page(id: string): TemplateResult {
  return html`<page-request .request=${id}></page-request>`;
}
