import {html, render, type TemplateResult} from 'lit';
import {ApiError} from '../core/api-error';
import {caller} from '../core/caller';
import {link} from '../core/router';

const SHOWN_MILLIS = 6_000;
const MAX_TOASTS = 4;

function region(): HTMLElement {
  let found = document.querySelector<HTMLElement>('.toasts');
  if (found === null) {
    found = document.createElement('div');
    found.className = 'toasts';
    found.setAttribute('role', 'status');
    found.setAttribute('aria-live', 'polite');
    document.body.append(found);
  }
  return found;
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
