import type { JSX } from 'preact';
import type { MoveKey } from '../../domain/cases/definition.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { caseKey } from '../../store/cases.ts';
import { movesOf } from '../cases/read.ts';
import { Field } from '../view/fields.tsx';
import { pick, wordingLang } from '../view/lang.ts';
import { Actions, Button, ButtonLink, FormValue } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { issueWords } from './issue-words.ts';
import { capital, type CaseDesk, type CaseTyped } from './read.ts';
import { meetingWords } from './words.ts';

/** Refusals a page need not say: what is not this person's to do, or not of this hour. */
const unsaid: ReadonlySet<string> = new Set(['NOT_ALLOWED', 'WRONG_PHASE', 'CLOSED', 'ALREADY_DECIDED']);

/** What the words of a move are asked for as. */
const asked = {
  postpone: 'postponeWords',
  cancel: 'cancelWords',
  drop: 'dropWords',
  return: 'returnWords',
  object: 'spokenWords',
  tellByMail: 'toClient',
  tellByPhone: 'called',
  withdraw: 'notIssue',
} as const satisfies Readonly<Record<MoveKey, keyof typeof meetingWords | keyof typeof issueWords>>;

/** Moves that end or turn something: never the first thing on the page. */
const aside: ReadonlySet<MoveKey> = new Set(['postpone', 'cancel', 'drop', 'return', 'object', 'resend', 'withdraw']);

const hrefOf = ({ state }: CaseDesk): string => `/meetings/${caseKey(state.processId)}`;

function titleOf({ state, staff }: CaseDesk, move: MoveKey): string {
  const t = words(staff.lang, meetingWords);
  // The button leads to the page where the minutes are written; they are submitted there.
  if (move === 'submit')
    return t(state.state === 'OBJECTED' ? 'writeAnew' : state.papers['F-15'] === undefined ? 'writeFirst' : 'writeOn');
  // On a button of its own "Cancel" would be read as leaving the page.
  if (move === 'cancel') return t('cancelDo');
  return pick(state.definition.moves[move]?.title ?? { zh: move, en: move }, staff.lang);
}

