import type {Api} from '#generated/api';
import {html} from 'lit';
import {short} from '../core/format';
import {link} from '../core/router';
import {listPage, type Action} from '../ui/list-page';

/** Completes a task with a decision, after a question: a slip would approve what was not read. */
export function taskDecision(label: string, decision: string): Action<Api.TaskView> {
  return {
    label,
    operation: 'POST /api/system/tasks/{id}/complete',
    path: ({id}) => ({id}),
    body: () => ({decision}),
    when: ({state}) => state === 'open',
    destructive: false,
    confirm: ({name, workflow_id, run_id}) => ({
      text: `The decision “${decision}” completes “${name}” of workflow ${workflow_id}. It cannot be changed.`,
      extra: html`<p><a href=${link(`/runs/${run_id}`)}>Review run ${short(run_id)}</a></p>`,
    }),
  };
}

/** What the form of a new workflow begins with. */
const EXAMPLE = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
             xmlns:space="https://thespace.io/bpmn/1.0"
             targetNamespace="https://example.org/workflows">
  <process id="approval" name="Approval" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="to_approve" sourceRef="start" targetRef="approve"/>
    <userTask id="approve" name="Approve the request">
      <extensionElements>
        <space:task role="admin" due="P1D"/>
      </extensionElements>
    </userTask>
    <sequenceFlow id="to_end" sourceRef="approve" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>
