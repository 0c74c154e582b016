import '@vaadin/button';
import '@vaadin/text-field';
import {html, render, type TemplateResult} from 'lit';
import {session} from '../core/session';
import {moveToasts, problem, toastRegion} from './toast';

/**
 * Opens a modal dialog. The content gets `close` and draws itself again with `update`. A change of page and the end of the sign-in close it.
 *
 * @param content what is shown below the title
 */
export function openDialog(title: string, content: (close: () => void, update: () => void) => TemplateResult, wide = false): void {
  let before = document.activeElement;
  const dialog = document.createElement('dialog');
  dialog.className = wide ? 'dialog wide' : 'dialog';
  dialog.setAttribute('aria-label', title);
  const close = (): void => dialog.close();
  const update = (): void => {
    render(
      html`<header>
          <h2>${title}</h2>
          <button class="plain" aria-label="Close" @click=${close}>✕</button>
        </header>
        <div class="dialog-body">${content(close, update)}</div>`,
      dialog,
    );
  };
  const leave = (): void => {
    // The page that comes takes the focus.
    before = null;
    close();
  };
  const open = new AbortController();
  window.addEventListener('hashchange', leave, {signal: open.signal});
  session.addEventListener('change', leave, {signal: open.signal});
  dialog.addEventListener('close', () => {
    open.abort();
    moveToasts();
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus();
    }
  });
  document.body.append(dialog);
  update();
  toastRegion(dialog);
  dialog.showModal();
  moveToasts();
}

/** What a confirmation asks. */
export interface Confirmation {
  title: string;
  /** What the action does, and whether it can be undone. */
  text: string;
  action: string;
  /** What has to be typed; none for actions that can be undone. */
  word?: string;
  extra?: TemplateResult;
  /** False for what is confirmed without being destructive. */
  destructive?: boolean;
}

/** Asks before an action, and runs it. Stays open with the error when the action fails. */
export function confirm(asked: Confirmation, act: () => Promise<unknown>): void {
  let typed = '';
  let busy = false;
  let error: unknown = null;
  openDialog(asked.title, (close, update) => {
    async function submit(event: Event): Promise<void> {
      event.preventDefault();
      if (busy || (asked.word !== undefined && typed !== asked.word)) {
        return;
      }
      busy = true;
      error = null;
      update();
      try {
        await act();
        close();
      } catch (caught) {
        error = caught;
        busy = false;
        update();
      }
    }
    return html`<form @submit=${submit}>
      <p>${asked.text}</p>
      ${asked.extra ?? ''}
      ${asked.word === undefined
        ? ''
        : html`<vaadin-text-field
            class="confirm-word"
            label=${`Type “${asked.word}” to confirm`}
            autocomplete="off"
            @input=${(event: Event) => {
              typed = (event.target as HTMLInputElement).value;
              update();
            }}
          ></vaadin-text-field>`}
      ${error === null ? '' : html`<div class="failed" role="alert">${problem(error)}</div>`}
      <footer>
        <vaadin-button theme="tertiary" @click=${close}>Cancel</vaadin-button>
        <vaadin-button
          theme=${asked.destructive === false ? 'primary' : 'primary error'}
          ?disabled=${busy || (asked.word !== undefined && typed !== asked.word)}
          @click=${submit}
          >${asked.action}</vaadin-button
        >
      </footer>
    </form>`;
  });
}