/** What this person can do with the case: the next thing first, the rest folded away, and why something cannot be done yet. */
export function Moves({ desk, typed }: { readonly desk: CaseDesk; readonly typed: CaseTyped }): JSX.Element {
  const { state, staff } = desk;
  const { lang, who } = staff;
  const t = words(lang, meetingWords);
  const moves = movesOf(state, who.actor);
  const open = moves.filter(({ refusal }) => refusal === undefined).map(({ move }) => move);
  const barred = moves.filter(({ refusal }) => refusal !== undefined && !unsaid.has(refusal.code));
  const brings = (move: MoveKey): boolean => state.definition.moves[move]?.brings !== undefined;
  // Two moves bring the same minutes, a draft and the submission; their page has a button for each.
  const written = open.filter((move) => brings(move) && move !== 'draft');
  const pressed = open.filter((move) => !brings(move) && !aside.has(move));
  const folded = open.filter((move) => !brings(move) && aside.has(move));
  // Once its time is over, whether a meeting was held is the question; before, what is still to be sent.
  const begun = state.made['hold'] !== undefined;
  // The client is told before anything is analysed (R-64), and what can be closed is closed.
  const urgent = state.definition.id === 'issue' && (state.state === 'FOUND' || open.includes('close'));
  const [first, ...rest] = urgent || isPast(desk) ? [...pressed, ...written] : [...written, ...pressed];
  return (
    <>
      {open.length > 0 ? null : begun ? (
        <p class="case-move">
          <ButtonLink kind="ink" href={`/meetings/${caseKey(`${state.processId}/minutes`)}`}>
            {t('toMinutes')}
          </ButtonLink>
        </p>
      ) : (
        <p class="muted">{t('nothing')}</p>
      )}
      {first === undefined ? null : <Move desk={desk} move={first} typed={typed} first />}
      {rest.map((move) => (
        <Move desk={desk} move={move} typed={typed} />
      ))}
      {folded.map((move) => (
        <details class="fold case-fold" open={typed['move'] === move}>
          <summary>{titleOf(desk, move)}</summary>
          <MoveForm desk={desk} move={move} typed={typed} />
        </details>
      ))}
      {barred.length === 0 ? null : (
        <>
          <h3 class="case-barred">{t('notYet')}</h3>
          <ul class="small-list">
            {barred.map(({ move, refusal }) => (
              <li>
                {titleOf(desk, move)}
                <p class="muted small">{refusal === undefined ? '' : sayRefusal(refusal, wordingLang(lang))}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function isPast({ state, staff }: CaseDesk): boolean {
  const at = state.papers['F-13']?.facts['meetingTime'];
  return typeof at === 'string' && at !== '' && at <= staff.time.now;
}

function Move(props: { desk: CaseDesk; move: MoveKey; typed: CaseTyped; first?: boolean }): JSX.Element {
  const { desk, move, typed, first = false } = props;
  const { state } = desk;
  if (state.definition.moves[move]?.brings !== undefined)
    return (
      <p class="case-move">
        <ButtonLink kind={first ? 'ink' : 'plain'} href={`${hrefOf(desk)}/write/${move}`}>
          {titleOf(desk, move)}
        </ButtonLink>
      </p>
    );
  const asks = state.definition.moves[move]?.when === true;
  if (first || !asks) return <MoveForm desk={desk} move={move} typed={typed} first={first} />;
  return (
    <details class="fold case-fold" open={typed['move'] === move}>
      <summary>{titleOf(desk, move)}</summary>
      <MoveForm desk={desk} move={move} typed={typed} />
    </details>
  );
}

/** The form of one move: what it asks for, and its button. */
function MoveForm(props: { desk: CaseDesk; move: MoveKey; typed: CaseTyped; first?: boolean }): JSX.Element {
  const { desk, move, first = false } = props;
  const { state, staff, saying } = desk;
  const { lang, who } = staff;
  const t = words(lang, { ...meetingWords, ...issueWords });
  const definition = state.definition.moves[move];
  // What was typed belongs to the form it was typed into.
  const typed: CaseTyped = props.typed['move'] === move ? props.typed : {};
  // An objection that the client spoke is written down by the agency, with the time it was said (R-137).
  const spoken = move === 'object' && who.actor.side === 'agency';
  const hash = shownHash(desk, move);
  const theirs = [...(state.parts['confirmer'] ?? []), ...(state.parts['clientPeople'] ?? [])];
  const error = (field: string): { readonly error?: string } =>
    typed[`error:${field}`] === undefined ? {} : { error: typed[`error:${field}`] };
  const question = Object.hasOwn(asked, move) ? asked[move as keyof typeof asked] : 'words';
  return (
    <form method="post" action={hrefOf(desk)} class="case-move" data-once>
      <FormValue value={desk.formValue()} />
      {hash === undefined ? null : <input type="hidden" name="hash" value={hash} />}
      {move === 'approve' ? <p class="case-lead">{t('reviewFirst')}</p> : null}
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
      {(definition?.fills ?? []).map((part) => (
        <Field
          lang={lang}
          scope={move}
          name={part}
          label={capital(pick(state.definition.parts[part]?.title ?? { zh: part, en: part }, lang))}
          kind={{ type: 'person', choices: desk.contacts }}
          value={typed[part] ?? state.parts[part]?.[0] ?? ''}
          required
          {...error(`parts.${part}`)}
        />
      ))}
      {definition?.when === true || spoken ? (
        <Field
          lang={lang}
          scope={move}
          name="happenedAt"
          label={spoken ? t('objectedAt') : move === 'tellByPhone' ? t('calledAt') : t('happenedAt')}
          {...(spoken || move === 'tellByPhone' ? {} : { hint: t('happenedHint') })}
          kind={{ type: 'datetime' }}
          value={typed['happenedAt'] ?? ''}
          required
          {...error('happenedAt')}
        />
      ) : null}
      {definition?.words === true ? (
        <Field
          lang={lang}
          scope={move}
          name="words"
          label={t(question)}
          kind={{ type: 'long', rows: move === 'tellByMail' ? 4 : 2 }}
          value={typed['words'] ?? ''}
          maxLength={4000}
          required
          {...error('words')}
        />
      ) : null}
      <Actions>
        <Button kind={move === 'approve' ? 'seal' : first ? 'ink' : 'plain'} name="do" value={`move:${move}`}>
          {titleOf(desk, move)}
        </Button>
      </Actions>
    </form>
  );
}

/** The version the page shows, as the move names it: the whole of it, or the copy that a client was given. */
function shownHash({ state }: CaseDesk, move: MoveKey): string | undefined {
  const about = state.definition.moves[move]?.about;
  const paper = about && state.papers[about.form];
  const hash = about?.fact === undefined ? paper?.hash : paper?.facts[about.fact];
  return typeof hash === 'string' ? hash : undefined;
}
