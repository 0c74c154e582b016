import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {caller} from '../core/caller';
import {time} from '../core/format';
import {registry} from '../shell/registry';
import {copyCurl} from '../ui/curl';
import {confirm, openDialog} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import {badge, failed, loading} from '../ui/states';
import {complain, notify, problem} from '../ui/toast';
import {install} from './install';
import {grants, meaning} from './permissions';

type Installed = Api.InstalledPluginView;

const CHANGE_PAUSE_MILLIS = 700;

/** The plugins: install, grant, enable, disable, remove; for everybody else what there is. */
@customElement('page-plugins')
export class PagePlugins extends SpaceElement {
  @state() private plugins: Api.PluginView[] | null = null;
  @state() private installed: Installed[] = [];
  @state() private error: unknown = null;
  @state() private over = false;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #load = async (): Promise<void> => {
    try {
      await registry.load();
      this.plugins = registry.plugins;
      if (caller.can('GET /api/control-center/plugins')) {
        this.installed = await call('GET /api/control-center/plugins');
      }
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    clearTimeout(this.#timer);
    if (this.isConnected && this.installed.some((plugin) => plugin.change !== null)) {
      this.#timer = window.setTimeout(this.#load, CHANGE_PAUSE_MILLIS);
    }
  };

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Plugins</h1>
        <p>Plugins add endpoints, events, workflow actions and pages. Changes reach every node within a second.</p>
      </header>
      ${caller.can('POST /api/control-center/plugins/install') ? this.#drop() : ''}
      ${this.error === null ? '' : failed(this.error, () => void this.#load())}
      ${this.plugins === null ? (this.error === null ? loading() : '') : html`<div class="grid">${this.#ids().map((id) => this.#card(id))}</div>`}`;
  }

  #ids(): string[] {
    return [...new Set([...(this.plugins ?? []).map((each) => each.id), ...this.installed.map((each) => each.id)])].sort();
  }

  #drop(): TemplateResult {
    return html`<div
      class="drop ${this.over ? 'over' : ''}"
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.over = true;
      }}
      @dragleave=${() => (this.over = false)}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        this.over = false;
        this.#take(event.dataTransfer?.files);
      }}
    >
      <strong>Drop a plugin’s archive here to install or upgrade it</strong>
      <label class="file"
        ><span>or choose a ZIP file</span
        ><input
          type="file"
          accept=".zip,application/zip"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            this.#take(input.files);
            input.value = '';
          }}
      /></label>
    </div>`;
  }

  #take(files: FileList | null | undefined): void {
    const file = files?.[0];
    if (file !== undefined) {
      void install(file, (installed) => {
        notify(`${installed.id} ${installed.version} is ${installed.state}.`);
        void this.#load();
      });
    }
  }

  #card(id: string): TemplateResult {
    const plugin = this.plugins?.find((each) => each.id === id);
    const installed = this.installed.find((each) => each.id === id);
    const state = installed?.state ?? plugin?.state;
    return html`<section class="card plugin" aria-label=${plugin?.name ?? id}>
      <header>
        <h2>${plugin?.name ?? id}</h2>
        ${installed?.change ? badge(installed.change) : badge(state)}
      </header>
      <p>${plugin?.description ?? ''}</p>
      <p class="hint"><code>${id}</code> ${installed?.version ?? plugin?.version}${plugin ? html` · ${plugin.endpoint_count} endpoints · ${plugin.author}` : ''}</p>
      ${installed?.reason ? html`<div class="failed"><span>${installed.reason}</span></div>` : ''}
      <div class="actions">
        <vaadin-button theme="small" @click=${() => void this.#details(id, installed)}>Details</vaadin-button>
        ${installed === undefined ? '' : this.#switches(installed)}
      </div>
    </section>`;
  }

  #switches(plugin: Installed): TemplateResult {
    return plugin.state === 'enabled'
      ? html`<vaadin-button theme="small" @click=${() => this.#disable(plugin)}>Disable</vaadin-button>${this.#removal(plugin)}`
      : html`<vaadin-button theme="small primary" @click=${() => this.#enable(plugin)}>Enable</vaadin-button>${this.#removal(plugin)}`;
  }

  #removal(plugin: Installed): TemplateResult | string {
    return plugin.sha256 === null
      ? ''
      : html`<vaadin-button theme="small error tertiary" @click=${() => this.#remove(plugin)}>Remove</vaadin-button>`;
  }

  #enable(plugin: Installed): void {
    const granted = new Set(plugin.permissions);
    let busy = false;
    let error: unknown = null;
    openDialog(`Enable ${plugin.id}`, (close, update) => {
      const enable = async (): Promise<void> => {
        busy = true;
        error = null;
        update();
        try {
          await call('POST /api/control-center/plugins/enable', {body: {plugin_id: plugin.id, grant: [...granted]}});
          close();
          notify(`${plugin.id} is enabled.`);
        } catch (caught) {
          error = caught;
          busy = false;
          update();
        }
        await this.#load();
      };
      return html`${grants(plugin.permissions, granted, update)}
        ${error === null ? '' : html`<div class="failed" role="alert">${problem(error)}</div>`}
        <footer>
          <vaadin-button theme="tertiary" @click=${close}>Cancel</vaadin-button>
          <vaadin-button theme="primary" ?disabled=${busy} @click=${enable}>Enable</vaadin-button>
        </footer>`;
    });
  }

  #disable(plugin: Installed): void {
    confirm(
      {
        title: `Disable ${plugin.id}`,
        text: 'Its endpoints stop answering and its pages disappear, for every organization. Its data stays, and it can be enabled again.',
        action: 'Disable',
        word: plugin.id,
      },
      async () => {
        await call('POST /api/control-center/plugins/disable', {body: {plugin_id: plugin.id}});
        notify(`${plugin.id} is disabled.`);
        await this.#load();
      },
    );
  }

  #remove(plugin: Installed): void {
    let data = 'KEEP';
    const choices: [string, string][] = [
      ['KEEP', 'Keep its data for a later installation'],
      ['EXPORT', 'Export its data, then delete it'],
      ['PURGE', 'Delete its data; this cannot be undone'],
    ];
    confirm(
      {
        title: `Remove ${plugin.id}`,
        text: 'The plugin is taken out on every node, with its endpoints and pages.',
        action: 'Remove',
        word: plugin.id,
        extra: html`<fieldset class="grants">
          <legend>Its data</legend>
          ${choices.map(
            ([value, text]) =>
              html`<label class="grant"><input type="radio" name="data" ?checked=${value === data} @change=${() => (data = value)} /><span>${text}</span></label>`,
          )}
        </fieldset>`,
      },
      async () => {
        const removed = await call('DELETE /api/control-center/plugins/uninstall', {
          body: {plugin_id: plugin.id, data: data as 'KEEP' | 'EXPORT' | 'PURGE'},
        });
        notify(`${removed.plugin_id} was removed${removed.export ? `; its data is in export ${removed.export}` : ''}.`);
        await this.#load();
      },
    );
  }

  async #details(id: string, installed: Installed | undefined): Promise<void> {
    try {
      const endpoints = await call('GET /api/plugins/{plugin}/endpoints', {path: {plugin: id}});
      openDialog(`Plugin ${id}`, () => details(id, installed, endpoints), true);
    } catch (error) {
      complain(error);
    }
  }
}

