import { initialJobState } from '../../../domain/job/process.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { JobPhase } from '../../../domain/job/state.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import { clients } from '../../../store/clients.ts';
import { brandTeams, people as register } from '../../../store/people.ts';
import { record } from '../../../store/recorder.ts';
import { bookUntil, people as roster } from '../../domain/job/agency.ts';
import { Diary } from '../../domain/time-kept/diary.ts';
import type { House } from '../support/house.ts';

const names: Readonly<Record<string, string>> = {
  director: '周岚',
  manager: '郑航',
  executive: '赵一',
  strategist: '何源',
  creativeDirector: '王冉',
  artDirector: '吴迪',
  copywriter: '陈默',
  designer: '林夏',
  media: '孟凡',
  management: '孙岚',
  partner: '许可',
  lead: '李女士',
  contact: '高先生',
};

/** A small agency in the registers, with one brand and its team. */
export async function openStudio(house: House): Promise<Readonly<Record<string, Person>>> {
  const { store, clock } = house.api.deps;
  const by = { by: 'test', at: clock() };
  const found: Record<string, Person> = {};
  for (const [id, roles] of Object.entries(roster)) {
    const side = roles[0] ? roleFacts[roles[0]].side : 'agency';
    const person: Person = {
      id,
      name: names[id] ?? id,
      roles,
      side,
      language: 'zh-CN',
      mail: { address: `${id}@agency.example`, revision: 1 },
      active: true,
      ...(side === 'client' ? { clientId: 'yunfeng' } : {}),
    };
    await register.save(store, id, 0, person, by);
    found[id] = person;
  }
  await clients.save(
    store,
    'yunfeng',
    0,
    {
      id: 'yunfeng',
      name: '云峰茶业',
      kind: 'fullService',
      contacts: ['lead', 'contact'],
      brands: [
        {
          id: 'yunfeng',
          name: '云峰绿茶',
          code: 'YF',
          active: true,
          lines: [{ id: 'lucha', name: '绿茶', code: 'LC', active: true }],
        },
      ],
      qcRoute: { route: 'qcSeven', chosenBy: 'test' },
      active: true,
    },
    by,
  );
  const members = Object.values(found)
    .filter(({ side }) => side === 'agency')
    .map(({ id, roles }) => ({ personId: id, roles }));
  await brandTeams.save(store, 'yunfeng', 0, { id: 'yunfeng', brandId: 'yunfeng', members, defaults: {} }, by);
  return found;
}

/** How a job came to stand where it stands. */
export interface Tale {
  readonly id: string;
  readonly until: JobPhase;
  /** Hours ago it began. */
  readonly hoursAgo: number;
  readonly title?: string;
  readonly number?: string;
  readonly brandId?: string;
  readonly pauseMs?: number;
  readonly clientPauseMs?: number;
  /** What is to be known before it begins. */
  readonly before?: (job: Diary) => void;
  /** What happened after it reached the phase. */
  readonly then?: (job: Diary) => void;
}

/** Plays a job by the book and records it as its process would have. */
export async function tell(house: House, tale: Tale): Promise<Diary> {
  const { store, clock } = house.api.deps;
  const job = new Diary();
  tale.before?.(job);
  job.now = Date.parse(clock()) - tale.hoursAgo * 3_600_000;
  job.pauseMs = tale.pauseMs ?? job.pauseMs;
  job.clientPauseMs = tale.clientPauseMs ?? 0;
  bookUntil(tale.until, job);
  tale.then?.(job);
  const own = (event: JobEvent): JobEvent => {
    if (event.type === 'requested')
      return {
        ...event,
        ...(tale.title === undefined ? {} : { title: tale.title }),
        ...(tale.brandId === undefined ? {} : { brandId: tale.brandId }),
      };
    return event.type === 'numberIssued' ? { ...event, jobNumber: tale.number ?? `YF${tale.id.toUpperCase()}` } : event;
  };
  await record(
    store,
    {
      processId: tale.id,
      after: initialJobState(tale.id).head,
      entries: job.entries.map(({ event, stamp }) => ({ stamp, event: own(event) })),
    },
    clock(),
  );
  return job;
}
