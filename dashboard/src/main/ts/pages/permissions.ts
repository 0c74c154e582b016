import {html, type TemplateResult} from 'lit';

const MEANINGS: [RegExp, string][] = [
  [/^database:schema$/, 'Keeps data in a database schema of its own.'],
  [/^events:publish$/, 'Publishes events of the organization.'],
  [/^events:subscribe$/, 'Receives events of the organization.'],
  [/^directory:read$/, 'Reads the names of the organization’s users.'],
  [/^endpoints:public$/, 'Answers requests without a sign-in.'],
  [/^mcp:tools$/, 'Offers its endpoints to agents as MCP tools.'],
  [/^sandbox$/, 'Makes synthetic users in a sandbox organization.'],
  [/^http:/, 'Calls this address. Declared only: the platform does not enforce it.'],
  [/^actions:/, 'Calls the actions of this other plugin.'],
];

export function meaning(permission: string): string {
  return MEANINGS.find(([pattern]) => pattern.test(permission))?.[1] ?? 'Declared by the plugin; the platform has no description of it.';
}

/** The permissions that a plugin asks for, each with what it means and a choice. */
export function grants(permissions: readonly string[], granted: Set<string>, update: () => void): TemplateResult {
  return permissions.length === 0
    ? html`<p>The plugin asks for no permissions.</p>`
    : html`<fieldset class="grants">
        <legend>Permissions to grant</legend>
        ${permissions.map(
          (permission) =>
            html`<label class="grant">
              <input
                type="checkbox"
                .checked=${granted.has(permission)}
                @change=${(event: Event) => {
                  if ((event.target as HTMLInputElement).checked) {
                    granted.add(permission);
                  } else {
                    granted.delete(permission);
                  }
                  update();
                }}
              />
              <span><code>${permission}</code><br /><small>${meaning(permission)}</small></span>
            </label>`,
        )}
      </fieldset>`;
}
