import {html, type TemplateResult} from 'lit';
import {connection} from '../core/connection';
import {problem} from './toast';

/** Retries when the server can be reached again. */
class RetryOnReturn extends HTMLElement {
  retry: () => void = () => undefined;

  connectedCallback(): void {
    connection.addEventListener('change', this.#changed);
  }

  disconnectedCallback(): void {
    connection.removeEventListener('change', this.#changed);
  }

  #changed = (): void => {
    if (!connection.away) {
      this.retry();
    }
  };
}

customElements.define('retry-on-return', RetryOnReturn);

/** Shown while something loads. */
export function loading(what = 'Loading…'): TemplateResult {
  return html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>${what}</p>`;
}

/** Shown in place of a list that has nothing. */
export function empty(text: string): TemplateResult {
  return html`<p class="empty">${text}</p>`;
}

/** Shown in place of what could not be loaded. Retries by itself after the server was away. */
export function failed(error: unknown, retry?: () => void): TemplateResult {
  return html`<div class="failed" role="alert">
    <div>${problem(error)}</div>
    ${retry ? html`<vaadin-button theme="small" @click=${retry}>Try again</vaadin-button><retry-on-return hidden .retry=${retry}></retry-on-return>` : ''}
  </div>`;
}

const TONES: Record<string, string> = {
  enabled: 'success', active: 'success', completed: 'success', up: 'success', ok: 'success', healthy: 'success', delivered: 'success',
  open: 'success', succeeded: 'success', working: 'success', implemented: 'success', in_force: 'success', accepted: 'success',
  failed: 'error', failing: 'error', down: 'error', crashed: 'error', error: 'error', rejected: 'error', suspended: 'error', revoked: 'error', refused: 'error',
  degraded: 'warning', missing: 'warning', pending: 'warning', waiting: 'warning', running: 'primary', draft: 'warning', stub: 'warning', partial: 'warning',
};

/** A state as a badge. */
export function badge(state: string | null | undefined): TemplateResult {
  return state ? html`<span class="badge ${TONES[state.toLowerCase()] ?? ''}">${state.replaceAll('_', ' ').toLowerCase()}</span>` : html`–`;
}