function details(id: string, installed: Installed | undefined, endpoints: Api.PluginEndpointView[]): TemplateResult {
  return html`${installed === undefined
      ? ''
      : html`<section>
          <dl>
            <dt>Signature</dt>
            <dd>${installed.signature}</dd>
            <dt>Versions kept</dt>
            <dd>${installed.versions.join(', ') || installed.version}</dd>
            <dt>Changed</dt>
            <dd>${time(installed.changed_at)}</dd>
            <dt>Permissions</dt>
            <dd>
              ${installed.permissions.map(
                (each) => html`<div><code>${each}</code> ${installed.granted.includes(each) ? '' : badge('refused')}<br /><small>${meaning(each)}</small></div>`,
              )}
            </dd>
            <dt>Nodes</dt>
            <dd>${installed.nodes.map((node) => html`<div><code>${node.node_id}</code> ${node.version} ${badge(node.state)} ${node.reason ?? ''}</div>`)}</dd>
          </dl>
        </section>`}
    <section>
      <h3>Endpoints</h3>
      <table class="rows">
        <thead>
          <tr><th scope="col">Endpoint</th><th scope="col">Summary</th><th scope="col">Status</th><th scope="col">Command</th></tr>
        </thead>
        <tbody>
          ${endpoints.map(
            (each) =>
              html`<tr>
                <td data-label="Endpoint"><code>${each.method} ${each.path.replace(`/api/plugins/${id}`, '')}</code></td>
                <td data-label="Summary">${each.summary}</td>
                <td data-label="Status">${badge(each.status)}</td>
                <td data-label="Command">${copyCurl(each.method, each.path)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
}

export function page(): TemplateResult {
  return html`<page-plugins></page-plugins>`;
}
