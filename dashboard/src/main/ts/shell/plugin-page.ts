import {html, type TemplateResult} from 'lit';
import {match} from '../core/router';
import '../ui/plugin-module';
import type {Page} from './pages';
import {registry} from './registry';

type Entry = Pick<Page, 'path' | 'title' | 'icon' | 'group'>;

/** The navigation's entries of plugins: their pages, and their settings. */
export function pluginPages(): Entry[] {
  return registry.modules.flatMap((plugin) => [
    ...plugin.menu.map((module, index) => entry(`/plugin/${plugin.plugin}/menu/${index}`, module.title, plugin.name)),
    ...plugin.settings.map((module, index) => entry(`/plugin/${plugin.plugin}/settings/${index}`, module.title, plugin.name)),
  ]);
}

function entry(path: string, title: string, group: string): Entry {
  return {path, title, group, icon: path.includes('/settings/') ? 'gear' : 'cube'};
}

/** The title and content of a plugin's page; null for another path. */
export function pluginPage(path: string): [string, TemplateResult] | null {
  const parameters = match('/plugin/:plugin/:place/:index', path);
  if (parameters === null) {
    return null;
  }
  const plugin = registry.modules.find((each) => each.plugin === parameters['plugin']);
  const modules = parameters['place'] === 'settings' ? plugin?.settings : plugin?.menu;
  const module = modules?.[Number(parameters['index'])];
  if (plugin === undefined || module === undefined) {
    return ['Plugin page', html`<section class="message"><h1>The plugin does not have this page now</h1></section>`];
  }
  return [
    module.title,
    html`<header class="page-header"><h1>${module.title}</h1><p>${plugin.name} ${plugin.version}</p></header>
      <div class="card"><space-plugin-module .plugin=${plugin.plugin} .module=${module.module}></space-plugin-module></div>`,
  ];
}
