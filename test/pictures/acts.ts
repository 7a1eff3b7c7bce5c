import { actSpecs } from '../../api/papers/acts/specs.ts';
import { demoPeople } from '../../ops/demo/register.ts';
import type { DemoHouse, DemoJob } from './house.ts';
import { here, later, once, press, type Wanted } from './shown.ts';

interface Possible {
  readonly act: string;
  readonly point?: string;
  readonly by: readonly string[];
  readonly refusal?: object;
}

/** Who of the demonstration may do what only these titles may, or the owner. */
function whoMay(by: readonly string[], job: DemoJob): string {
  const titled = demoPeople.find(({ side, roles }) => side === 'agency' && roles.some((role) => by.includes(role)));
  return by.length === 0 || by.includes('owner') ? job.ownerId : (titled?.id ?? job.ownerId);
}

/**
 * The form of every act, each on a job in which it is possible now and for somebody who may, so that one sees the form
 * and not why there is none. What no job of the house allows is shown as it is refused.
 */
export function actForms(house: DemoHouse, refusedAt: string): readonly Wanted[] {
  const asked = once(async () => {
    const jobs = await house.jobs();
    const answers = jobs.map(async (job) => {
      const { possible } = await house.ask<{ possible: readonly Possible[] }>('demo-zhou', `/jobs/${job.id}/possible`);
      return possible.map((one) => ({ ...one, job }));
    });
    return (await Promise.all(answers)).flat();
  });
  const form = (act: string) => async () => {
    const found = (await asked()).find((one) => one.act === act && !one.point && !one.refusal);
    if (!found) return { path: `/jobs/${refusedAt}/acts/${act}`, as: 'demo-zhao' };
    return { path: `/jobs/${found.job.id}/acts/${act}`, as: whoMay(found.by, found.job) };
  };
  return [
    ...Object.keys(actSpecs).map((act) => later(`act-${act}`, form(act))),
    later('act-wrong', async () => ({ ...(await form('recordOpinion')()), act: press('button[value="act"]') })),
    here({ name: 'act-refused', path: `/jobs/${refusedAt}/acts/openNumber`, as: 'demo-zhao' }),
  ];
}
