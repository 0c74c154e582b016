import type {Api} from '#generated/api';
import {html} from 'lit';
import {upload} from '../core/upload';
import {readZipEntry} from '../core/zip';
import {openDialog} from '../ui/dialog';
import {complain, problem} from '../ui/toast';
import {grants} from './permissions';

interface Manifest {
  id: string;
  name?: string;
  version: string;
  author?: string;
  description?: string;
  permissions?: string[];
}

/** Shows what an archive asks for, and installs it with what is granted. */
export async function install(archive: File, done: (installed: Api.InstalledPluginView) => void): Promise<void> {
  let manifest: Manifest;
  try {
    const text = await readZipEntry(archive, 'plugin.json');
    if (text === null) {
      throw new Error(`${archive.name} has no plugin.json: it is not a plugin.`);
    }
    manifest = JSON.parse(text) as Manifest;
  } catch (error) {
    complain(error);
    return;
  }
  const permissions = manifest.permissions ?? [];
  const granted = new Set(permissions);
  let sent: number | null = null;
  let error: unknown = null;
  openDialog(`Install ${manifest.name ?? manifest.id} ${manifest.version}`, (close, update) => {
    async function submit(event: Event): Promise<void> {
      event.preventDefault();
      if (sent !== null) {
        return;
      }
      sent = 0;
      error = null;
      update();
      const form = new FormData();
      form.append('file', archive, archive.name);
      if (granted.size > 0) {
        form.append('grant', [...granted].join(','));
      }
      form.append('enable', 'true');
      try {
        const installed = await upload('/api/control-center/plugins/install', form, (part) => {
          sent = part;
          update();
        });
        close();
        done(installed as Api.InstalledPluginView);
      } catch (caught) {
        error = caught;
        sent = null;
        update();
      }
    }
    return html`<form @submit=${submit}>
      <p>${manifest.description ?? ''}</p>
      <p class="hint">${manifest.id} by ${manifest.author ?? 'an unnamed author'} · ${Math.ceil(archive.size / 1024)} KiB</p>
      ${grants(permissions, granted, update)}
      <p class="hint">A plugin’s code runs in the server’s process. Install what you trust.</p>
      ${sent === null
        ? ''
        : html`<p role="status">${sent < 1 ? `Sending, ${Math.round(sent * 100)} %` : 'Verifying and starting…'}</p>
            <progress max="1" .value=${sent} aria-label="Upload"></progress>`}
      ${error === null ? '' : html`<div class="failed" role="alert">${problem(error)}</div>`}
      <footer>
        <vaadin-button theme="tertiary" @click=${close}>Cancel</vaadin-button>
        <vaadin-button theme="primary" ?disabled=${sent !== null} @click=${submit}>Install and enable</vaadin-button>
      </footer>
    </form>`;
  });
}
