import type {Management} from '#generated/api';
import '@vaadin/button';
import '@vaadin/text-field';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {number, short, time, words} from '../core/format';
import {place, setQuery} from '../core/router';
import {copyCurl} from '../ui/curl';
import {SpaceElement} from '../ui/element';
import {empty, failed, loading} from '../ui/states';

/** Searches memories, and shows what each ranking contributed to a score. */
@customElement('page-memory-search')
export class PageMemorySearch extends SpaceElement {
  @state() private found: Management.MemorySearchView | null = null;
  @state() private error: unknown = null;
  @state() private busy = false;
  #text = place().query.get('query') ?? '';

  protected override firstUpdated(): void {
    if (this.#text !== '') {
      void this.#search();
    }
  }

  #search = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    this.#text = this.querySelector<HTMLInputElement>('vaadin-text-field')?.value.trim() ?? this.#text;
    if (this.#text === '') {
      return;
    }
    setQuery({query: this.#text});
    this.busy = true;
    try {
      this.found = await call('POST /management/v1/memories/search', {body: {query: this.#text, limit: 20}});
      this.error = null;
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Search memories</h1>
        <p>A score is the sum of what the rankings contribute: words, meaning, importance, age.</p>
      </header>
      <form class="toolbar" @submit=${this.#search} @keydown=${(event: KeyboardEvent) => (event.key === 'Enter' ? void this.#search(event) : undefined)}>
        <vaadin-text-field class="id" label="Text" .value=${this.#text}></vaadin-text-field>
        <vaadin-button theme="primary" @click=${this.#search}>Search</vaadin-button>
        ${copyCurl('POST', '/management/v1/memories/search', {query: this.#text})}
      </form>
      ${this.error === null ? '' : failed(this.error)}
      ${this.busy
        ? loading('Searching…')
        : this.found === null
          ? html`<section class="card">${empty('Enter a text.')}</section>`
          : this.found.items.length === 0
            ? html`<section class="card">${empty('No memory matches.')}</section>`
            : this.found.items.map((hit) => result(hit))}`;
  }
}

function result(hit: Management.HitView): TemplateResult {
  return html`<section class="card" aria-label="Memory ${short(hit.memory.id)}">
    <header><h2>${number(hit.score, 4)}</h2><small>${hit.memory.category ?? ''} ${time(hit.memory.valid_from)}</small></header>
    <p>${hit.memory.content}</p>
    <table class="rows">
      <thead><tr><th scope="col">Ranking</th><th scope="col" class="number">Rank</th><th scope="col" class="number">Value</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Contribution</th></tr></thead>
      <tbody>
        ${hit.contributions.map(
          (each) =>
            html`<tr>
              <td data-label="Ranking">${words(each.ranking)}</td>
              <td data-label="Rank" class="number">${each.rank}</td>
              <td data-label="Value" class="number">${number(each.value, 4)}</td>
              <td data-label="Weight" class="number">${number(each.weight)}</td>
              <td data-label="Contribution" class="number">${number(each.contribution, 4)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

export function page(): TemplateResult {
  return html`<page-memory-search></page-memory-search>`;
}
