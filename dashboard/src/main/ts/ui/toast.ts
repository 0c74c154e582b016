import {html, render, type TemplateResult} from 'lit';
import {ApiError} from '../core/api-error';
import {caller} from '../core/caller';
import {link} from '../core/router';

const SHOWN_MILLIS = 6_000;
const MAX_TOASTS = 4;

/** The part of an element that has toasts. It is made before the first of them, since a change of a live region is what is announced. */
export function toastRegion(parent: HTMLElement): HTMLElement {
  let found = parent.querySelector<HTMLElement>(':scope > .toasts');
  if (found === null) {
    found = document.createElement('div');
    found.className = 'toasts';
    found.setAttribute('role', 'status');
    found.setAttribute('aria-live', 'polite');
    parent.append(found);
  }
  return found;
}

/** Of the dialog that was opened last, while there is one: all else is inert. */
function region(): HTMLElement {
  return toastRegion([...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1) ?? document.body);
}

/** Moves the toasts to where they can be used, after a dialog was opened or closed. */
export function moveToasts(): void {
  const parent = region();
  for (const toast of document.querySelectorAll('.toast')) {
    if (toast.parentElement !== parent) {
      parent.append(toast);
    }
  }
}

function show(content: TemplateResult | string, kind: 'success' | 'error'): void {
  const parent = region();
  while (parent.childElementCount >= MAX_TOASTS) {
    parent.firstElementChild?.remove();
  }
  const toast = document.createElement('div');
  toast.className = `toast ${kind}`;
  render(
    html`<span>${content}</span>
      <button class="plain" aria-label="Dismiss" @click=${() => toast.remove()}>✕</button>`,
    toast,
  );
  parent.append(toast);
  if (kind === 'success') {
    setTimeout(() => toast.remove(), SHOWN_MILLIS);
  }
}

/** Reports a success; administrators also get a link to the explanation of the request. */
export function notify(message: TemplateResult | string, requestId: string | null = null): void {
  show(requestId !== null && caller.admin ? html`${message} <a href=${link(`/requests/${requestId}`)}>Explain this request</a>` : message, 'success');
}

/** Reports an error until it is dismissed. */
export function complain(error: unknown): void {
  show(problem(error), 'error');
}

/** An error for people: the server's own sentence, and a link to the explanation of the request. */
export function problem(error: unknown): TemplateResult {
  if (!(error instanceof ApiError)) {
    return html`${error instanceof Error ? error.message : String(error)}`;
  }
  const id = error.requestId;
  return html`${error.message}
  ${error.fields.length > 0
    ? html`<ul>
        ${error.fields.map((each) => html`<li><code>${each.field}</code>: ${each.message}</li>`)}
      </ul>`
    : ''}
  ${id === null
    ? ''
    : caller.admin
      ? html`<a class="request" href=${link(`/requests/${id}`)}>Explain this request</a>`
      : html`<span class="request">Request ${id}</span>`}`;
}
