import type { JobEvent } from '../job/events.ts';
import type { Words } from '../process.ts';
import { workTypeFacts, workTypes } from '../job/worktypes.ts';
import { actWords } from './acts.ts';
import { circulationSentence } from './history-circulation.ts';
import { inLang, inRow, said, type Lang } from './language.ts';
import { peopleInWords, personInWords, timeInWords, type HistoryNames } from './names.ts';
import { paperWords } from './papers.ts';
import { phaseWords } from './phases.ts';
import { circulationWords } from './points.ts';
import { sayRefusal } from './say-refusal.ts';
import {
  opinionWords,
  paperStatusWords,
  pieceStateWords,
  proposalKindWords,
  proposalStateWords,
  revisionStateWords,
  stageWords,
  standingWords,
} from './states.ts';
import { timetableSentence } from './timetable.ts';

const quoted = (text: string): string => `“${text}”`;

/** What happened, as one sentence of the readable history. Covers every event of a job. */
export function historySentence(event: JobEvent, names: HistoryNames, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en);
  const who = (id: string): string => personInWords(id, names, lang);
  const people = (ids: readonly string[]): string => peopleInWords(ids, names, lang);
  const time = (instant: string): string => timeInWords(instant, names, lang);
  const word = (words: Words): string => inLang(words, lang);
  const piece = (id: string): string => quoted(names.piece?.(id) ?? id);
  switch (event.type) {
    case 'requested':
      return say(`${who(event.by)}新建工作“${event.title}”`, `${who(event.by)} opened the request “${event.title}”`);
    case 'phaseChanged':
      return say(`工作进入“${word(phaseWords[event.to])}”`, `The job moved to “${word(phaseWords[event.to])}”`);
    case 'briefingHeld': {
      const present = people([...event.client, ...event.account, ...event.creative]);
      return say(
        `广告说明会于 ${time(event.heldAt)} 召开，与会：${present}`,
        `Briefing meeting held on ${time(event.heldAt)}; present: ${present}`,
      );
    }
    case 'assessed':
      return event.differs
        ? say(
            `评估完成，公司意见与客户指令不同${said(event.recommendation, lang)}`,
            `Assessed; the agency’s view differs from the instruction${said(event.recommendation, lang)}`,
          )
        : say(
            `评估完成，与客户意见一致${said(event.recommendation, lang)}`,
            `Assessed; the views agree${said(event.recommendation, lang)}`,
          );
    case 'strategyAgreed':
      return say('与客户达成策略共识', 'Strategy agreed with the client');
    case 'numberAsked':
      return say('申请工作号', 'Job number asked for');
    case 'numberIssued':
      return say(`立项，工作号 ${event.jobNumber}`, `Job opened, number ${event.jobNumber}`);
    case 'huddleHeld': {
      const held = say(
        `与创作组沟通（${time(event.heldAt)}），参加：${people(event.people)}`,
        `Team talk (${time(event.heldAt)}) with ${people(event.people)}`,
      );
      const objections = inRow(event.objections, lang);
      return event.objections.length === 0
        ? say(`${held}，无异议`, `${held}; no objection`)
        : say(`${held}，异议：${objections}`, `${held}; objections: ${objections}`);
    }
    case 'paperFiled':
      return say(
        `${who(event.paper.by)}归入${word(paperWords(event.paper.key))}第 ${event.paper.version} 版`,
        `${who(event.paper.by)} filed ${word(paperWords(event.paper.key))}, version ${event.paper.version}`,
      );
    case 'paperStatus':
      return say(
        `${word(paperWords(event.key))}${word(paperStatusWords[event.status])}`,
        `${word(paperWords(event.key))} is ${word(paperStatusWords[event.status])}`,
      );
    case 'routePinned':
      return say(`采用流程“${event.route.title.zh}”`, `Route taken: “${event.route.title.en}”`);
    case 'pieceAdded':
      return say(
        `增加稿件“${event.piece.name}”（${word(workTypeFacts[event.piece.workType].title)}）`,
        `Piece added: “${event.piece.name}” (${word(workTypeFacts[event.piece.workType].title)})`,
      );
    case 'versionSubmitted':
      return say(
        `${who(event.version.by)}提交${piece(event.pieceId)}${word(stageWords[event.version.stage])}第 ${event.version.version} 版`,
        `${who(event.version.by)} submitted ${piece(event.pieceId)}, ${word(stageWords[event.version.stage])}, version ${event.version.version}`,
      );
    case 'pieceMoved':
      return say(
        `${piece(event.pieceId)}：${word(pieceStateWords[event.state])}`,
        `${piece(event.pieceId)}: ${word(pieceStateWords[event.state])}`,
      );
    case 'proposalChanged': {
      const { no, kind, round, state } = event.proposal;
      return say(
        `第 ${no} 次提案（${word(proposalKindWords[kind])}，第 ${round} 轮）：${word(proposalStateWords[state])}`,
        `Proposal ${no} (${word(proposalKindWords[kind])}, round ${round}): ${word(proposalStateWords[state])}`,
      );
    }
    case 'proposalHeld':
      return say(
        `第 ${event.no} 次提案于 ${time(event.heldAt)} 召开，到会：${people(event.attended)}`,
        `Proposal ${event.no} held on ${time(event.heldAt)}; present: ${people(event.attended)}`,
      );
    case 'opinionRecorded':
      return say(
        `客户${word(opinionWords[event.opinion.kind])}（${who(event.opinion.from)}）：${event.opinion.words}`,
        `Client’s ${word(opinionWords[event.opinion.kind])}, ${who(event.opinion.from)}: ${event.opinion.words}`,
      );
    case 'opinionReported': {
      const of = event.from === undefined ? '' : say(`（${who(event.from)}）`, ` of ${who(event.from)}`);
      return say(
        `${who(event.by)}把客户意见${of}标为重要，已报客户总监：${event.words}`,
        `${who(event.by)} reported an important opinion${of} to the account director: ${event.words}`,
      );
    }
    case 'meetingCalled':
      return say(
        `${who(event.by)}召集项目内部会议：${time(event.at)}，${event.place}；参加：${people(event.people)}`,
        `${who(event.by)} called a project meeting: ${time(event.at)}, ${event.place}; with ${people(event.people)}`,
      );
    case 'meetingRecorded': {
      const lines = event.progress.map(({ module, standing, words }) => {
        const kind = workTypes.find((one) => module === `work-${one}`);
        const name = kind ? word(workTypeFacts[kind].title) : (names.piece?.(module) ?? module);
        return `${name} ${word(standingWords[standing])}${said(words, lang)}`;
      });
      return say(
        `项目内部会议于 ${time(event.heldAt)} 召开，参加：${people(event.people)}。进展：${lines.join('；')}`,
        `Project meeting held on ${time(event.heldAt)} with ${people(event.people)}. Progress: ${lines.join('; ')}`,
      );
    }
    case 'opinionAnswered':
      return event.done
        ? say(`客户意见已执行${said(event.words, lang)}`, `Opinion carried out${said(event.words, lang)}`)
        : say(`客户意见已说明${said(event.words, lang)}`, `Opinion explained${said(event.words, lang)}`);
    case 'proposalRejected':
      return say(
        `第 ${event.no} 次提案被客户否定，不再修改（${who(event.by)}）${said(event.words, lang)}`,
        `Proposal ${event.no} was rejected for good (${who(event.by)})${said(event.words, lang)}`,
      );
    case 'opinionWithdrawn':
      return say('客户意见已收回，不必答复', 'Opinion taken back; nothing is to be answered');
    case 'revisionChanged':
      return say(
        `修改 R${event.revision.ordinal}：${word(revisionStateWords[event.revision.state])}`,
        `Revision R${event.revision.ordinal}: ${word(revisionStateWords[event.revision.state])}`,
      );
    case 'followUpRecorded': {
      const { shooting, period, productionPrice, mediaPrice } = event.topics;
      return say(
        `后续事宜：拍摄 ${shooting}；工作周期 ${period}；制作价格 ${productionPrice}；媒介价格 ${mediaPrice}`,
        `Follow-up: shooting ${shooting}; period ${period}; production price ${productionPrice}; media price ${mediaPrice}`,
      );
    }
    case 'directorTold':
      return say(
        `已告知客户总监：${word(circulationWords(event.about))}已到第 ${event.round} 轮`,
        `The account director was told: ${word(circulationWords(event.about))} is at round ${event.round}`,
      );
    case 'evaluated':
      return say(
        `复盘：策略修正 ${event.strategy}；实施修正 ${event.execution}`,
        `Reviewed: strategy ${event.strategy}; execution ${event.execution}`,
      );
    case 'archiveAsked':
      return say('开始归档', 'Archiving begun');
    case 'sealed':
      return say(
        `工作袋已封存，校验码 ${event.hash.slice(0, 12)}`,
        `The bag is sealed, checksum ${event.hash.slice(0, 12)}`,
      );
    case 'held':
      return say(
        `${who(event.by)}暂停工作${said(event.words, lang)}`,
        `${who(event.by)} put the job on hold${said(event.words, lang)}`,
      );
    case 'resumed':
      return say(`${who(event.by)}恢复工作`, `${who(event.by)} resumed the job`);
    case 'refreshed': {
      const { cause } = event;
      if (cause.kind === 'calendar')
        return say('工作日历有变动，期限重新核算', 'The working calendar changed; dates are checked against it');
      const name = who(cause.personId);
      return cause.what === 'begins'
        ? say(`${name}请假，其手上的步骤转给代理人`, `${name} is on leave; steps held move to the stand-in`)
        : say(`${name}回来，代理的步骤转回`, `${name} is back; steps held by the stand-in move back`);
    }
    case 'brandHandedOver': {
      const { from, to, signed } = event.cause;
      const place =
        signed.giver === from
          ? ''
          : say(
              `，${who(signed.giver)}代已离职的${who(from)}签字`,
              `; ${who(signed.giver)} signed for ${who(from)}, who has left`,
            );
      const owner = event.owner ? say('，并负责这项工作', ', and answers for this job') : '';
      const third =
        signed.director === undefined
          ? ''
          : say(`；${who(signed.director)}作为客户总监签字`, `; ${who(signed.director)} signed as account director`);
      return say(
        `品牌交接：${who(from)}交给${who(to)}${owner}${place}${third}`,
        `Brand handed over: ${who(from)} to ${who(to)}, who holds it from now on${owner}${place}${third}`,
      );
    }
    case 'cancelled':
      return say(
        `${who(event.by)}取消工作${said(event.words, lang)}`,
        `${who(event.by)} cancelled the job${said(event.words, lang)}`,
      );
    case 'reopened':
      return say(
        `${who(event.by)}重新打开工作${said(event.words, lang)}`,
        `${who(event.by)} reopened the job${said(event.words, lang)}`,
      );
    case 'ownerChanged':
      return say(
        `负责人由${who(event.from)}改为${who(event.to)}${said(event.words, lang)}`,
        `The owner changed from ${who(event.from)} to ${who(event.to)}${said(event.words, lang)}`,
      );
    case 'commandRefused': {
      const known: Readonly<Record<string, Words>> = actWords;
      const act = Object.hasOwn(known, event.act)
        ? word(known[event.act] ?? { zh: event.act, en: event.act })
        : event.act;
      return say(
        `“${act}”未被接受：${sayRefusal(event.refusal, lang)}`,
        `“${act}” was not accepted: ${sayRefusal(event.refusal, lang)}`,
      );
    }
    case 'baselineAccepted':
    case 'timetableLook':
    case 'timetableCounted':
    case 'nodeAnnounced':
    case 'nodeReached':
    case 'stageWarned':
    case 'floatUsedUp':
    case 'extensionDrafted':
      return timetableSentence(event, names, lang);
    default:
      return circulationSentence(event, names, lang);
  }
}
