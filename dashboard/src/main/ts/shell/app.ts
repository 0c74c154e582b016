import {html, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {ApiError} from '../core/api-error';
import {redeemReturn, takeReturn} from '../core/authorization';
import {caller} from '../core/caller';
import {connection} from '../core/connection';
import {preferences} from '../core/preferences';
import {session} from '../core/session';
import {SpaceElement} from '../ui/element';
import {loading, failed} from '../ui/states';
import {complain, notify, toastRegion} from '../ui/toast';
import {registry} from './registry';
import './sign-in';
import './frame';

type Stage = 'starting' | 'signed-out' | 'ready' | 'failed';

/** The whole page: the sign-in, or the frame with its pages, and above both what a lost connection covers them with. */
@customElement('space-app')
export class SpaceApp extends SpaceElement {
  @state() private stage: Stage = 'starting';
  @state() private away = false;
  private error: unknown = null;

  override connectedCallback(): void {
    super.connectedCallback();
    toastRegion(document.body);
    preferences.apply();
    takeReturn();
    session.addEventListener('change', () => void this.#enter());
    connection.addEventListener('change', () => {
      this.away = connection.away;
    });
    void this.#start();
  }

  async #start(): Promise<void> {
    this.stage = 'starting';
    try {
      await session.restore();
    } catch (error) {
      this.error = error;
      // A provider's refusal belongs to the sign-in, which can be tried again there.
      this.stage = error instanceof ApiError && error.final ? 'signed-out' : 'failed';
      return;
    }
    await this.#enter();
  }

  async #enter(): Promise<void> {
    if (!session.signedIn) {
      this.error = session.refused ? new Error('Your sign-in has ended. Sign in again to continue.') : null;
      caller.forget();
      preferences.forget();
      registry.forget();
      this.stage = 'signed-out';
      return;
    }
    this.stage = 'starting';
    try {
      await Promise.all([caller.load(), preferences.load(), registry.load()]);
      await this.#authorize();
      this.stage = 'ready';
    } catch (error) {
      this.error = error;
      this.stage = session.signedIn ? 'failed' : 'signed-out';
    }
  }

  /** Before the pages, so that the list of credentials has the new one. */
  async #authorize(): Promise<void> {
    try {
      const server = await redeemReturn();
      if (server !== null) {
        notify(`The platform is authorized at ${server}.`);
      }
    } catch (error) {
      complain(error);
    }
  }

  protected override render(): TemplateResult {
    return html`${this.#content()}${this.away ? away() : ''}`;
  }

  #content(): TemplateResult {
    switch (this.stage) {
      case 'starting':
        return html`<main class="centered">${loading()}</main>`;
      case 'signed-out':
        return html`<space-sign-in .error=${this.error}></space-sign-in>`;
      case 'failed':
        return html`<main class="centered"><h1>The Space</h1>${failed(this.error, () => void this.#start())}
          ${session.signedIn ? html`<p><vaadin-button theme="tertiary" @click=${() => void session.signOut().catch(complain)}>Sign out</vaadin-button></p>` : ''}
        </main>`;
      case 'ready':
        return html`<space-frame></space-frame>`;
    }
  }
}

function away(): TemplateResult {
  return html`<div class="away" role="alert">
    <strong>The server is away.</strong>
    <span>The page reconnects by itself as soon as it answers; nothing that you typed is lost.</span>
    <vaadin-button theme="small" @click=${() => void connection.retry()}>Try now</vaadin-button>
  </div>`;
}