`;

export const workflows = listPage<'GET /api/control-center/workflows'>({
  title: 'Workflows',
  text: 'Definitions in BPMN 2.0 or the Serverless Workflow DSL. Versions never change; a run keeps the version that it began with.',
  operation: 'GET /api/control-center/workflows',
  empty: 'There are no workflows yet. “New workflow” begins with an example, in which an administrator approves a task.',
  id: (workflow) => workflow.id,
  link: (workflow) => link(`/workflows/${workflow.id}`),
  columns: [
    {header: 'Name', value: (workflow) => workflow.name},
    {header: 'Id', value: (workflow) => workflow.id, kind: 'code'},
    {header: 'Version', value: (workflow) => workflow.version, kind: 'number'},
    {header: 'Status', value: (workflow) => workflow.status, kind: 'state'},
    {header: 'Last run', value: (workflow) => workflow.last_run?.state, kind: 'state'},
    {header: 'Began', value: (workflow) => workflow.last_run?.started_at, kind: 'time'},
  ],
  create: {label: 'New workflow', operation: 'POST /api/system/workflows', initial: () => ({source: EXAMPLE})},
  actions: [
    {label: 'Start a run', operation: 'POST /api/system/workflows/{id}/runs', path: ({id}) => ({id}), form: () => ({input: {}})},
    {
      label: 'Delete',
      operation: 'DELETE /api/system/workflows/{id}',
      path: ({id}) => ({id}),
      confirm: ({id}) => ({text: 'New runs are refused. Runs under way go on with their version.', word: id}),
    },
  ],
});

export const runs = listPage<'GET /api/system/runs'>({
  title: 'Runs',
  text: 'Runs of workflows, the newest first.',
  operation: 'GET /api/system/runs',
  empty: 'There are no runs yet.',
  id: (run) => short(run.run_id),
  link: (run) => link(`/runs/${run.run_id}`),
  columns: [
    {header: 'Run', value: (run) => short(run.run_id)},
    {header: 'Workflow', value: (run) => `${run.workflow_id} v${run.version}`},
    {header: 'State', value: (run) => run.state, kind: 'state'},
    {header: 'Started by', value: (run) => run.triggered_by ?? short(run.started_by), kind: 'code'},
    {header: 'Began', value: (run) => run.started_at, kind: 'time'},
    {header: 'Ended', value: (run) => run.ended_at, kind: 'time'},
  ],
  filters: [
    {name: 'state', label: 'State', options: ['running', 'waiting', 'completed', 'failed', 'cancelled']},
    {name: 'workflow_id', label: 'Workflow id'},
  ],
  actions: [
    {
      label: 'Retry',
      operation: 'POST /api/system/runs/{id}/retry',
      path: (run) => ({id: run.run_id}),
      when: (run) => run.state === 'failed',
    },
    {
      label: 'Cancel',
      operation: 'POST /api/system/runs/{id}/cancel',
      path: (run) => ({id: run.run_id}),
      when: (run) => run.state === 'running' || run.state === 'waiting',
      confirm: () => ({text: 'The run ends where it is. What it has done stays. This cannot be undone.', word: 'cancel'}),
    },
  ],
});

export const tasks = listPage<'GET /api/system/tasks'>({
  title: 'Tasks',
  text: 'What runs wait for: tasks for your role, and those assigned to you.',
  operation: 'GET /api/system/tasks',
  empty: 'There is nothing to do.',
  id: (task) => task.name,
  link: (task) => link(`/runs/${task.run_id}`),
  columns: [
    {header: 'Task', value: (task) => task.name},
    {header: 'State', value: (task) => task.state, kind: 'state'},
    {header: 'Workflow', value: (task) => task.workflow_id},
    {header: 'Assignee', value: (task) => (task.assignee === null ? task.role : short(task.assignee))},
    {header: 'Due', value: (task) => task.due_at, kind: 'time'},
    {header: 'Decision', value: (task) => task.decision},
  ],
  filters: [{name: 'state', label: 'State', options: ['open', 'completed', 'cancelled']}],
  actions: [
    {
      label: 'Claim',
      operation: 'POST /api/system/tasks/{id}/claim',
      path: ({id}) => ({id}),
      when: ({state, assignee}) => state === 'open' && assignee === null,
    },
    taskDecision('Approve', 'approve'),
    taskDecision('Reject', 'reject'),
    {
      label: 'Complete…',
      operation: 'POST /api/system/tasks/{id}/complete',
      path: ({id}) => ({id}),
      form: () => ({}),
      when: ({state}) => state === 'open',
    },
    {
      label: 'Reassign',
      operation: 'POST /api/system/tasks/{id}/reassign',
      path: ({id}) => ({id}),
      form: ({assignee}) => ({assignee}),
      when: ({state}) => state === 'open',
    },
  ],
});

export const schedules = listPage<'GET /api/system/schedules'>({
  title: 'Schedules',
  text: 'Cron expressions and times at which workflows start.',
  operation: 'GET /api/system/schedules',
  empty: 'There are no schedules.',
  id: (schedule) => schedule.name,
  columns: [
    {header: 'Name', value: (schedule) => schedule.name},
    {header: 'Workflow', value: (schedule) => schedule.workflow_id},
    {header: 'When', value: (schedule) => schedule.cron ?? schedule.at, kind: 'code'},
    {header: 'Zone', value: (schedule) => schedule.zone},
    {header: 'State', value: (schedule) => (schedule.enabled ? 'enabled' : 'disabled'), kind: 'state'},
    {header: 'Next', value: (schedule) => schedule.next[0], kind: 'time'},
  ],
  create: {label: 'New schedule', operation: 'POST /api/system/schedules', initial: () => ({enabled: true, input: {}})},
  detail: (schedule) => html`<p>Last: ${schedule.last_outcome ?? 'not yet run'}</p>`,
  actions: [
    {
      label: 'Change',
      operation: 'PUT /api/system/schedules/{id}',
      path: ({id}) => ({id}),
      form: ({name, workflow_id, input, cron, at, zone, jitter_seconds, overlap, catch_up, enabled}) => ({
        name, workflow_id, input, cron, at, zone, jitter_seconds, overlap, catch_up, enabled,
      }),
    },
    {
      label: 'Delete',
      operation: 'DELETE /api/system/schedules/{id}',
      path: ({id}) => ({id}),
      confirm: ({name}) => ({text: 'No more runs begin by this schedule. This cannot be undone.', word: name}),
    },
  ],
});

export const approvalRules = listPage<'GET /api/control-center/approval-rules'>({
  title: 'Approval rules',
  text: 'Which calls of plugins’ actions wait until a person approves them. The workflow makes the call after the approval.',
  operation: 'GET /api/control-center/approval-rules',
  empty: 'No call waits for an approval.',
  id: (rule) => `${rule.plugin} ${rule.action}`,
  columns: [
    {header: 'Action', value: (rule) => rule.action},
    {header: 'Plugin', value: (rule) => rule.plugin, kind: 'code'},
    {header: 'Condition', value: (rule) => rule.when ?? 'always', kind: 'code'},
    {header: 'Workflow', value: (rule) => rule.workflow_id},
    {header: 'Changed', value: (rule) => rule.changed_at, kind: 'time'},
  ],
  create: {
    label: 'New rule',
    operation: 'PUT /api/control-center/approval-rules/{plugin}/{action}',
    parts: ['plugin', 'action'],
    initial: () => ({plugin: 'financial_business', action: 'transfer', when: '.amount > 10000', workflow_id: 'transfer_approval'}),
  },
  actions: [
    {
      label: 'Change',
      operation: 'PUT /api/control-center/approval-rules/{plugin}/{action}',
      path: ({plugin, action}) => ({plugin, action}),
      form: ({when, workflow_id}) => ({when, workflow_id}),
    },
    {
      label: 'Delete',
      operation: 'DELETE /api/control-center/approval-rules/{plugin}/{action}',
      path: ({plugin, action}) => ({plugin, action}),
      confirm: ({action}) => ({text: 'Calls of the action no longer wait. Runs under way go on.', word: action}),
    },
  ],
});
