import type {Management} from '#generated/api';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {short, time} from '../core/format';
import {promotion} from '../lists/agents';
import {diff} from '../ui/diff';
import {confirm} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import {badge, failed, loading} from '../ui/states';
import {notify} from '../ui/toast';

const PROMOTE = 'POST /management/v1/directives/{directive_id}/promote';

const SIGNS = {same: ' ', added: '+', removed: '-'} as const;

/** A directive's versions, each with its differences from the one before it; a draft can be promoted. */
@customElement('page-directive')
export class PageDirective extends SpaceElement {
  @property() directive = '';
  @state() private view: Management.DirectiveView | null = null;
  @state() private versions: Management.DirectiveVersionView[] = [];
  @state() private error: unknown = null;

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const path = {directive_id: this.directive};
      [this.view, {items: this.versions}] = await Promise.all([
        call('GET /management/v1/directives/{directive_id}', {path}),
        call('GET /management/v1/directives/{directive_id}/versions', {path, query: {limit: 100}}),
      ]);
      this.versions.sort((one, other) => other.version - one.version);
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    const {view} = this;
    if (view === null) {
      return this.error === null ? loading() : failed(this.error, () => void this.#load());
    }
    return html`<header class="page-header">
        <h1>${view.name}</h1>
        <div class="actions">${badge(view.status)}</div>
        <p>Priority ${view.priority}, ${view.agent_id === null ? 'for the organization' : `for agent ${view.agent_id}`}. In force: ${view.active_version === null ? 'no version' : `version ${view.active_version}`}.</p>
      </header>
      ${this.versions.map((version, index) => this.#version(version, this.versions[index + 1]))}`;
  }

  #version(version: Management.DirectiveVersionView, before: Management.DirectiveVersionView | undefined): TemplateResult {
    return html`<section class="card" aria-label="Version ${version.version}">
      <header><h2>Version ${version.version}</h2><small>${time(version.created_at)} by ${short(version.created_by)}</small>${badge(version.status)}${
        version.status === 'draft' && caller.can(PROMOTE) ? html`<button class="plain small" @click=${() => this.#promote(version)}>Promote</button>` : ''
      }</header>
      <pre tabindex="0" class="diff">${
        before === undefined
          ? version.content
          : diff(before.content, version.content).map((line) => html`<span class=${line.kind}>${SIGNS[line.kind]} ${line.text}\n</span>`)
      }</pre>
    </section>`;
  }

  #promote({version, content}: Management.DirectiveVersionView): void {
    confirm({title: `Promote version ${version}`, action: 'Promote', destructive: false, ...promotion(version, this.view?.active_version ?? null, content)}, async () => {
      await call(PROMOTE, {path: {directive_id: this.directive}, query: {version}});
      notify('Promote: done.');
      await this.#load();
    });
  }
}

export function page(directive: string): TemplateResult {
  return html`<page-directive .directive=${directive}></page-directive>`;
}
