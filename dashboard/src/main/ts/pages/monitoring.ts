import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {ago, number, words} from '../core/format';
import '../ui/chart';
import {copyCurl} from '../ui/curl';
import {SpaceElement} from '../ui/element';
import {badge, failed, loading} from '../ui/states';
import {complain, notify} from '../ui/toast';

const WINDOWS = ['1h', '24h', '7d', '30d'];
const MAX_KEYS = 6;

/** Deep health, business metrics over the windows, and what was measured of the endpoints. */
@customElement('page-monitoring')
export class PageMonitoring extends SpaceElement {
  @state() private health: Api.DeepHealthView | null = null;
  @state() private metrics: Api.BusinessMetricsView | null = null;
  @state() private endpoints: Api.EndpointStatusView | null = null;
  @state() private error: unknown = null;

  protected override firstUpdated(): void {
    void this.#load();
  }

  #load = async (): Promise<void> => {
    try {
      [this.health, this.metrics, this.endpoints] = await Promise.all([
        call('GET /api/control-center/monitoring/deep-health'),
        call('GET /api/control-center/monitoring/business-metrics'),
        call('GET /api/control-center/endpoint-status'),
      ]);
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  };

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Monitoring</h1>
        <div class="actions">${copyCurl('GET', '/api/control-center/monitoring/deep-health')}<vaadin-button @click=${this.#load}>Refresh</vaadin-button></div>
        <p>Prometheus reads the same figures, and more, at <code>/api/metrics</code>.</p>
      </header>
      ${this.error === null ? '' : failed(this.error, () => void this.#load())}
      ${this.health === null ? (this.error === null ? loading() : '') : checks(this.health)}
      ${this.endpoints === null ? '' : this.#endpoints(this.endpoints)}
      ${this.metrics === null
        ? ''
        : html`<div class="grid">
            ${this.metrics.platform.map((metric) => chart(metric, 'Platform'))}
            ${this.metrics.plugins.flatMap((plugin) => plugin.metrics.map((metric) => chart(metric, plugin.name)))}
          </div>`}`;
  }

  #endpoints(status: Api.EndpointStatusView): TemplateResult {
    const measured = Object.entries(status.summary.measured as Record<string, number>);
    return html`<section class="card" aria-label="Endpoints">
      <header>
        <h2>Endpoints</h2>
        <span class="actions">
          <small>${status.probed_at ? `probed ${ago(status.probed_at)}` : 'not probed yet'}</small>
          <vaadin-button theme="small" @click=${this.#probe}>Probe now</vaadin-button>
        </span>
      </header>
      <div class="stats">${measured.map(([name, count]) => html`<div class="stat"><div class="label">${words(name)}</div><div class="value">${number(count)}</div></div>`)}</div>
    </section>`;
  }

  #probe = async (): Promise<void> => {
    try {
      await call('POST /api/control-center/endpoint-status/probe');
      notify('The endpoints are probed now.');
      await this.#load();
    } catch (error) {
      complain(error);
    }
  };
}

function checks(health: Api.DeepHealthView): TemplateResult {
  return html`<section class="card" aria-label="Health">
    <header><h2>Health</h2><small>checked ${ago(health.checked_at)} in ${health.millis} ms</small>${badge(health.status)}</header>
    <table class="rows">
      <thead><tr><th scope="col">Check</th><th scope="col">Status</th><th scope="col">Finding</th><th scope="col">Threshold</th><th scope="col" class="number">ms</th></tr></thead>
      <tbody>
        ${health.checks.map(
          (check) =>
            html`<tr>
              <td data-label="Check">${words(check.name)}</td>
              <td data-label="Status">${badge(check.status)}</td>
              <td data-label="Finding"><div>${check.finding}${check.advice ? html`<br /><small>${check.advice}</small>` : ''}</div></td>
              <td data-label="Threshold"><small>${check.threshold}</small></td>
              <td data-label="ms" class="number">${check.millis}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function chart(metric: Api.MetricView, source: string): TemplateResult {
  const keys = [...new Set(metric.values.map((value) => value.key ?? ''))].slice(0, MAX_KEYS);
  const series = keys.map((key) => ({
    name: key === '' ? words(metric.name) : key,
    kind: 'bar' as const,
    values: WINDOWS.map((window) => metric.values.find((value) => value.window === window && (value.key ?? '') === key)?.value ?? 0),
  }));
  return html`<section class="card" aria-label="${source}: ${words(metric.name)}">
    <header><h2>${words(metric.name)}</h2><small>${source}</small></header>
    <p class="hint">${metric.description}${metric.complete ? '' : ` Incomplete: ${metric.reason ?? 'some values are missing'}.`}</p>
    ${series.length === 0
      ? html`<p class="empty">No values yet.</p>`
      : html`<space-chart label="${source}: ${words(metric.name)}" .categories=${WINDOWS} .series=${series}></space-chart>`}
  </section>`;
}

export function page(): TemplateResult {
  return html`<page-monitoring></page-monitoring>`;
}
