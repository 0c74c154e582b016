import type {Api} from '#generated/api';
import {html} from 'lit';
import {leave, redirectUri} from '../core/authorization';
import {json, number, short} from '../core/format';
import {listPage} from '../ui/list-page';

export const contexts = listPage<'GET /api/mcp/contexts'>({
  title: 'Contexts',
  text: 'Named parts that tool and model calls share. A context belongs to its owner and expires.',
  operation: 'GET /api/mcp/contexts',
  empty: 'You have no contexts.',
  id: (context) => short(context.context_id),
  columns: [
    {header: 'Context', value: (context) => short(context.context_id)},
    {header: 'Parts', value: (context) => context.part_names.join(', ')},
    {header: 'Version', value: (context) => context.version, kind: 'number'},
    {header: 'Changed', value: (context) => context.changed_at, kind: 'time'},
    {header: 'Expires', value: (context) => context.expires_at, kind: 'time'},
  ],
  create: {label: 'New context', operation: 'POST /api/mcp/contexts', initial: () => ({parts: [{name: 'customer', data: {name: 'Ada'}}]})},
  actions: [
    {
      label: 'Delete',
      operation: 'DELETE /api/mcp/contexts/{context_id}',
      path: ({context_id}) => ({context_id}),
      confirm: () => ({text: 'The context is deleted with its parts. This cannot be undone.', word: 'delete'}),
    },
  ],
});

export const askedModels = listPage<'GET /api/mcp/models'>({
  title: 'Ask a model',
  text: 'The models that you may use, with their inputs.',
  operation: 'GET /api/mcp/models',
  empty: 'There are no models that you may use. An administrator registers them.',
  id: (model) => model.name,
  columns: [
    {header: 'Model', value: (model) => model.name},
    {header: 'Kind', value: (model) => model.kind},
    {header: 'Inputs', value: (model) => model.inputs.map((each) => each.name).join(', ')},
    {header: 'Outputs', value: (model) => model.outputs.map((each) => each.name).join(', ')},
    {header: 'Roles', value: (model) => model.roles.join(', ')},
  ],
  actions: [
    {
      label: 'Ask',
      operation: 'POST /api/mcp/models/{name}/predict',
      path: ({name}) => ({name}),
      form: ({inputs}) => ({inputs: Object.fromEntries(inputs.map((each) => [each.name, '']))}),
      answer: (answer: Api.PredictionView) =>
        html`<pre tabindex="0">${json(answer.outputs)}</pre>
          <p class="hint">${answer.model}, ${number(answer.usage?.input_tokens)} tokens in, ${number(answer.usage?.output_tokens)} out</p>`,
    },
  ],
});

export const servers = listPage<'GET /api/control-center/mcp/servers'>({
  title: 'MCP servers',
  text: 'Remote servers and HTTP APIs whose tools the platform has, and virtual servers that combine tools under one address.',
  operation: 'GET /api/control-center/mcp/servers',
  empty: 'There are no MCP servers besides the platform’s own.',
  id: (server) => server.name,
  columns: [
    {header: 'Name', value: (server) => server.name},
    {header: 'Kind', value: (server) => server.kind},
    {
      header: 'Address or members',
      value: (server) => server.remote?.url ?? server.openapi?.route ?? server.virtual?.members.map((each) => each.server).join(', '),
    },
    {header: 'State', value: (server) => (server.enabled ? (server.state?.status ?? 'ok') : 'disabled'), kind: 'state'},
    {header: 'Tools', value: (server) => server.state?.tools, kind: 'number'},
    {header: 'Quarantined', value: (server) => server.state?.quarantined, kind: 'number'},
    {header: 'Read', value: (server) => server.state?.read_at, kind: 'time'},
  ],
  create: {
    label: 'New MCP server',
    operation: 'POST /api/control-center/mcp/servers',
    initial: () => ({name: 'desk', enabled: true, virtual: {role: 'user', members: [{server: 'the-space', tools: ['memory_search']}]}}),
  },
  actions: [
    {
      label: 'Change',
      operation: 'PUT /api/control-center/mcp/servers/{server}',
      path: ({name}) => ({server: name}),
      form: ({kind: _kind, has_credential: _credential, has_client_secret: _secret, state: _state, created_at: _created, changed_at: _changed, ...order}) => order,
    },
    {
      label: 'Read now',
      operation: 'POST /api/control-center/mcp/servers/{server}/refresh',
      path: ({name}) => ({server: name}),
      when: ({kind}) => kind === 'remote',
    },
    {
      label: 'Delete',
      operation: 'DELETE /api/control-center/mcp/servers/{server}',
      path: ({name}) => ({server: name}),
      confirm: ({name}) => ({text: 'Its tools and the credentials that users stored for it are removed at once. This cannot be undone.', word: name}),
    },
  ],
});

export const credentials = listPage<'GET /api/mcp/credentials'>({
  title: 'My credentials',
  text: 'Remote MCP servers that are called with your own credential. Credentials are stored encrypted and never shown.',
  operation: 'GET /api/mcp/credentials',
  empty: 'No MCP server needs a credential of your own.',
  id: (credential) => credential.server,
  columns: [
    {header: 'Server', value: (credential) => credential.title},
    {header: 'Name', value: (credential) => credential.server, kind: 'code'},
    {header: 'State', value: (credential) => (credential.deposited_at === null ? 'missing' : 'ok'), kind: 'state'},
    {header: 'Deposited', value: (credential) => credential.deposited_at, kind: 'time'},
  ],
  actions: [
    {
      label: 'Begin authorization',
      operation: 'POST /api/mcp/credentials/{server}/authorization',
      path: ({server}) => ({server}),
      body: () => ({redirect_uri: redirectUri()}),
      when: ({authorizes}) => authorizes,
      answer: (answer: Api.AuthorizationView) => {
        leave(answer);
        const url = new URL(answer.authorization_url);
        return html`<p>Sign in at <strong>${url.host}</strong> and allow the platform to call ${answer.server} for you. It sends you back here.</p>
          <p><a href=${url.href}>Go to ${url.host}</a></p>`;
      },
    },
    {
      label: 'Deposit a token',
      operation: 'PUT /api/mcp/credentials/{server}',
      path: ({server}) => ({server}),
      form: () => ({credential: ''}),
    },
    {
      label: 'Remove',
      operation: 'DELETE /api/mcp/credentials/{server}',
      path: ({server}) => ({server}),
      when: (credential) => credential.deposited_at !== null,
      confirm: () => ({text: 'Your calls of the server’s tools are refused until you store another credential.'}),
    },
  ],
});

export const changes = listPage<'GET /api/control-center/mcp/changes'>({
  title: 'Quarantined tools',
  text: 'Tools and prompts of remote servers that are new or changed. They are out of service until they are accepted.',
  operation: 'GET /api/control-center/mcp/changes',
  empty: 'Nothing is quarantined.',
  id: (change) => `${change.server} ${change.name}`,
  columns: [
    {header: 'Server', value: (change) => change.server},
    {header: 'Kind', value: (change) => change.kind},
    {header: 'Name', value: (change) => change.name, kind: 'code'},
    {header: 'State', value: (change) => change.state, kind: 'state'},
  ],
  actions: [
    {
      label: 'Accept',
      operation: 'POST /api/control-center/mcp/servers/{server}/accept',
      path: ({server}) => ({server}),
      body: ({kind, name, digest}) => ({items: [{kind, name, digest}]}),
      confirm: () => ({text: 'Callers and models use the server’s current definition from now on. Review its details first.'}),
    },
  ],
});
