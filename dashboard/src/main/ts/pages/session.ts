import type {Management} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {money, number, short, time} from '../core/format';
import {copyCurl} from '../ui/curl';
import {SpaceElement} from '../ui/element';
import {badge, empty, failed, loading} from '../ui/states';

/** A session as a conversation. */
@customElement('page-session')
export class PageSession extends SpaceElement {
  @property() session = '';
  @state() private view: Management.SessionView | null = null;
  @state() private messages: Management.MessageView[] = [];
  @state() private cursor: string | null = null;
  @state() private error: unknown = null;

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.view = await call('GET /management/v1/sessions/{session_id}', {path: {session_id: this.session}});
      await this.#more();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  async #more(): Promise<void> {
    const page = await call('GET /management/v1/sessions/{session_id}/messages', {
      path: {session_id: this.session},
      query: {limit: 100, ...(this.cursor === null ? {} : {cursor: this.cursor})},
    });
    this.messages = [...this.messages, ...page.items].sort((one, other) => one.position - other.position);
    this.cursor = page.next_cursor;
  }

  protected override render(): TemplateResult {
    const {view} = this;
    if (view === null) {
      return this.error === null ? loading() : failed(this.error, () => void this.#load());
    }
    return html`<header class="page-header">
        <h1>Session ${short(view.id)}</h1>
        <div class="actions">${badge(view.status)} ${copyCurl('GET', `/management/v1/sessions/${view.id}/messages`)}</div>
        <p>Agent <code>${view.agent_id}</code>${view.subject ? `, about ${view.subject}` : ''}, began ${time(view.created_at)}</p>
      </header>
      ${this.error === null ? '' : failed(this.error)}
      ${this.messages.length === 0 ? html`<section class="card">${empty('There are no messages yet.')}</section>` : html`<ol class="conversation">${this.messages.map(message)}</ol>`}
      ${this.cursor === null ? '' : html`<vaadin-button theme="small" @click=${() => void this.#more()}>Show more</vaadin-button>`}`;
  }
}

function message(each: Management.MessageView): TemplateResult {
  const usage = each.usage;
  return html`<li class="card ${each.role}">
    <header><strong>${each.role}</strong><small>${time(each.created_at)}</small></header>
    <p class="content">${each.content}</p>
    ${usage === null
      ? ''
      : html`<small
          >${usage.model ?? ''} ${number(usage.input_tokens)} in, ${number(usage.output_tokens)} out${usage.cost ? `, ${money(usage.cost.amount, usage.cost.currency)}` : ''}${usage.latency_ms
            ? `, ${number(usage.latency_ms)} ms`
            : ''}</small
        >`}
  </li>`;
}

export function page(session: string): TemplateResult {
  return html`<page-session .session=${session}></page-session>`;
}
