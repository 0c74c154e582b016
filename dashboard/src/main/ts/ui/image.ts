import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {download} from '../core/api';
import {SpaceElement} from './element';
import {failed, loading} from './states';

/** An image that needs the access token, which an <img> cannot send. */
@customElement('space-image')
export class SpaceImage extends SpaceElement {
  @property() src = '';
  @property() alt = '';
  @state() private url: string | null = null;
  @state() private error: unknown = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('src') && this.src !== '') {
      void this.load();
    }
  }

  /** Loads the image, anew when it was loaded before. */
  async load(): Promise<void> {
    try {
      const image = await download(this.src);
      this.#release();
      this.url = URL.createObjectURL(image);
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  #release(): void {
    if (this.url !== null) {
      URL.revokeObjectURL(this.url);
    }
  }

  protected override render(): TemplateResult {
    return this.error !== null ? failed(this.error) : this.url === null ? loading() : html`<img src=${this.url} alt=${this.alt} />`;
  }
}

/** The QR code of an invitation. */
@customElement('invitation-code')
export class InvitationCode extends SpaceElement {
  @property() invitation = '';

  protected override render(): TemplateResult {
    return html`<div class="qr"><space-image src="/api/control-center/invitations/${this.invitation}/qr.svg" alt="QR code of the invitation"></space-image></div>`;
  }
}
