import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {request} from '../core/api';
import {caller} from '../core/caller';
import {preferences} from '../core/preferences';
import {SpaceElement} from './element';
import {failed} from './states';

type Unmount = (() => void) | undefined;
interface Module {
  mount(element: HTMLElement, context: object): Unmount | Promise<Unmount>;
}
interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Shows a module of a plugin by the contract of docs/UI_MODULES.md. */
@customElement('space-plugin-module')
export class SpacePluginModule extends SpaceElement {
  @property() plugin = '';
  @property() module = '';
  @state() private error: unknown = null;
  #unmount: Unmount;
  #mounts = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('module')) {
      void this.#enter();
    }
  }

  async #enter(): Promise<void> {
    this.#leave();
    const mount = ++this.#mounts;
    const place = document.createElement('div');
    this.querySelector('.plugin-module')?.replaceChildren(place);
    try {
      const module = (await import(new URL(this.module, location.href).href)) as Module;
      const unmount = await module.mount(place, {
        plugin: this.plugin,
        user: caller.profile,
        locale: preferences.locale,
        timeZone: preferences.timeZone,
        api: (path: string, options: CallOptions = {}) => api(path, options),
      });
      if (mount === this.#mounts) {
        this.#unmount = unmount;
      } else {
        unmount?.();
      }
    } catch (error) {
      this.error = error;
    }
  }

  #leave(): void {
    this.#mounts++;
    this.#unmount?.();
    this.#unmount = undefined;
  }

  protected override render(): TemplateResult {
    return html`${this.error === null ? '' : failed(this.error)}<div class="plugin-module"></div>`;
  }
}

async function api(path: string, options: CallOptions): Promise<unknown> {
  if (!path.startsWith('/api/')) {
    throw new Error(`A module calls paths below /api/; ${path} is not one.`);
  }
  return request(options.method ?? 'GET', path, {
    ...(options.headers ? {headers: options.headers} : {}),
    ...(options.body === undefined ? {} : {body: options.body}),
  });
}
