import type {Api, Management} from '#generated/api';
import {html, type TemplateResult} from 'lit';
import {short, time} from '../core/format';
import {link} from '../core/router';
import {copy} from '../ui/curl';
import {listPage, type ListPage} from '../ui/list-page';
import {badge} from '../ui/states';
import '../ui/data-export';
import '../ui/image';

const MEMBER_ROLES = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'GUEST'];

/** A secret that the server shows once. */
function once(label: string, value: string): TemplateResult {
  return html`<p>${label} is shown once. Store it now.</p>
    ${copied(label, value)}`;
}

/** A text that can be copied. */
function copied(label: string, value: string): TemplateResult {
  return html`<pre tabindex="0" class="once">${value}</pre>
    <p><vaadin-button theme="small" @click=${() => void copy(value, `${label} was copied.`)}>Copy</vaadin-button></p>`;
}

/** What a new user is given; both APIs answer with it. */
function invited(answer: {invitation: Api.InvitationView; pin: string}): TemplateResult {
  return html`<p>Give the guest the code and, by another way, the PIN. The PIN is shown once.</p>
    <dl>
      <dt>Code</dt>
      <dd><code>${answer.invitation.code}</code></dd>
      <dt>PIN</dt>
      <dd><code>${answer.pin}</code></dd>
      <dt>Valid until</dt>
      <dd>${time(answer.invitation.expires_at)}</dd>
    </dl>
    <invitation-code .invitation=${answer.invitation.invitation_id}></invitation-code>`;
}

export const users = listPage<'GET /management/v1/users'>({
  title: 'Users',
  text: 'The members of the organization. A role sets their permissions; assign the least powerful role that suffices.',
  operation: 'GET /management/v1/users',
  empty: 'There are no users.',
  id: (user) => user.email ?? user.name,
  link: (user) => link(`/users/${user.id}`),
  columns: [
    {header: 'Name', value: (user) => user.name},
    {header: 'Email', value: (user) => user.email},
    {header: 'Role', value: (user) => user.role},
    {header: 'Status', value: (user) => user.status, kind: 'state'},
    {header: 'Member since', value: (user) => user.created_at, kind: 'time'},
  ],
  create: {label: 'Invite a user', operation: 'POST /management/v1/users', answer: invited},
  actions: [
    {
      label: 'Change',
      operation: 'PATCH /management/v1/users/{user_id}',
      path: (user) => ({user_id: user.id}),
      form: ({role, status}) => ({role: role.toUpperCase(), status: status.toUpperCase()}),
    },
    {
      label: 'Remove',
      operation: 'DELETE /management/v1/users/{user_id}',
      path: (user) => ({user_id: user.id}),
      confirm: (user) => ({
        text: 'The membership ends and the user’s tokens for this organization are revoked. The user can be invited again.',
        word: user.email ?? user.name,
      }),
    },
  ],
});

export const invitations = listPage<'GET /api/control-center/invitations'>({
  title: 'Invitations',
  text: 'A code and a PIN with which people become members.',
  operation: 'GET /api/control-center/invitations',
  empty: 'There are no invitations.',
  id: (invitation) => invitation.name,
  columns: [
    {header: 'Name', value: (invitation) => invitation.name},
    {header: 'State', value: (invitation) => invitation.state, kind: 'state'},
    {header: 'Role', value: (invitation) => invitation.role},
    {header: 'Used', value: (invitation) => `${invitation.uses} of ${invitation.most_uses}`, kind: 'number'},
    {header: 'Expires', value: (invitation) => invitation.expires_at, kind: 'time'},
  ],
  create: {label: 'New invitation', operation: 'POST /api/control-center/invitations', initial: () => ({role: MEMBER_ROLES[2]}), answer: invited},
  detail: (invitation) => html`<invitation-code .invitation=${invitation.invitation_id}></invitation-code>`,
  actions: [
    {
      label: 'Revoke',
      operation: 'DELETE /api/control-center/invitations/{invitation_id}',
      path: (invitation) => ({invitation_id: invitation.invitation_id}),
      when: (invitation) => invitation.revoked_at === null,
      confirm: (invitation) => ({text: 'The code stops working at once. Members who joined with it stay.', word: invitation.name}),
    },
  ],
});

