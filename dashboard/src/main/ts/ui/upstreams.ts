import type {Api} from '#generated/api';
import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {number} from '../core/format';
import {SpaceElement} from './element';
import {badge, failed, loading} from './states';

/** What state the upstreams of a gateway route are in, on the node that answers. */
@customElement('upstream-health')
export class UpstreamHealth extends SpaceElement {
  @property() route = '';
  @state() private upstreams: Api.UpstreamView[] | null = null;
  @state() private error: unknown = null;

  protected override firstUpdated(): void {
    call('GET /api/control-center/gateway/routes/{id}/upstreams', {path: {id: this.route}})
      .then((upstreams) => (this.upstreams = upstreams))
      .catch((error: unknown) => (this.error = error));
  }

  protected override render(): TemplateResult {
    if (this.upstreams === null) {
      return this.error === null ? loading() : failed(this.error);
    }
    return html`<table class="rows">
      <thead>
        <tr><th scope="col">Address</th><th scope="col">Health</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Under way</th><th scope="col">Fault</th></tr>
      </thead>
      <tbody>
        ${this.upstreams.map(
          (each) =>
            html`<tr>
              <td data-label="Address">${each.url}</td>
              <td data-label="Health">${badge(each.health)}</td>
              <td data-label="Weight" class="number">${each.weight}</td>
              <td data-label="Under way" class="number">${number(each.under_way)}</td>
              <td data-label="Fault">${each.fault ?? '–'}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
