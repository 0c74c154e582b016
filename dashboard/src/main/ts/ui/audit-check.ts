import type {Api} from '#generated/api';
import '@vaadin/button';
import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {call} from '../core/api';
import {number} from '../core/format';
import {place} from '../core/router';
import {copyCurl} from './curl';
import {SpaceElement} from './element';
import {badge} from './states';
import {complain} from './toast';

/** Verifies the chain of audit records from its first to its last one. */
@customElement('audit-check')
export class AuditCheck extends SpaceElement {
  @state() private checked = 0;
  @state() private result: Api.AuditVerificationView | null = null;
  @state() private busy = false;

  protected override render(): TemplateResult {
    return html`<section class="card check" aria-label="Verification">
      <vaadin-button ?disabled=${this.busy} @click=${this.#verify}>Verify the chain</vaadin-button>
      ${copyCurl('GET', '/api/control-center/audit-events/verify')}
      <span role="status"
        >${this.busy
          ? `${number(this.checked)} records checked…`
          : this.result === null
            ? ''
            : html`${badge(this.result.intact ? 'ok' : 'failed')} ${number(this.checked)} records
              ${this.result.first_break === null ? 'are intact.' : html`: ${this.result.first_break.finding} at ${this.result.first_break.position}.`}`}</span
      >
    </section>`;
  }

  #verify = async (): Promise<void> => {
    this.busy = true;
    this.checked = 0;
    const scope = place().query.get('scope') === 'platform' ? ('platform' as const) : ('organization' as const);
    try {
      let after: number | null = null;
      do {
        const part: Api.AuditVerificationView = await call('GET /api/control-center/audit-events/verify', {
          query: {scope, ...(after === null ? {} : {after})},
        });
        this.checked += part.checked;
        this.result = part;
        after = part.intact ? part.next_after : null;
      } while (after !== null && this.isConnected);
    } catch (error) {
      complain(error);
    } finally {
      this.busy = false;
    }
  };
}