function tokenState({revoked_at, expires_at}: Management.TokenView): string {
  return revoked_at !== null ? 'revoked' : expires_at !== null && Date.parse(expires_at) <= Date.now() ? 'expired' : 'active';
}

export const tokens = listPage<'GET /management/v1/tokens'>({
  title: 'Tokens',
  text: 'Personal access tokens for programs. A token can do no more than its owner.',
  operation: 'GET /management/v1/tokens',
  empty: 'There are no tokens.',
  id: (token) => token.name,
  columns: [
    {header: 'Name', value: (token) => token.name},
    {header: 'State', value: tokenState, kind: 'state'},
    {header: 'Permissions', value: (token) => token.permissions.length, kind: 'number'},
    {header: 'Owner', value: (token) => short(token.user_id), kind: 'code'},
    {header: 'Last used', value: (token) => token.last_used_at, kind: 'time'},
    {header: 'Expires', value: (token) => token.expires_at, kind: 'time'},
  ],
  create: {
    label: 'New token',
    operation: 'POST /management/v1/tokens',
    answer: (answer: Management.NewTokenView) => once('The token', answer.access_token),
  },
  actions: [
    {
      label: 'Revoke',
      operation: 'DELETE /management/v1/tokens/{token_id}',
      path: (token) => ({token_id: token.id}),
      body: () => ({reason: 'Revoked in the dashboard'}),
      when: (token) => token.revoked_at === null,
      confirm: (token) => ({text: 'Programs that use the token are refused within a second. This cannot be undone.', word: token.name}),
    },
  ],
});

export const webhooks = listPage<'GET /api/system/webhooks'>({
  title: 'Webhooks',
  text: 'Addresses that receive signed events, at least once and in order per subject.',
  operation: 'GET /api/system/webhooks',
  empty: 'There are no webhooks.',
  id: (webhook) => webhook.url,
  columns: [
    {header: 'Address', value: (webhook) => webhook.url},
    {header: 'State', value: (webhook) => webhook.state, kind: 'state'},
    {header: 'Types', value: (webhook) => webhook.types?.join(', ') ?? 'all'},
    {header: 'Failing since', value: (webhook) => webhook.failing_since, kind: 'time'},
    {header: 'Changed', value: (webhook) => webhook.changed_at, kind: 'time'},
  ],
  create: {
    label: 'New webhook',
    operation: 'POST /api/system/webhooks',
    answer: (answer: Api.WebhookSecretView) => once('The signing secret', answer.secret),
  },
  detail: (webhook) => html`<p><a href="#/webhooks/${webhook.id}">Deliveries</a></p>`,
  actions: [
    {label: 'Test', operation: 'POST /api/system/webhooks/{id}/test', path: ({id}) => ({id})},
    {label: 'Change', operation: 'PUT /api/system/webhooks/{id}', path: ({id}) => ({id}), form: ({url, types, description}) => ({url, types, description})},
    {label: 'Disable', operation: 'POST /api/system/webhooks/{id}/disable', path: ({id}) => ({id}), when: ({state}) => state !== 'disabled'},
    {label: 'Enable', operation: 'POST /api/system/webhooks/{id}/enable', path: ({id}) => ({id}), when: ({state}) => state === 'disabled'},
    {
      label: 'Delete',
      operation: 'DELETE /api/system/webhooks/{id}',
      path: ({id}) => ({id}),
      confirm: () => ({text: 'Deliveries end and the record of past ones is deleted. This cannot be undone.', word: 'delete'}),
    },
  ],
});

