import type {Api} from '#generated/api';
import {call} from '../core/api';

/** Which plugins are enabled, and which modules they add (docs/UI_MODULES.md). Event: `change`. */
class Registry extends EventTarget {
  plugins: Api.PluginView[] = [];
  modules: Api.PluginUiView[] = [];

  async load(): Promise<void> {
    [this.plugins, this.modules] = await Promise.all([call('GET /api/plugins'), call('GET /api/frontend/ui-registry')]);
    this.dispatchEvent(new Event('change'));
  }

  forget(): void {
    this.plugins = [];
    this.modules = [];
  }

  enabled(plugin: string): boolean {
    return this.plugins.some((each) => each.id === plugin && each.state === 'enabled');
  }
}

export const registry = new Registry();
