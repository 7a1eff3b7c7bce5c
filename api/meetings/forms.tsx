import type { JSX } from 'preact';
import type { Task } from '../../domain/minutes/state.ts';
import type { CheckItem } from '../../domain/wording/checklists.ts';
import { caseKey } from '../../store/cases.ts';
import { Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Actions, Button, Chip, FormValue, Sheet } from '../view/parts.tsx';
import { dateInWords, momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import type { CaseTyped } from './page.tsx';
import type { CaseDesk } from './read.ts';
import { meetingWords } from './words.ts';

const hrefOf = ({ state }: CaseDesk): string => `/meetings/${caseKey(state.processId)}`;

/** The form of one move: what it asks for, and its button. */
export function MoveForm(props: {
  readonly desk: CaseDesk;
  readonly move: string;
  readonly typed: CaseTyped;
}): JSX.Element {
  const { desk, move, typed } = props;
  const { state, staff, saying } = desk;
  const { lang, who } = staff;
  const t = words(lang, meetingWords);
  const definition = state.definition.moves[move];
  const title = pick(definition?.title ?? { zh: move, en: move }, lang);
  // An objection that the client spoke is written down by the agency, with the time it was said.
  const spoken = move === 'object' && who.actor.side === 'agency';
  const hash = shownHash(desk, move);
  const theirs = [...(state.parts['confirmer'] ?? []), ...(state.parts['clientPeople'] ?? [])];
  return (
    <form method="post" action={hrefOf(desk)} class="case-move">
      <FormValue value={desk.formValue()} />
      {hash === undefined ? null : <input type="hidden" name="hash" value={hash} />}
      {definition?.names?.includes('confirmer') === true ? (
        <Field
          lang={lang}
          scope={move}
          name="confirmer"
          label={t('confirmer')}
          kind={{ type: 'person', choices: theirs.map((id) => ({ value: id, label: saying.nameOf(id) })) }}
          value={typed['confirmer'] ?? state.parts['confirmer']?.[0] ?? ''}
        />
      ) : null}
      {definition?.when === true || spoken ? (
        <Field
          lang={lang}
          scope={move}
          name="happenedAt"
          label={spoken ? t('objectedAt') : t('happenedAt')}
          kind={{ type: 'datetime' }}
          value={typed['happenedAt'] ?? ''}
          required
        />
      ) : null}
      {definition?.words === true ? (
        <Field
          lang={lang}
          scope={move}
          name="words"
          label={t('words')}
          kind={{ type: 'long', rows: 2 }}
          value={typed['words'] ?? ''}
          maxLength={4000}
          required
        />
      ) : null}
      <Actions>
        <Button kind={move === 'approve' ? 'seal' : 'plain'} name="do" value={`move:${move}`}>
          {title}
        </Button>
      </Actions>
    </form>
  );
}

/** The version the page shows, as the move names it: the whole of it, or the copy that a client was given. */
function shownHash({ state }: CaseDesk, move: string): string | undefined {
  const about = state.definition.moves[move]?.about;
  const paper = about && state.papers[about.form];
  const hash = about?.fact === undefined ? paper?.hash : paper?.facts[about.fact];
  return typeof hash === 'string' ? hash : undefined;
}

const taskTones = { open: 'plain', done: 'done', notDone: 'late', replaced: 'plain' } as const;

/** One task of the minutes: who does what by when, and whether it was done. */
export function TaskForm(props: {
  readonly desk: CaseDesk;
  readonly task: Task;
  readonly typed: CaseTyped;
}): JSX.Element {
  const { desk, task, typed } = props;
  const { saying, staff, contents } = desk;
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const state = { open: t('taskOpen'), done: t('taskDone'), notDone: t('taskNotDone'), replaced: t('taskReplaced') };
  return (
    <form method="post" action={hrefOf(desk)} class="case-task" id={`task-${task.id.replace('.', '-')}`}>
      <FormValue value={desk.formValue()} />
      <input type="hidden" name="task" value={task.id} />
      <p>
        <b>{task.state === 'replaced' ? '' : actionOf(contents['F-15'], task)}</b>{' '}
        {t('taskOf', { who: saying.nameOf(task.executor), when: dateInWords(task.keyDate, lang) })}{' '}
        <Chip tone={taskTones[task.state]}>{state[task.state]}</Chip>
        {task.settledAt === undefined ? null : (
          <span class="muted small"> {momentInWords(staff.time, task.settledAt, lang)}</span>
        )}
      </p>
      {task.words === undefined ? null : <blockquote>{task.words}</blockquote>}
      {task.state === 'open' || task.state === 'notDone' ? (
        <>
          {task.state === 'open' ? (
            <Field
              lang={lang}
              scope={task.id}
              name="words"
              label={t('whyNotDone')}
              kind={{ type: 'text' }}
              value={typed[`words:${task.id}`] ?? ''}
            />
          ) : null}
          <Actions>
            <Button kind="plain" name="do" value="task:done">
              {t('taskDone')}
            </Button>
            {task.state === 'open' ? (
              <Button kind="quiet" name="do" value="task:notDone">
                {t('taskNotDone')}
              </Button>
            ) : null}
          </Actions>
        </>
      ) : null}
    </form>
  );
}

function actionOf(content: Readonly<Record<string, unknown>> | undefined, task: Task): string {
  const rows: unknown = content?.['nextSteps'];
  const row: unknown = Array.isArray(rows) ? rows[task.row] : undefined;
  return typeof row === 'object' && row !== null && 'action' in row && typeof row.action === 'string' ? row.action : '';
}

/** A checklist: what is done stands with its tick, the rest can be ticked together, or one by one kept as not applicable. */
export function Checklist(props: {
  readonly desk: CaseDesk;
  readonly list: string;
  readonly items: readonly CheckItem[];
}): JSX.Element {
  const { desk, list, items } = props;
  const { state, staff } = desk;
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const open = items.filter(({ id }) => state.ticked[id] === undefined);
  const done = items.filter(({ id }) => state.ticked[id] !== undefined);
  const title = list === 'pack' || list === 'preparation' || list === 'room' ? t(list) : t('checklist');
  const choices = open.map((item) => ({ value: item.id, label: pick(item, lang), note: item.id }));
  return (
    <Sheet
      title={title}
      id={`list-${list}`}
      aside={<span class="muted num">{t('checked', { done: done.length, all: items.length })}</span>}
    >
      <ul class="entries">
        {done.map((item) => (
          <li>
            <Chip tone="done">{item.id}</Chip> {pick(item, lang)}
            {state.ticked[item.id]?.note === undefined ? null : (
              <span class="muted"> · {state.ticked[item.id]?.note}</span>
            )}
          </li>
        ))}
      </ul>
      {open.length === 0 ? null : (
        <form method="post" action={hrefOf(desk)}>
          <FormValue value={desk.formValue()} />
          <input type="hidden" name="list" value={list} />
          <Field lang={lang} scope={list} name="items" label={title} kind={{ type: 'persons', choices }} />
          <Actions>
            <Button kind="plain" name="do" value="tick:pass">
              {t('tick')}
            </Button>
          </Actions>
          <Field lang={lang} scope={list} name="item" label={t('naItem')} kind={{ type: 'person', choices }} />
          <Field lang={lang} scope={list} name="note" label={t('naNote')} kind={{ type: 'text' }} />
          <Actions>
            <Button kind="quiet" name="do" value="tick:na">
              {t('naSave')}
            </Button>
          </Actions>
        </form>
      )}
    </Sheet>
  );
}