export const channels = listPage<'GET /api/control-center/channels'>({
  title: 'Channels',
  text: 'Where people and programs exchange messages over the WebSocket hub.',
  operation: 'GET /api/control-center/channels',
  empty: 'There are no channels.',
  id: (channel) => channel.id,
  columns: [
    {header: 'Id', value: (channel) => channel.id, kind: 'code'},
    {header: 'Name', value: (channel) => channel.name},
    {header: 'Visibility', value: (channel) => channel.visibility},
    {header: 'Messages', value: (channel) => channel.offset, kind: 'number'},
    {header: 'Changed', value: (channel) => channel.changed_at, kind: 'time'},
  ],
  create: {label: 'New channel', operation: 'POST /api/control-center/channels'},
  actions: [
    {
      label: 'Change',
      operation: 'PUT /api/control-center/channels/{channel_id}',
      path: ({id}) => ({channel_id: id}),
      form: ({name, visibility}) => ({name, visibility: visibility.toUpperCase()}),
    },
    {
      label: 'Delete',
      operation: 'DELETE /api/control-center/channels/{channel_id}',
      path: ({id}) => ({channel_id: id}),
      confirm: ({id}) => ({text: 'The channel is deleted with its messages; everybody in it leaves. This cannot be undone.', word: id}),
    },
  ],
});

export const dataRequests = listPage<'GET /management/v1/data-requests'>({
  title: 'Data requests',
  text: 'People’s requests about their data: access, portability and erasure, store by store.',
  operation: 'GET /management/v1/data-requests',
  empty: 'There are no requests.',
  id: (request) => short(request.id),
  columns: [
    {header: 'Request', value: (request) => short(request.id), kind: 'code'},
    {header: 'Kind', value: (request) => request.kind},
    {header: 'State', value: (request) => request.state, kind: 'state'},
    {header: 'About', value: (request) => request.identifier ?? short(request.user_id)},
    {header: 'Stores done', value: (request) => `${request.stores.filter((store) => store.outcome !== 'pending').length} of ${request.stores.length}`, kind: 'number'},
    {header: 'Due', value: (request) => request.due_at, kind: 'time'},
  ],
  filters: [{name: 'state', label: 'State', options: ['queued', 'held', 'running', 'blocked', 'completed']}],
  create: {label: 'New request', operation: 'POST /management/v1/data-requests'},
  detail: (request) =>
    html`${request.export_until === null ? '' : html`<data-export .request=${request.id} .until=${request.export_until}></data-export>`}
    ${progress(request.stores)}`,
  actions: [
    {
      label: 'Receipt',
      operation: 'GET /management/v1/data-requests/{data_request_id}/receipt',
      path: ({id}) => ({data_request_id: id}),
      when: ({state}) => state === 'completed',
      answer: (answer: Management.ReceiptView) =>
        html`<p>What was done, store by store, signed by the platform. Keep it with the key that <code>/api/auth/jwks</code> has.</p>
          ${copied('The receipt', answer.jws)}`,
    },
    {
      label: 'Verify',
      operation: 'POST /management/v1/data-requests/{data_request_id}/verify',
      path: ({id}) => ({data_request_id: id}),
      // The platform no longer has an erased identifier: it is entered again.
      form: () => ({}),
      when: ({kind, state}) => kind.toLowerCase() === 'erasure' && state === 'completed',
      answer: (answer: Management.VerificationView) =>
        html`<p>${answer.absent ? 'Nothing is left' : 'Data is left'} in ${answer.stores.length} stores.</p>
          <pre tabindex="0">${answer.jws}</pre>`,
    },
  ],
});

