import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {download, target} from '../core/api';
import {time} from '../core/format';
import {save} from '../core/save';
import {SpaceElement} from './element';
import {failed} from './states';

/** Saves the export of a data request: all of its parts as one JSON array. */
@customElement('data-export')
export class DataExport extends SpaceElement {
  @property() request = '';
  @property() until = '';
  @state() private busy = false;
  @state() private error: unknown = null;

  protected override render(): TemplateResult {
    return html`<p>
        <vaadin-button theme="small" ?disabled=${this.busy} @click=${this.#save}>Save the export</vaadin-button>
        <span class="hint">until ${time(this.until)}</span>
      </p>
      ${this.error === null ? '' : failed(this.error)}`;
  }

  #save = async (): Promise<void> => {
    this.busy = true;
    this.error = null;
    try {
      const content: BlobPart[] = [];
      for (let part = 1, parts = 1; part <= parts; part++) {
        const [, url] = target('GET /management/v1/data-requests/{data_request_id}/export', {data_request_id: this.request}, {part});
        const document = await download(url);
        ({parts} = JSON.parse(await document.text()) as {parts: number});
        content.push(part === 1 ? '[' : ',\n', document);
      }
      save(new Blob([...content, ']\n'], {type: 'application/json'}), `data-request-${this.request}.json`);
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  };
}
