import type {Management} from '#generated/api';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {dayAndTime, money, number, timeOfDay, utcDay} from '../core/format';
import {place, setQuery} from '../core/router';
import '../ui/chart';
import {copyCurl} from '../ui/curl';
import {SpaceElement} from '../ui/element';
import {empty, failed, loading} from '../ui/states';

/** A period to choose. */
interface Period {
  label: string;
  hours: number;
  bucket: 'minute' | 'hour' | 'day';
  /** How the beginning of a bucket is shown. Days are those of UTC. */
  time: (value: string) => string;
}

const DAY: Period = {label: 'Last day', hours: 24, bucket: 'hour', time: timeOfDay};

const PERIODS: Record<string, Period> = {
  hour: {label: 'Last hour', hours: 1, bucket: 'minute', time: timeOfDay},
  day: DAY,
  week: {label: 'Last 7 days', hours: 168, bucket: 'hour', time: dayAndTime},
  month: {label: 'Last 30 days', hours: 720, bucket: 'day', time: utcDay},
};

/** Usage, latency and spend of the organization's agents over time. */
@customElement('page-analytics')
export class PageAnalytics extends SpaceElement {
  @state() private usage: Management.UsageView[] | null = null;
  @state() private latency: Management.LatencyView[] = [];
  @state() private agents: Management.AgentUsageView[] = [];
  @state() private error: unknown = null;
  @state() private period = place().query.get('period') ?? 'day';

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const {hours, bucket} = PERIODS[this.period] ?? DAY;
    const query = {from: new Date(Date.now() - hours * 3_600_000).toISOString(), bucket};
    try {
      const [usage, latency, agents] = await Promise.all([
        call('GET /management/v1/analytics/usage', {query}),
        call('GET /management/v1/analytics/latency', {query}),
        call('GET /management/v1/analytics/agents', {query: {...query, limit: 50}}),
      ]);
      this.usage = usage;
      this.latency = latency;
      this.agents = agents.items;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Analytics</h1>
        <div class="actions">${copyCurl('GET', '/management/v1/analytics/usage')}</div>
        <p>What agents did, how long models took, and what it cost.</p>
      </header>
      <div class="toolbar">
        <label class="select"
          ><span>Period</span
          ><select
            @change=${(event: Event) => {
              this.period = (event.target as HTMLSelectElement).value;
              setQuery({period: this.period});
              void this.#load();
            }}
          >
            ${Object.entries(PERIODS).map(([name, {label}]) => html`<option value=${name} ?selected=${name === this.period}>${label}</option>`)}
          </select></label
        >
      </div>
      ${this.error === null ? '' : failed(this.error, () => void this.#load())} ${this.usage === null ? (this.error === null ? loading() : '') : this.#figures(this.usage)}`;
  }

  #figures(usage: Management.UsageView[]): TemplateResult {
    const {bucket, time} = PERIODS[this.period] ?? DAY;
    const days = bucket === 'day' ? 'days of UTC' : '';
    const times = usage.map((each) => time(each.starts_at));
    const sum = (value: (each: Management.UsageView) => number): number => usage.reduce((total, each) => total + value(each), 0);
    return html`<div class="stats">
        ${figure('Sessions', sum((each) => each.sessions))} ${figure('Model calls', sum((each) => each.calls))} ${figure('Errors', sum((each) => each.errors))}
        ${figure('Tokens', sum((each) => each.input_tokens + each.output_tokens))}
        ${spend(usage).map(
          ([currency, amount]) => html`<div class="stat"><div class="label">Spend</div><div class="value">${money(amount, currency)}</div></div>`,
        )}
      </div>
      <div class="grid">
        <section class="card" aria-label="Usage">
          <header><h2>Usage</h2><small>${days}</small></header>
          <space-chart
            label="Calls and errors over time"
            .categories=${times}
            .series=${[
              {name: 'Calls', values: usage.map((each) => each.calls)},
              {name: 'Messages', values: usage.map((each) => each.messages)},
              {name: 'Errors', values: usage.map((each) => each.errors)},
            ]}
          ></space-chart>
        </section>
        <section class="card" aria-label="Latency">
          <header><h2>Latency</h2><small>ms${days && `, ${days}`}</small></header>
          <space-chart
            label="Latency over time, in milliseconds"
            .categories=${this.latency.map((each) => time(each.starts_at))}
            .series=${[
              {name: 'p50', values: this.latency.map((each) => each.p50_ms)},
              {name: 'p95', values: this.latency.map((each) => each.p95_ms)},
              {name: 'p99', values: this.latency.map((each) => each.p99_ms)},
            ]}
          ></space-chart>
        </section>
      </div>
      <section class="card" aria-label="Agents">
        <header><h2>Agents</h2></header>
        ${this.agents.length === 0 ? empty('No agent was used in this period.') : agentTable(this.agents)}
      </section>`;
  }
}

function spend(usage: Management.UsageView[]): [string, number][] {
  const amounts = new Map<string, number>();
  for (const {currency, amount} of usage.flatMap((each) => each.spend)) {
    amounts.set(currency, (amounts.get(currency) ?? 0) + amount);
  }
  return [...amounts];
}

function figure(name: string, value: number): TemplateResult {
  return html`<div class="stat"><div class="label">${name}</div><div class="value">${number(value)}</div></div>`;
}

function agentTable(agents: Management.AgentUsageView[]): TemplateResult {
  return html`<table class="rows">
    <thead>
      <tr>
        <th scope="col">Agent</th><th scope="col" class="number">Sessions</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Errors</th>
        <th scope="col" class="number">Tokens</th><th scope="col" class="number">p95 (ms)</th><th scope="col" class="number">Spend</th>
      </tr>
    </thead>
    <tbody>
      ${agents.map(
        (each) =>
          html`<tr>
            <td data-label="Agent">${each.name ?? each.agent_id}</td>
            <td data-label="Sessions" class="number">${number(each.sessions)}</td>
            <td data-label="Calls" class="number">${number(each.calls)}</td>
            <td data-label="Errors" class="number">${number(each.errors)}</td>
            <td data-label="Tokens" class="number">${number(each.input_tokens + each.output_tokens)}</td>
            <td data-label="p95 (ms)" class="number">${number(each.p95_ms)}</td>
            <td data-label="Spend" class="number">${each.spend.map(({amount, currency}) => money(amount, currency)).join(', ') || '–'}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export function page(): TemplateResult {
  return html`<page-analytics></page-analytics>`;
}
