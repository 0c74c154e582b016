import type {Api} from '#generated/api';
import type {Action} from './list-page';

/** Completes a task with a decision. */
export function taskDecision(label: string, decision: string): Action<Api.TaskView> {
  return {
    label,
    operation: 'POST /api/system/tasks/{id}/complete',
    path: ({id}) => ({id}),
    body: () => ({decision}),
    when: ({state}) => state === 'open',
  };
}
