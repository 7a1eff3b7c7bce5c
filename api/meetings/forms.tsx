import type { ComponentChildren, JSX } from 'preact';
import type { Task } from '../../domain/minutes/state.ts';
import { isOver } from '../../domain/cases/state.ts';
import type { Content } from '../../papers/form.ts';
import { caseKey } from '../../store/cases.ts';
import { Field } from '../view/fields.tsx';
import { Actions, Button, Chip, FormValue } from '../view/parts.tsx';
import { dateInWords, momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { CaseDesk, CaseTyped } from './read.ts';
import { meetingWords } from './words.ts';

const taskTones = { open: 'plain', done: 'done', notDone: 'law', replaced: 'plain' } as const;

/** The id of a task's place on the page of its minutes. */
export function taskAnchor(task: Pick<Task, 'id'>): string {
  return `task-${task.id.replace('.', '-')}`;
}

/** What a task asks for, in the words of its version of the minutes; empty where that version is no longer shown. */
export function actionOf(content: Content | undefined, task: Task): string {
  const rows: unknown = content?.['nextSteps'];
  const row: unknown = Array.isArray(rows) ? rows[task.row] : undefined;
  return typeof row === 'object' && row !== null && 'action' in row && typeof row.action === 'string' ? row.action : '';
}

/** One task of the minutes: who does what by when, and whether it was done. */
export function TaskForm(props: {
  readonly desk: CaseDesk;
  readonly task: Task;
  readonly typed: CaseTyped;
}): JSX.Element {
  const { desk, task } = props;
  const { saying, staff, contents, state } = desk;
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const typed: CaseTyped = props.typed['task'] === task.id ? props.typed : {};
  const error = typed['error:words'];
  const states = { open: t('taskOpen'), done: t('taskDone'), notDone: t('taskNotDone'), replaced: t('taskReplaced') };
  const late = task.state === 'open' && task.dueAt !== undefined && task.dueAt < staff.time.now;
  const action = task.state === 'replaced' ? '' : actionOf(contents['F-15'], task);
  return (
    <article class={`case-task${late ? ' case-task-late' : ''}`} id={taskAnchor(task)}>
      <h3>
        {action === '' ? t('tasks') : action}{' '}
        <Chip tone={late ? 'late' : taskTones[task.state]}>{states[task.state]}</Chip>
      </h3>
      <p class="card-line">
        {t('taskOf', { who: saying.nameOf(task.executor), when: dateInWords(task.keyDate, lang) })}
        {task.settledAt === undefined ? null : (
          <span class="muted"> · {momentInWords(staff.time, task.settledAt, lang)}</span>
        )}
      </p>
      {task.words === undefined ? null : <blockquote>{task.words}</blockquote>}
      {(task.state === 'open' || task.state === 'notDone') && !isOver(state) ? (
        <TaskAct desk={desk} task={task}>
          <div class="actions-row">
            <Button kind="plain" name="do" value="task:done">
              {task.state === 'open' ? t('taskDoneDo') : t('taskDoneAfterAll')}
            </Button>
          </div>
        </TaskAct>
      ) : null}
      {task.state === 'open' && !isOver(state) ? (
        <details class="fold" open={error !== undefined}>
          <summary>{t('notDoneFold')}</summary>
          <TaskAct desk={desk} task={task}>
            <Field
              lang={lang}
              scope={task.id}
              name="words"
              label={t('whyNotDone')}
              kind={{ type: 'text' }}
              value={typed['words'] ?? ''}
              required
              {...(error === undefined ? {} : { error })}
            />
            <Actions>
              <Button kind="plain" name="do" value="task:notDone">
                {t('taskNotDoneDo')}
              </Button>
            </Actions>
          </TaskAct>
        </details>
      ) : null}
    </article>
  );
}

/** A form of its own for each answer: Enter in the reason must not say that it was done. */
function TaskAct(props: { desk: CaseDesk; task: Task; children: ComponentChildren }): JSX.Element {
  const { desk, task, children } = props;
  return (
    <form method="post" action={`/meetings/${caseKey(desk.state.processId)}`} data-once>
      <FormValue value={desk.formValue()} />
      <input type="hidden" name="task" value={task.id} />
      {children}
    </form>
  );
}
