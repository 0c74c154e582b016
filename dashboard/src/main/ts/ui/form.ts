import '@vaadin/button';
import '@vaadin/number-field';
import '@vaadin/password-field';
import '@vaadin/text-area';
import '@vaadin/text-field';
import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {idempotencyKey, request, target, type Operation} from '../core/api';
import {ApiError} from '../core/api-error';
import {words} from '../core/format';
import {mergePatch} from '../core/merge-patch';
import {copyCurl} from './curl';
import {SpaceElement} from './element';
import {kindOf, nullable, parse, unparse, type FieldKind, type Schema} from './field';
import {repeated} from './repeated';
import {bodySchema} from './schema';
import {loading} from './states';
import {problem} from './toast';

/**
 * A form for an operation's JSON body, made from its schema. Of a PATCH the body is a merge patch of what was changed. Event:
 * `done`, with the answer.
 */
@customElement('space-form')
export class SpaceForm extends SpaceElement {
  @property({attribute: false}) operation!: Operation;
  @property({attribute: false}) path: object = {};
  /** Members of the path that are also to be entered. */
  @property({attribute: false}) parts: readonly string[] = [];
  @property({attribute: false}) initial: Record<string, unknown> = {};
  /** The schema to use in place of the operation's own body, with what makes a body of the values. */
  @property({attribute: false}) schema: Schema | null = null;
  @property({attribute: false}) wrap: (values: Record<string, unknown>) => unknown = (values) => values;
  @property() action = 'Save';
  @state() private shown: Schema | null = null;
  @state() private error: unknown = null;
  @state() private busy = false;
  #values = new Map<string, string>();
  /** What the values were when they were read from the server. */
  #before = new Map<string, string>();
  #key: Record<string, string> | null = null;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('operation') || changed.has('schema')) {
      void this.#load();
    }
  }

  async #load(): Promise<void> {
    const body = this.schema ?? (await bodySchema(this.operation));
    const schema: Schema = {
      ...body,
      properties: {...Object.fromEntries(this.parts.map((name) => [name, {type: 'string'}])), ...body.properties},
      required: [...this.parts, ...(body.required ?? [])],
    };
    this.#values = new Map();
    for (const [name, each] of Object.entries(schema.properties ?? {})) {
      this.#values.set(name, unparse(kindOf(name, each), this.initial[name]));
    }
    this.#before = new Map(this.#values);
    this.shown = schema;
  }

  protected override render(): TemplateResult {
    if (this.shown === null) {
      return loading();
    }
    const required = this.shown.required ?? [];
    const fields = Object.entries(this.shown.properties ?? {}).sort(
      ([one], [other]) => Number(required.includes(other)) - Number(required.includes(one)),
    );
    const [method, url] = this.#target();
    return html`<form class="form" @submit=${this.#submit} @keydown=${this.#enter}>
      ${fields.map(([name, schema]) => this.#field(name, schema, required.includes(name)))}
      ${this.error === null ? '' : html`<div class="failed wide" role="alert">${problem(this.error)}</div>`}
      <footer class="wide">
        ${copyCurl(method, url, this.#example())}
        <vaadin-button theme="primary" ?disabled=${this.busy} @click=${this.#submit}>${this.action}</vaadin-button>
      </footer>
    </form>`;
  }

  #field(name: string, schema: Schema, required: boolean): TemplateResult {
    const kind = kindOf(name, schema);
    const label = words(name);
    const value = this.#values.get(name) ?? '';
    const invalid = this.error instanceof ApiError ? this.error.fields.find((each) => each.field === name)?.message : undefined;
    const change = (event: Event): void => this.#set(name, (event.target as HTMLInputElement).value);
    switch (kind) {
      case 'number':
        return html`<vaadin-number-field
          label=${label}
          helper-text=${schema.description ?? nothing}
          min=${schema.minimum ?? nothing}
          max=${schema.maximum ?? nothing}
          step="any"
          ?required=${required}
          ?invalid=${invalid !== undefined}
          error-message=${invalid ?? ''}
          .value=${value}
          @change=${change}
          @input=${change}
        ></vaadin-number-field>`;
      case 'boolean':
        return html`<label class="grant"
          ><input type="checkbox" .checked=${value === 'true'} @change=${(event: Event) => this.#set(name, String((event.target as HTMLInputElement).checked))} /><span>${label}</span></label
        >`;
      case 'choice':
        return html`<label class="select"
          ><span>${label}${required ? ' *' : ''}</span
          ><select @change=${change}>
            ${required && value !== '' ? '' : html`<option value="">${required ? 'Choose…' : '–'}</option>`}
            ${(schema.enum ?? []).map((each) => html`<option value=${each} ?selected=${each.toLowerCase() === value.toLowerCase()}>${words(each)}</option>`)}
          </select></label
        >`;
      case 'choices':
        return this.#choices(name, label, schema.items?.enum ?? []);
      case 'secret':
        return html`<vaadin-password-field
          label=${label}
          autocomplete="new-password"
          ?required=${required}
          ?invalid=${invalid !== undefined}
          error-message=${invalid ?? ''}
          .value=${value}
          @input=${change}
        ></vaadin-password-field>`;
      case 'text':
        return html`<vaadin-text-field
          label=${label}
          helper-text=${schema.description ?? (schema.format === 'date-time' ? 'For example 2026-12-31T12:00:00Z' : nothing)}
          ?required=${required}
          ?invalid=${invalid !== undefined}
          error-message=${invalid ?? ''}
          .value=${value}
          @input=${change}
        ></vaadin-text-field>`;
      default:
        return html`<vaadin-text-area
          class="wide ${kind === 'json' || name === 'source' ? 'code' : ''}"
          label=${label}
          helper-text=${hint(kind, schema) ?? nothing}
          min-rows=${name === 'source' ? 12 : 3}
          max-rows="24"
          ?required=${required}
          ?invalid=${invalid !== undefined}
          error-message=${invalid ?? ''}
          .value=${value}
          @input=${change}
        ></vaadin-text-area>`;
    }
  }

  #choices(name: string, label: string, all: string[]): TemplateResult {
    const chosen = new Set((this.#values.get(name) ?? '').split('\n').filter((each) => each !== ''));
    return html`<fieldset class="grants wide columns">
      <legend>${label}</legend>
      ${all.map(
        (each) =>
          html`<label class="grant"
            ><input
              type="checkbox"
              .checked=${chosen.has(each)}
              @change=${(event: Event) => {
                if ((event.target as HTMLInputElement).checked) {
                  chosen.add(each);
                } else {
                  chosen.delete(each);
                }
                this.#set(name, [...chosen].join('\n'));
              }}
            /><span>${words(each)}</span></label
          >`,
      )}
    </fieldset>`;
  }

  #set(name: string, value: string): void {
    this.#values.set(name, value);
    this.#key = null;
  }

  #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && ['vaadin-text-field', 'vaadin-number-field'].includes((event.target as HTMLElement).parentElement?.localName ?? '')) {
      void this.#submit(event);
    }
  };

  /** The body; throws an error that names the field that cannot be sent. */
  #body(): unknown {
    const values = this.#parsed(this.#values);
    return this.operation.startsWith('PATCH ') ? this.#patch(values) : this.wrap(values);
  }

  /** Only what was changed: a member that is sent as it was would undo the change that another caller made meanwhile. */
  #patch(values: Record<string, unknown>): unknown {
    const patch = mergePatch(this.#parsed(this.#before), values);
    const names = Object.keys(patch);
    const kept = names.find((name) => patch[name] === null && !nullable(this.shown?.properties?.[name] ?? {}));
    if (kept !== undefined) {
      throw new Error(`${words(kept)} cannot be empty.`);
    }
    if (names.length === 0) {
      throw new Error('Nothing was changed.');
    }
    return patch;
  }

  #parsed(texts: Map<string, string>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(this.shown?.properties ?? {})) {
      try {
        const value = parse(kindOf(name, schema), texts.get(name) ?? '');
        if (value !== undefined) {
          values[name] = value;
        }
      } catch (error) {
        throw new Error(`${words(name)} ${error instanceof RangeError ? error.message : 'is not well-formed JSON.'}`);
      }
    }
    this.parts.forEach((name) => delete values[name]);
    return values;
  }

  #target(): [method: string, url: string] {
    return target(this.operation, {...this.path, ...Object.fromEntries(this.parts.map((name) => [name, this.#values.get(name) ?? '']))});
  }

  #example(): unknown {
    try {
      return this.#body();
    } catch {
      return {};
    }
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || repeated(event)) {
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      const [method, url] = this.#target();
      const sent = new Map(this.#values);
      // The same key for a retry after a lost answer, so that it has one effect.
      this.#key ??= method === 'POST' ? idempotencyKey() : {};
      const answer = await request(method, url, {body: this.#body(), headers: this.#key});
      this.#key = null;
      this.#before = sent;
      this.dispatchEvent(new CustomEvent('done', {detail: answer}));
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  };
}

function hint(kind: FieldKind, schema: Schema): string | undefined {
  return schema.description ?? (kind === 'lines' ? 'One on each line' : kind === 'json' ? 'JSON' : undefined);
}
