import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {request} from '../core/api';
import {number, short, time, words} from '../core/format';
import {link} from '../core/router';
import '../ui/chart';
import {copyCurl} from '../ui/curl';
import {SpaceElement} from '../ui/element';
import {pluginList} from '../ui/list-page';
import {badge, empty, failed, loading} from '../ui/states';

const ROOT = '/api/plugins/mirrorcore';

interface Conversation {
  session_id: string;
  title: string | null;
  created_at: string;
  completed_at: string | null;
  turns: number;
  words: number;
}

type Measures = Record<string, unknown>;

interface Metrics {
  turns: number;
  measures: Measures;
  drift: number | null;
  style_match: number | null;
  key_phrases: {phrase: string; score: number}[];
  speakers: {speaker: string; turns: number; measures: Measures}[];
  windows: {from_position: number; to_position: number; drift: number | null; measures: Measures}[];
}

const CHARTS: [string, string[]][] = [
  ['Readability and diversity', ['flesch_reading_ease', 'mtld']],
  ['Sentiment and questions', ['sentiment', 'question_ratio', 'hedge_ratio']],
];

export const conversations = pluginList<Conversation>({
  title: 'Conversations',
  text: 'Conversations as measurements: readability, diversity, sentiment, key phrases, drift and style matching.',
  operation: `GET ${ROOT}/sessions`,
  empty: 'There is no conversation yet.',
  id: (conversation) => conversation.title ?? short(conversation.session_id),
  link: (conversation) => link(`/conversations/${conversation.session_id}`),
  columns: [
    {header: 'Title', value: (conversation) => conversation.title ?? 'Without a title'},
    {header: 'State', value: (conversation) => (conversation.completed_at === null ? 'open' : 'completed'), kind: 'state'},
    {header: 'Turns', value: (conversation) => conversation.turns, kind: 'number'},
    {header: 'Words', value: (conversation) => conversation.words, kind: 'number'},
    {header: 'Began', value: (conversation) => conversation.created_at, kind: 'time'},
  ],
  create: {label: 'New conversation', operation: `POST ${ROOT}/sessions`},
  actions: [
    {label: 'Add a turn', operation: `POST ${ROOT}/sessions/{id}/turns`, path: ({session_id}) => ({id: session_id}), form: () => ({}), when: ({completed_at}) => completed_at === null},
    {label: 'Complete', operation: `POST ${ROOT}/sessions/{id}/complete`, path: ({session_id}) => ({id: session_id}), when: ({completed_at, turns}) => completed_at === null && turns > 0},
    {
      label: 'Delete',
      operation: `DELETE ${ROOT}/sessions/{id}`,
      path: ({session_id}) => ({id: session_id}),
      confirm: () => ({text: 'The conversation is deleted with its measurements. This cannot be undone.', word: 'delete'}),
    },
  ],
});

/** A conversation's measurements, as a whole, by speaker and over time. */
@customElement('page-conversation')
export class PageConversation extends SpaceElement {
  @property() conversation = '';
  @state() private view: Conversation | null = null;
  @state() private metrics: Metrics | null = null;
  @state() private error: unknown = null;

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.view = (await request('GET', `${ROOT}/sessions/${encodeURIComponent(this.conversation)}`)) as Conversation;
      if (this.view.turns > 0) {
        this.metrics = (await request('GET', `${ROOT}/metrics?session_id=${encodeURIComponent(this.conversation)}`)) as Metrics;
      }
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    const {view, metrics} = this;
    if (view === null) {
      return this.error === null ? loading() : failed(this.error, () => void this.#load());
    }
    return html`<header class="page-header">
        <h1>${view.title ?? 'Conversation'}</h1>
        <div class="actions">${badge(view.completed_at === null ? 'open' : 'completed')} ${copyCurl('GET', `${ROOT}/metrics?session_id=${view.session_id}`)}</div>
        <p>${view.turns} turns, ${number(view.words)} words, began ${time(view.created_at)}</p>
      </header>
      ${this.error === null ? '' : failed(this.error)}
      ${metrics === null ? html`<section class="card">${empty('There is nothing to measure yet.')}</section>` : this.#metrics(metrics)}`;
  }

  #metrics(metrics: Metrics): TemplateResult {
    const windows = metrics.windows.map((window) => `${window.from_position}–${window.to_position}`);
    return html`<div class="stats">
        ${figure('Drift', metrics.drift)} ${figure('Style match', metrics.style_match)} ${figure('Reading ease', metrics.measures['flesch_reading_ease'])}
        ${figure('Sentiment', metrics.measures['sentiment'])}
      </div>
      <div class="grid">
        ${windows.length === 0
          ? ''
          : CHARTS.map(
              ([title, names]) =>
                html`<section class="card" aria-label=${title}>
                  <header><h2>${title}</h2><small>by turns</small></header>
                  <space-chart
                    label="${title} by turns"
                    .categories=${windows}
                    .series=${names.map((name) => ({name: words(name), values: metrics.windows.map((window) => numeric(window.measures[name]))}))}
                  ></space-chart>
                </section>`,
            )}
        <section class="card" aria-label="Key phrases">
          <header><h2>Key phrases</h2></header>
          ${metrics.key_phrases.length === 0
            ? empty('None were found.')
            : html`<ul class="checks">${metrics.key_phrases.map((each) => html`<li><span class="name">${each.phrase}</span><span>${number(each.score)}</span></li>`)}</ul>`}
        </section>
        <section class="card" aria-label="Speakers">
          <header><h2>Speakers</h2></header>
          <ul class="checks">
            ${metrics.speakers.map((each) => html`<li><span class="name">${each.speaker}</span><small>${each.turns} turns, reading ease ${number(numeric(each.measures['flesch_reading_ease']))}</small></li>`)}
          </ul>
        </section>
      </div>`;
  }
}

function numeric(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function figure(label: string, value: unknown): TemplateResult {
  return html`<div class="stat"><div class="label">${label}</div><div class="value">${number(numeric(value))}</div></div>`;
}

export function page(conversation: string): TemplateResult {
  return html`<page-conversation .conversation=${conversation}></page-conversation>`;
}
