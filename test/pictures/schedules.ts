import type { DemoHouse } from './house.ts';
import { later, once, press, unfold, type Wanted } from './shown.ts';

const executive = 'demo-zhao';
const designer = 'demo-lin';

interface Entry {
  readonly entry: string;
  readonly mark: string;
  readonly owner: string;
  readonly state: string;
}

/**
 * The execution schedule of a job as its executors, its account service and whoever comes by a mail see it: asked,
 * confirmed, declined and done; what is past its date is in `test/browser`, because a demonstration's clock stands at now.
 */
export function schedulePages(house: DemoHouse, jobId: string, bare: string): readonly Wanted[] {
  const { caller } = house.demo;
  const read = () =>
    house.ask<{ readonly id: string; readonly entries: readonly Entry[] }>(executive, `/jobs/${jobId}/schedule`);
  const made = once(async () => {
    const there = await read().catch(() => undefined);
    if (there !== undefined) return there.id;
    const row = (stage: string, task: string, owner: string, days: number, standard: string) => ({
      stage,
      task,
      owner,
      timeNode: house.inDays(days),
      standard,
    });
    await caller.ask(executive, 'POST', `/jobs/${jobId}/schedule`, {
      content: {
        entries: [
          row('筹备', '灯箱喷绘打样', designer, 3, 'A1 小样一张，颜色与正稿一致，客户签收'),
          row('筹备', '点位照片与安装尺寸核对', executive, 4, '全部十二个点位，误差不超过一厘米'),
          row('制作', '十二块灯箱画面输出', 'demo-gao', 9, '按核对后的尺寸，无接缝、无色差'),
          row('执行', '现场安装', designer, 12, '当晚二十二点前亮灯，逐块拍照'),
          row('执行', '安装监督与验收', 'demo-wang', 12, '验收单由商场和我方共同签字'),
        ],
      },
    });
    const { id, entries } = await read();
    const say = async (n: number, type: string, more: object = {}): Promise<void> => {
      const { entry = '', mark = '', owner = '' } = entries[n] ?? {};
      await caller.ask(owner, 'POST', `/cases/${id}/acts`, { act: { type, entry, mark, ...more } });
    };
    await say(2, 'declineEntry', { words: '喷绘机那两天检修，十天之后才能全部输出。' });
    await say(4, 'confirmEntry');
    await say(1, 'reportEntry', { evidence: '点位核对表已放进项目文件夹“制作”，照片十二张' });
    return id;
  });
  const page = (name: string, as: string, after = ''): Wanted =>
    later(name, async () => ({ path: `/schedules/${await made()}${after}`, as }));
  const missing = press('.actions-fixed .btn-ink');
  return [
    page('schedule', executive),
    page('schedule-own', designer),
    later('schedule-unfolded', async () => ({ path: `/schedules/${await made()}`, as: designer, act: unfold })),
    page('schedule-write', executive, '/write'),
    later('schedule-wrong', async () => ({
      path: `/schedules/schedule-${bare.replace(/^job-/, '')}/write`,
      as: executive,
      act: missing,
    })),
    later('schedule-none', async () => ({ path: `/jobs/${bare}/schedule`, as: executive })),
    later('schedule-link', async () => {
      await made();
      const processId = `schedule-${jobId.replace(/^job-/, '')}`;
      return { path: await house.linkThere({ processId, personId: designer, purpose: 'schedule' }) };
    }),
    later('desk-schedule', async () => {
      await made();
      return { path: '/desk', as: designer };
    }),
    later('job-schedule', async () => {
      await made();
      return { path: `/jobs/${jobId}`, as: executive };
    }),
  ];
}
