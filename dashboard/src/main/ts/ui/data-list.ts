import '@vaadin/button';
import '@vaadin/text-field';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {request, target} from '../core/api';
import {caller} from '../core/caller';
import {json, number, time, words} from '../core/format';
import {go, link, place, setQuery} from '../core/router';
import {copyCurl} from './curl';
import {confirm, openDialog} from './dialog';
import {SpaceElement} from './element';
import './form';
import type {Action, Column, Filter, ListAction, ListPage} from './list-page';
import {repeated} from './repeated';
import {badge, empty, failed, loading} from './states';
import {complain, notify} from './toast';

type Row = Record<string, unknown>;
type Declared = ListPage<never, Row>;

const TYPING_MILLIS = 300;

/** Shows a declared list: filters in the URL, cursor pages, row actions, details and a form to create. */
@customElement('space-list')
export class SpaceList extends SpaceElement {
  @property({attribute: false}) page!: Declared;
  @state() private rows: Row[] | null = null;
  @state() private next: string | null = null;
  @state() private error: unknown = null;
  @state() private busy = false;
  /** While an action runs; another one waits until its effect is shown. */
  @state() private acting = false;
  #loads = 0;
  #typing = 0;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('page')) {
      this.rows = null;
      this.next = null;
      this.error = null;
      void this.#load();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    this.#loads++;
  }

  get #query(): Record<string, string> {
    const {query} = place();
    return Object.fromEntries((this.page.filters ?? []).map(({name}) => [name, query.get(name) ?? '']).filter(([, value]) => value !== ''));
  }

  #load = async (cursor: string | null = null): Promise<void> => {
    const load = ++this.#loads;
    this.busy = true;
    try {
      const [method, url] = target(this.page.operation, this.page.path, {...this.#query, ...(cursor === null ? {} : {cursor})});
      const answer = (await request(method, url)) as Row[] | {items: Row[]; next_cursor: string | null};
      if (load !== this.#loads) {
        return;
      }
      if (this.page.of !== undefined) {
        this.rows = [answer as unknown as Row];
      } else {
        const items = Array.isArray(answer) ? answer : answer.items;
        this.rows = cursor === null ? items : [...(this.rows ?? []), ...items];
        this.next = Array.isArray(answer) ? null : answer.next_cursor;
      }
      this.error = null;
    } catch (error) {
      if (load === this.#loads) {
        this.error = error;
      }
    } finally {
      if (load === this.#loads) {
        this.busy = false;
      }
    }
  };

  protected override render(): TemplateResult {
    const {page} = this;
    const [method, url] = target(page.operation, page.path, this.#query);
    if (page.of !== undefined) {
      return this.#item(page.of, copyCurl(method, url));
    }
    return html`<header class="page-header">
        <h1>${page.title}</h1>
        <div class="actions">
          ${copyCurl(method, url)}
          ${(page.listActions ?? [])
            .filter((action) => caller.can(action.operation))
            .map((action) => html`<vaadin-button ?disabled=${(this.rows ?? []).length === 0} @click=${() => this.#actOnAll(action)}>${action.label}</vaadin-button>`)}
          ${page.create !== undefined && caller.can(page.create.operation)
            ? html`<vaadin-button theme="primary" @click=${this.#create}>${page.create.label}</vaadin-button>`
            : ''}
        </div>
        <p>${page.text}</p>
      </header>
      ${page.above?.() ?? ''}
      ${page.filters === undefined ? '' : html`<div class="toolbar">${page.filters.map((filter) => this.#filter(filter))}</div>`}
      <section class="card" aria-label=${page.title} aria-busy=${this.busy}>
        ${this.error === null ? '' : failed(this.error, () => void this.#load())} ${this.#content()}
      </section>`;
  }

  /** The page of one row. */
  #item(list: string, curl: TemplateResult): TemplateResult {
    const row = this.rows?.[0];
    return html`<header class="page-header">
        <h1>${row === undefined ? this.page.title : this.page.id(row)}</h1>
        <div class="actions">${curl} ${row === undefined ? '' : this.#buttons(row, this.#actions)}</div>
        <p><a href=${link(list)}>${this.page.title}</a></p>
      </header>
      ${this.error === null ? '' : failed(this.error, () => void this.#load())}
      ${row !== undefined
        ? html`<section class="card" aria-label="Details">${this.page.detail?.(row) ?? ''}${members(row)}</section>`
        : this.error === null
          ? loading()
          : ''}`;
  }

  get #actions(): Action<Row>[] {
    return (this.page.actions ?? []).filter((action) => caller.can(action.operation));
  }

  #buttons(row: Row, actions: Action<Row>[]): TemplateResult[] {
    return actions
      .filter((action) => action.when?.(row) ?? true)
      .map(
        (action) =>
          html`<button
            class="plain small ${action.confirm !== undefined && action.destructive !== false ? 'danger' : ''}"
            aria-disabled=${this.acting || this.busy}
            @click=${(event: MouseEvent) => this.#act(event, action, row)}
          >${action.label}</button>`,
      );
  }

  #content(): TemplateResult | string {
    if (this.rows === null) {
      return this.error === null ? loading() : '';
    }
    if (this.rows.length === 0) {
      return empty(Object.keys(this.#query).length > 0 ? 'Nothing matches the filters.' : this.page.empty);
    }
    const actions = this.#actions;
    const keys = this.#keys(this.rows);
    return html`<div class="table-scroll">
        <table class="rows">
          <thead>
            <tr>
              ${this.page.columns.map((column) => html`<th scope="col" class=${column.kind ?? ''}>${column.header}</th>`)}
              <th scope="col"><span class="visually-hidden">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.rows,
              (_row, index) => keys[index],
              (row) => this.#row(row, actions),
            )}
          </tbody>
        </table>
      </div>
      ${this.next === null
        ? ''
        : html`<p><vaadin-button theme="small" ?disabled=${this.busy} @click=${() => void this.#load(this.next)}>Show more</vaadin-button></p>`}`;
  }

  /** Unique keys of the rows, so that a button that has the focus or the pointer never becomes that of another row. */
  #keys(rows: Row[]): string[] {
    const counts = new Map<string, number>();
    return rows.map((row) => {
      const key = `${String(row['id'])} ${this.page.id(row)}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return `${key} ${count}`;
    });
  }

  #row(row: Row, actions: Action<Row>[]): TemplateResult {
    const leads = this.page.link?.(row);
    return html`<tr>
      ${this.page.columns.map((column, index) => {
        const shown = cell(column, row);
        return html`<td data-label=${column.header} class=${column.kind ?? ''}>
          ${index > 0
            ? shown
            : leads === undefined
              ? html`<button class="plain cell" @click=${() => this.#details(row)}>${shown}</button>`
              : html`<a href=${leads}>${shown}</a>`}
        </td>`;
      })}
      <td data-label="Actions">
        <div class="actions end">
          ${this.#buttons(row, actions)}
        </div>
      </td>
    </tr>`;
  }

  #filter(filter: Filter): TemplateResult {
    const value = place().query.get(filter.name) ?? '';
    return filter.options !== undefined
      ? html`<label class="select"
          ><span>${filter.label}</span
          ><select @change=${(event: Event) => this.#set(filter.name, (event.target as HTMLSelectElement).value)}>
            <option value="">All</option>
            ${filter.options
              .map((each) => (typeof each === 'string' ? {value: each, label: words(each)} : each))
              .map((each) => html`<option value=${each.value} ?selected=${each.value === value}>${each.label}</option>`)}
          </select></label
        >`
      : html`<vaadin-text-field
          label=${filter.label}
          clear-button-visible
          .value=${value}
          @value-changed=${(event: CustomEvent<{value: string}>) => {
            if (event.detail.value !== (place().query.get(filter.name) ?? '')) {
              clearTimeout(this.#typing);
              this.#typing = window.setTimeout(() => this.#set(filter.name, event.detail.value), TYPING_MILLIS);
            }
          }}
        ></vaadin-text-field>`;
  }

  #set(name: string, value: string): void {
    setQuery({...this.#query, [name]: value.trim()});
    void this.#load();
  }

  #details(row: Row): void {
    openDialog(`${this.page.title}: ${this.page.id(row)}`, () => html`${this.page.detail?.(row) ?? ''}<section>${members(row)}</section>`, true);
  }

  #create = (): void => {
    const {create} = this.page;
    if (create !== undefined) {
      openDialog(
        create.label,
        (close) =>
          html`<space-form
            .operation=${create.operation}
            .path=${this.page.path ?? {}}
            .parts=${create.parts ?? []}
            .initial=${create.initial?.() ?? {}}
            action=${create.label}
            @done=${(event: CustomEvent<never>) => {
              close();
              this.#done(`${create.label}: done.`, create.answer?.(event.detail));
            }}
          ></space-form>`,
        true,
      );
    }
  };

  #act(event: MouseEvent, action: Action<Row>, row: Row): void {
    if (this.acting || this.busy || repeated(event)) {
      return;
    }
    const path = action.path(row);
    const {form} = action;
    if (form !== undefined) {
      openDialog(
        `${action.label}: ${this.page.id(row)}`,
        (close) =>
          html`<space-form
            .operation=${action.operation}
            .path=${path}
            .initial=${form(row)}
            action=${action.label}
            @done=${(event: CustomEvent<never>) => {
              close();
              this.#did(action, action.answer?.(event.detail));
            }}
          ></space-form>`,
        true,
      );
      return;
    }
    const [method, url] = target(action.operation, path, action.query?.(row));
    const body = action.body?.(row);
    const run = async (): Promise<void> => {
      this.acting = true;
      try {
        const answer = (await request(method, url, body === undefined ? {} : {body})) as never;
        this.#did(action, action.answer?.(answer));
      } finally {
        this.acting = false;
      }
    };
    const asked = action.confirm?.(row);
    if (asked === undefined) {
      run().catch(complain);
    } else {
      confirm(
        {
          title: `${action.label}: ${this.page.id(row)}`,
          action: action.label,
          destructive: action.destructive ?? true,
          ...asked,
          extra: html`${asked.extra ?? ''}
            <p>${copyCurl(method, url, body)}</p>`,
        },
        run,
      );
    }
  }

  #actOnAll({label, operation, body, after}: ListAction): void {
    const [method, url] = target(operation);
    request(method, url, {body})
      .then(() => {
        after?.();
        this.#done(`${label}: done.`, undefined);
      })
      .catch(complain);
  }

  #did(action: Action<Row>, answer: TemplateResult | undefined): void {
    action.after?.();
    if (this.page.of !== undefined && action.operation.startsWith('DELETE ')) {
      notify(`${action.label}: done.`);
      go(this.page.of);
    } else {
      this.#done(`${action.label}: done.`, answer);
    }
  }

  #done(message: string, answer: TemplateResult | undefined): void {
    notify(message);
    void this.#load();
    if (answer !== undefined) {
      openDialog('Done', () => answer, true);
    }
  }
}

function cell(column: Column<Row>, row: Row): unknown {
  const value = column.value(row);
  if (value === null || value === undefined || value === '') {
    return '–';
  }
  switch (column.kind) {
    case 'time':
      return time(value as string);
    case 'state':
      return badge(value as string);
    case 'code':
      return html`<code>${value}</code>`;
    case 'number':
      return typeof value === 'number' ? number(value) : value;
    default:
      return value;
  }
}

/** All members of an object. */
export function members(row: object): TemplateResult {
  return html`<dl>
    ${Object.entries(row).map(
      ([name, value]) =>
        html`<dt>${words(name)}</dt>
          <dd>${member(name, value)}</dd>`,
    )}
  </dl>`;
}

function member(name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '') {
    return '–';
  }
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return value.length === 0 ? '–' : value.join(', ');
  }
  if (typeof value === 'object') {
    return html`<pre tabindex="0">${json(value)}</pre>`;
  }
  if (name === 'state' || name === 'status') {
    return badge(String(value));
  }
  return name.endsWith('_at') ? time(value as string) : String(value);
}
