import '@vaadin/button';
import '@vaadin/password-field';
import '@vaadin/text-field';
import {html, type TemplateResult} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {anonymous} from '../core/anonymous';
import {connection} from '../core/connection';
import {begin, type Provider} from '../core/oidc';
import {session} from '../core/session';
import {SpaceElement} from '../ui/element';
import {problem} from '../ui/toast';

/** The form that signs in with an email address and a password, and the buttons of external providers. */
@customElement('space-sign-in')
export class SpaceSignIn extends SpaceElement {
  @property({attribute: false}) error: unknown = null;
  @state() private providers: Provider[] = [];
  @state() private busy = false;
  @query('vaadin-text-field') private email!: HTMLInputElement;
  @query('vaadin-password-field') private password!: HTMLInputElement;

  override connectedCallback(): void {
    super.connectedCallback();
    connection.addEventListener('change', this.#load);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connection.removeEventListener('change', this.#load);
  }

  #load = async (): Promise<void> => {
    if (connection.away) {
      return;
    }
    try {
      this.providers = await anonymous('GET', '/api/auth/providers');
    } catch (error) {
      this.error ??= error;
    }
  };

  protected override firstUpdated(): void {
    document.title = 'Sign in · The Space';
    this.email.focus();
  }

  protected override render(): TemplateResult {
    return html`<main class="sign-in">
      <img src="/assets/icon.svg" alt="" width="48" height="48" />
      <h1>The Space</h1>
      <p class="hint">The control center for your AI platform</p>
      <form @submit=${this.#submit} @keydown=${this.#key}>
        <vaadin-text-field label="Email address" name="email" autocomplete="username" required></vaadin-text-field>
        <vaadin-password-field label="Password" name="password" autocomplete="current-password" required></vaadin-password-field>
        ${this.error === null ? '' : html`<div class="failed" role="alert">${problem(this.error)}</div>`}
        <vaadin-button theme="primary" ?disabled=${this.busy} @click=${this.#submit}>${this.busy ? 'Signing in…' : 'Sign in'}</vaadin-button>
      </form>
      ${this.providers.map(
        (provider) =>
          html`<p class="or">or</p>
            <vaadin-button @click=${() => void this.#leave(provider)}>Sign in with ${provider.name}</vaadin-button>`,
      )}
      <details>
        <summary>Where is the first password?</summary>
        <p>
          <code>./deploy.sh</code> prints the first administrator's address and password once, at the first start. Everybody else is
          invited by an administrator.
        </p>
      </details>
    </main>`;
  }

  async #leave(provider: Provider): Promise<void> {
    try {
      await begin(provider);
    } catch (error) {
      this.error = error;
    }
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.target as HTMLElement).localName !== 'vaadin-button') {
      void this.#submit(event);
    }
  };

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      await session.signIn(this.email.value.trim(), this.password.value);
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  };
}
