import {html, type TemplateResult} from 'lit';
import {problem} from './toast';

/** Shown while something loads. */
export function loading(what = 'Loading…'): TemplateResult {
  return html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>${what}</p>`;
}

/** Shown in place of a list that has nothing. */
export function empty(text: string): TemplateResult {
  return html`<p class="empty">${text}</p>`;
}

/** Shown in place of what could not be loaded. */
export function failed(error: unknown, retry?: () => void): TemplateResult {
  return html`<div class="failed" role="alert">
    <div>${problem(error)}</div>
    ${retry ? html`<vaadin-button theme="small" @click=${retry}>Try again</vaadin-button>` : ''}
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
