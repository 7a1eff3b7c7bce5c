import type { JSX } from 'preact';
import type { CheckItem } from '../../domain/wording/checklists.ts';
import { isOver } from '../../domain/cases/state.ts';
import { caseKey } from '../../store/cases.ts';
import { Field } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import { Actions, Button, FormValue, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { PackPapers } from './pack.tsx';
import type { CaseDesk, CaseTyped } from './read.ts';
import { meetingWords } from './words.ts';

/** A list of a case, with what its items say. */
export interface CaseList {
  readonly list: string;
  readonly items: readonly CheckItem[];
}

/** The checklists of a case, each folded with how far it has come. */
export function Checklists(props: {
  readonly desk: CaseDesk;
  readonly lists: readonly CaseList[];
  readonly typed: CaseTyped;
}): JSX.Element {
  const { desk, lists, typed } = props;
  const t = words(desk.staff.lang, meetingWords);
  return (
    <Sheet title={t('checklist')} id="lists">
      {desk.pack ? <PackPapers pack={desk.pack} staff={desk.staff} /> : null}
      {lists.map((one) => (
        <Checklist desk={desk} {...one} typed={typed['list'] === one.list ? typed : {}} />
      ))}
    </Sheet>
  );
}

function Checklist({ desk, list, items, typed }: CaseList & { desk: CaseDesk; typed: CaseTyped }): JSX.Element {
  const { state, staff } = desk;
  const { lang } = staff;
  const t = words(lang, meetingWords);
  const open = items.filter(({ id }) => state.ticked[id] === undefined);
  const done = items.filter(({ id }) => state.ticked[id] !== undefined);
  const title = list === 'pack' || list === 'preparation' || list === 'room' ? t(list) : t('checklist');
  const choices = open.map((item) => ({ value: item.id, label: pick(item, lang) }));
  const action = `/meetings/${caseKey(state.processId)}`;
  const error = typed['error:note'];
  return (
    <details class="fold case-list" id={`list-${list}`} open={typed['list'] === list}>
      <summary>
        {title}
        <span class={open.length === 0 ? 'ok small num' : 'muted small num'}>
          {t('checked', { done: done.length, all: items.length })}
        </span>
      </summary>
      {done.length === 0 ? null : (
        <ul class="case-ticked">
          {done.map((item) => {
            const ticked = state.ticked[item.id];
            return (
              <li class={ticked?.answer === 'na' ? 'case-na' : undefined}>
                {pick(item, lang)}
                {ticked?.answer === 'na' ? (
                  <span class="muted small block">
                    {[t('naMark'), ticked.note].filter(Boolean).join(lang === 'en' ? ': ' : '：')}
                  </span>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {open.length === 0 || isOver(state) ? null : (
        <>
          <form method="post" action={action} class="case-ticks">
            <FormValue value={desk.formValue()} />
            <input type="hidden" name="list" value={list} />
            <Field
              lang={lang}
              scope={list}
              name="items"
              label={t('toCheck')}
              hint={t('checklistLead')}
              kind={{ type: 'persons', choices }}
            />
            <Actions>
              <Button kind="plain" name="do" value="tick:pass">
                {t('tick')}
              </Button>
            </Actions>
          </form>
          <details class="fold" open={error !== undefined}>
            <summary>{t('naFold')}</summary>
            <form method="post" action={action} class="case-move">
              <FormValue value={desk.formValue()} />
              <input type="hidden" name="list" value={list} />
              <Field
                lang={lang}
                scope={list}
                name="item"
                label={t('naItem')}
                kind={{ type: 'person', choices }}
                value={typed['item'] ?? ''}
                required
              />
              <Field
                lang={lang}
                scope={list}
                name="note"
                label={t('naNote')}
                kind={{ type: 'text' }}
                value={typed['note'] ?? ''}
                required
                {...(error === undefined ? {} : { error })}
              />
              <Actions>
                <Button kind="plain" name="do" value="tick:na">
                  {t('naSave')}
                </Button>
              </Actions>
            </form>
          </details>
        </>
      )}
    </details>
  );
}
