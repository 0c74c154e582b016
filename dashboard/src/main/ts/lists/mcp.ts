import type {Api} from '#generated/api';
import {html} from 'lit';
import {json, number, short} from '../core/format';
import {listPage} from '../ui/list-page';

export const contexts = listPage<'GET /api/mcp/contexts'>({
  title: 'Contexts',
  text: 'What models are given with a question, in named parts. Each is its owner’s, and expires.',
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
  text: 'The models that you may ask, and what each takes.',
  operation: 'GET /api/mcp/models',
  empty: 'There are no models that you may ask. An administrator registers them.',
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
