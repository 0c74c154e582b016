import {caller} from '../core/caller';
import type {Page} from './pages';
import {registry} from './registry';

/** Whether the caller may see a page. */
export function allowed(page: Page): boolean {
  return (page.needs === undefined || caller.can(page.needs)) && (page.role === undefined || caller.has(page.role));
}

/** Whether a page is in the navigation. */
export function visible(page: Page): boolean {
  return page.group !== undefined && allowed(page) && (page.plugin === undefined || registry.enabled(page.plugin));
}
