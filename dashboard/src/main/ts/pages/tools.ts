import type {Api} from '#generated/api';
import '@vaadin/button';
import '@vaadin/text-field';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {json} from '../core/format';
import {place, setQuery} from '../core/router';
import {openDialog} from '../ui/dialog';
import {SpaceElement} from '../ui/element';
import '../ui/form';
import type {Schema} from '../ui/field';
import {badge, empty, failed, loading} from '../ui/states';

/** The MCP tools that the caller may call, with a playground for each, and how a client connects. */
@customElement('page-tools')
export class PageTools extends SpaceElement {
  @state() private tools: Api.ToolView[] | null = null;
  @state() private health: Api.McpHealthView | null = null;
  @state() private error: unknown = null;
  @state() private text = place().query.get('text') ?? '';

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      [this.tools, this.health] = await Promise.all([call('GET /api/mcp/tools'), call('GET /api/mcp/health')]);
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    return html`<header class="page-header">
        <h1>Tools</h1>
        <div class="actions"><vaadin-button @click=${connect}>Connect a client</vaadin-button></div>
        <p>
          Endpoints that agents call over the Model Context Protocol at <code>/api/mcp</code>${this.health === null
            ? ''
            : html`, in the versions ${this.health.protocol_versions.join(', ')}`}. A call here is the same call, with your rights.
        </p>
      </header>
      <div class="toolbar">
        <vaadin-text-field
          label="Name or description"
          clear-button-visible
          .value=${this.text}
          @value-changed=${(event: CustomEvent<{value: string}>) => {
            this.text = event.detail.value;
            setQuery({text: this.text});
          }}
        ></vaadin-text-field>
      </div>
      ${this.error === null ? '' : failed(this.error, () => void this.#load())}
      ${this.tools === null ? (this.error === null ? loading() : '') : this.#list(this.tools)}`;
  }

  #list(tools: Api.ToolView[]): TemplateResult {
    const text = this.text.toLowerCase();
    const shown = tools.filter((tool) => `${tool.name} ${tool.title} ${tool.description}`.toLowerCase().includes(text));
    return shown.length === 0
      ? html`<section class="card">${empty('No tool matches.')}</section>`
      : html`<div class="grid">
          ${shown.map(
            (tool) =>
              html`<section class="card plugin" aria-label=${tool.name}>
                <header><h2>${tool.title}</h2>${tool.annotations.destructive_hint ? badge('destructive') : tool.annotations.read_only_hint ? badge('read only') : ''}</header>
                <p>${tool.description}</p>
                <p class="hint"><code>${tool.name}</code> of ${tool.server}</p>
                <div class="actions"><vaadin-button theme="small" @click=${() => playground(tool)}>Try it</vaadin-button></div>
              </section>`,
          )}
        </div>`;
  }
}

function playground(tool: Api.ToolView): void {
  let answer: Api.InvocationView | null = null;
  openDialog(
    tool.title,
    (_close, update) =>
      html`<p>${tool.description}</p>
        <space-form
          .operation=${'POST /api/mcp/tools/{name}/invoke'}
          .path=${{name: tool.name}}
          .schema=${tool.input_schema as Schema}
          .wrap=${(values: Record<string, unknown>) => ({arguments: values})}
          action="Call"
          @done=${(event: CustomEvent<Api.InvocationView>) => {
            answer = event.detail;
            update();
          }}
        ></space-form>
        ${answer === null
          ? ''
          : html`<section role="status">
              <h3>Result ${badge(answer.is_error ? 'failed' : 'ok')}</h3>
              <pre tabindex="0">${answer.structured === null ? answer.result : json(answer.structured)}</pre>
            </section>`}
        <details><summary>Schema of the arguments</summary><pre tabindex="0">${json(tool.input_schema)}</pre></details>`,
    true,
  );
}

function connect(): void {
  const url = `${location.origin}/api/mcp`;
  openDialog(
    'Connect a client',
    () =>
      html`<p>Make a token on <a href="#/tokens">Tokens</a> and put it in place of TOKEN.</p>
        <h3>Clients with a JSON configuration</h3>
        <pre tabindex="0">${json({mcpServers: {the_space: {type: 'http', url, headers: {Authorization: 'Bearer TOKEN'}}}})}</pre>
        <h3>Inspector</h3>
        <pre tabindex="0">npx @modelcontextprotocol/inspector --cli ${url} --transport http --header "Authorization: Bearer TOKEN" --method tools/list</pre>`,
    true,
  );
}

export function page(): TemplateResult {
  return html`<page-tools></page-tools>`;
}
