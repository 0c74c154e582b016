import {html, type TemplateResult} from 'lit';
import {openDialog} from './dialog';
import {icon} from './icons';
import {notify} from './toast';

/** A call as a command line; the token stays a variable, so that no copy gives it away. */
export function curl(method: string, url: string, body?: unknown): string {
  const lines = [`curl -X ${method} '${location.origin}${url}'`, `  -H "Authorization: Bearer $TOKEN"`];
  if (body !== undefined) {
    lines.push(`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n');
}

/** A button that copies a call. */
export function copyCurl(method: string, url: string, body?: unknown): TemplateResult {
  return html`<button
    class="plain small"
    title="Copy as curl: ${method} ${url}"
    aria-label="Copy as curl: ${method} ${url}"
    @click=${(event: Event) => {
      event.stopPropagation();
      void copy(curl(method, url, body), 'The command was copied; set TOKEN to an access token.');
    }}
  >
    ${icon('copy')}<span>curl</span>
  </button>`;
}

/** Copies a text; where the browser does not let pages copy (plain HTTP), it is shown. */
export async function copy(text: string, message: string): Promise<void> {
  if ('clipboard' in navigator) {
    await navigator.clipboard.writeText(text);
    notify(message);
  } else {
    openDialog('Copy this', () => html`<pre tabindex="0">${text}</pre>`, true);
  }
}
