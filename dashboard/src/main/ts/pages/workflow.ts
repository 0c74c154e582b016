import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {time} from '../core/format';
import {go, link} from '../core/router';
import {openDialog} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import '../ui/form';
import '../ui/image';
import {badge, failed, loading} from '../ui/states';

/** A workflow: its diagram, its versions with their source, and its runs. */
@customElement('page-workflow')
export class PageWorkflow extends SpaceElement {
  @property() workflow = '';
  @state() private view: Api.WorkflowView | null = null;
  @state() private versions: Api.WorkflowVersionView[] = [];
  @state() private error: unknown = null;

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const path = {id: this.workflow};
      [this.view, {items: this.versions}] = await Promise.all([
        call('GET /api/system/workflows/{id}', {path}),
        call('GET /api/system/workflows/{id}/versions', {path, query: {limit: 100}}),
      ]);
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
        <div class="actions">
          ${badge(view.status)}
          ${caller.can('PUT /api/system/workflows/{id}') ? html`<vaadin-button @click=${this.#change}>New version</vaadin-button>` : ''}
          <vaadin-button theme="primary" @click=${this.#start}>Start a run</vaadin-button>
        </div>
        <p><code>${view.id}</code> version ${view.version} · <a href=${link('/runs', {workflow_id: view.id})}>Runs</a></p>
      </header>
      <section class="card" aria-label="Diagram">
        <div class="diagram" tabindex="0">
          <space-image src="/api/system/workflows/${view.id}/diagram.svg" alt="Diagram of the workflow; its source is below"></space-image>
        </div>
      </section>
      <section class="card" aria-label="Versions">
        <header><h2>Versions</h2></header>
        ${this.versions.map(
          (version) =>
            html`<details>
              <summary>Version ${version.version} of ${time(version.created_at)}, ${version.format}</summary>
              <pre tabindex="0">${version.source}</pre>
            </details>`,
        )}
      </section>`;
  }

  #change = (): void => {
    openDialog(
      `New version of ${this.workflow}`,
      (close) =>
        html`<space-form
          .operation=${'PUT /api/system/workflows/{id}'}
          .path=${{id: this.workflow}}
          .initial=${{source: this.versions[0]?.source ?? ''}}
          action="Save"
          @done=${() => {
            close();
            void this.#load();
          }}
        ></space-form>`,
      true,
    );
  };

  #start = (): void => {
    openDialog(
      `Start ${this.workflow}`,
      (close) =>
        html`<space-form
          .operation=${'POST /api/system/workflows/{id}/runs'}
          .path=${{id: this.workflow}}
          .initial=${{input: {}}}
          action="Start"
          @done=${(event: CustomEvent<Api.RunView>) => {
            close();
            go(`/runs/${event.detail.run_id}`);
          }}
        ></space-form>`,
      true,
    );
  };
}

export function page(workflow: string): TemplateResult {
  return html`<page-workflow .workflow=${workflow}></page-workflow>`;
}