function progress(stores: Management.StoreView[]): TemplateResult {
  return html`<table class="rows">
    <thead><tr><th scope="col">Store</th><th scope="col">Outcome</th><th scope="col" class="number">Found</th><th scope="col" class="number">Treated</th><th scope="col">Note</th></tr></thead>
    <tbody>
      ${stores.map(
        (each) =>
          html`<tr>
            <td data-label="Store">${each.source}: ${each.store}</td>
            <td data-label="Outcome">${badge(each.outcome)}</td>
            <td data-label="Found" class="number">${each.found}</td>
            <td data-label="Treated" class="number">${each.treated}</td>
            <td data-label="Note">${each.note ?? '–'}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export const legalHolds = listPage<'GET /management/v1/legal-holds'>({
  title: 'Legal holds',
  text: 'A hold keeps a person’s data from being erased until it is cleared.',
  operation: 'GET /management/v1/legal-holds',
  empty: 'There are no legal holds.',
  id: (hold) => short(hold.id),
  columns: [
    {header: 'About', value: (hold) => hold.identifier ?? short(hold.user_id)},
    {header: 'State', value: (hold) => (hold.cleared_at === null ? 'active' : 'cleared'), kind: 'state'},
    {header: 'Reason', value: (hold) => hold.reason},
    {header: 'Placed', value: (hold) => hold.placed_at, kind: 'time'},
    {header: 'Cleared', value: (hold) => hold.cleared_at, kind: 'time'},
  ],
  create: {label: 'New hold', operation: 'POST /management/v1/legal-holds'},
  actions: [
    {
      label: 'Clear',
      operation: 'POST /management/v1/legal-holds/{legal_hold_id}/clear',
      path: ({id}) => ({legal_hold_id: id}),
      form: () => ({}),
      when: ({cleared_at}) => cleared_at === null,
    },
  ],
});

export const organizations = listPage<'GET /management/v1/organizations'>({
  title: 'Organizations',
  text: 'All organizations of the platform. Each has its own users, data and limits.',
  operation: 'GET /management/v1/organizations',
  empty: 'There are no organizations.',
  id: (organization) => organization.name,
  columns: [
    {header: 'Name', value: (organization) => organization.name},
    {header: 'Status', value: (organization) => organization.status, kind: 'state'},
    {header: 'Id', value: (organization) => organization.id, kind: 'code'},
    {header: 'Created', value: (organization) => organization.created_at, kind: 'time'},
  ],
  create: {label: 'New organization', operation: 'POST /management/v1/organizations', answer: invited},
  actions: [
    {
      label: 'Suspend',
      operation: 'POST /management/v1/organizations/{organization_id}/suspend',
      path: ({id}) => ({organization_id: id}),
      when: ({status}) => status === 'active',
      confirm: ({name}) => ({text: 'All its users and tokens are refused within a second. It can be reactivated.', word: name}),
    },
    {
      label: 'Reactivate',
      operation: 'POST /management/v1/organizations/{organization_id}/reactivate',
      path: ({id}) => ({organization_id: id}),
      when: ({status}) => status === 'suspended',
    },
    {
      label: 'Delete',
      operation: 'DELETE /management/v1/organizations/{organization_id}',
      path: ({id}) => ({organization_id: id}),
      confirm: ({name}) => ({text: 'The organization is deleted with all of its data. This cannot be undone.', word: name}),
    },
  ],
});

/** The deliveries of a webhook. */
export function deliveries(id: string): ListPage {
  return listPage<'GET /api/system/webhooks/{id}/deliveries'>({
    title: 'Deliveries',
    text: 'Attempts to deliver events to the webhook, the newest first.',
    operation: 'GET /api/system/webhooks/{id}/deliveries',
    path: {id},
    empty: 'Nothing was delivered yet.',
    id: (delivery) => short(delivery.delivery_id),
    columns: [
      {header: 'Event', value: (delivery) => delivery.event_type},
      {header: 'Outcome', value: (delivery) => delivery.outcome, kind: 'state'},
      {header: 'Status', value: (delivery) => delivery.status, kind: 'number'},
      {header: 'ms', value: (delivery) => delivery.duration_millis, kind: 'number'},
      {header: 'Attempted', value: (delivery) => delivery.attempted_at, kind: 'time'},
    ],
    actions: [
      {
        label: 'Deliver again',
        operation: 'POST /api/system/webhooks/{id}/deliveries/{delivery_id}/replay',
        path: (delivery) => ({id, delivery_id: delivery.delivery_id}),
      },
    ],
  });
}
