import type { Words } from '../process.ts';

/**
 * Every no the core can say: its stable code, the HTTP status it becomes, and the sentence for the person.
 * `{name}` is filled from the refusal's params. A sentence says what is wrong and what would be right.
 */
export const refusalTable = {
  NOT_ALLOWED: {
    status: 403,
    words: { zh: '这一步不归您处理，应由{who}处理。', en: 'This is not yours to do; it belongs to {who}.' },
  },
  WRONG_PHASE: {
    status: 409,
    words: {
      zh: '工作现在处于“{phase}”，还不能这样做。',
      en: 'The job is now at “{phase}”; this cannot be done here.',
    },
  },
  ON_HOLD: { status: 409, words: { zh: '工作已暂停，先恢复才能继续。', en: 'The job is on hold; resume it first.' } },
  CLOSED: { status: 409, words: { zh: '工作已结束（{phase}）。', en: 'The job is closed ({phase}).' } },
  UNKNOWN_OBJECT: { status: 404, words: { zh: '找不到{what}。', en: 'There is no such {what}.' } },
  FIELD_MISSING: { status: 422, words: { zh: '还缺：{fields}。', en: 'Still missing: {fields}.' } },
  FIELD_WRONG: { status: 422, words: { zh: '“{name}”不对：{why}。', en: '“{name}” is not right: {why}.' } },
  TOO_LONG: {
    status: 422,
    words: { zh: '“{name}”太长，最多 {max} 字。', en: '“{name}” is too long; {max} characters at most.' },
  },
  NOT_YET_YOUR_TURN: {
    status: 409,
    words: { zh: '尚未轮到您：还在等{who}。', en: 'Not yet your turn: it is with {who}.' },
  },
  ALREADY_DECIDED: { status: 409, words: { zh: '这一步已经处理过了。', en: 'This step has already been decided.' } },
  STALE_ROUND: {
    status: 409,
    words: {
      zh: '这是第 {round} 轮的链接，现在已是第 {now} 轮。',
      en: 'This link is for round {round}; it is now round {now}.',
    },
  },
  STALE_VERSION: {
    status: 409,
    words: {
      zh: '您看到的不是当前版本，请看过新版本再签。',
      en: 'What you saw is not the current version; look at the new one before signing.',
    },
  },
  OWN_WORK: { status: 403, words: { zh: '不能签自己做的稿件或单据。', en: 'Nobody signs their own work.' } },
  TWO_STEPS: {
    status: 403,
    words: { zh: '同一轮里一个人只能签一步。', en: 'One person signs one step of a round only.' },
  },
  NOBODY_ASKED: {
    status: 409,
    words: { zh: '现在没有等人处理的单据。', en: 'Nothing waits on anybody’s desk now.' },
  },
  NOT_WITH_THEM: {
    status: 409,
    words: { zh: '这一步现在不在这个人手里。', en: 'This step does not lie with this person now.' },
  },
  ASKED_LATELY: {
    status: 429,
    words: {
      zh: '刚刚才发过，{n} 分钟内不重复发送。请先看一下垃圾邮件箱。',
      en: 'It was sent a moment ago and is not sent twice within {n} minutes. Please look into the spam folder first.',
    },
  },
  NOBODY_ELSE: {
    status: 409,
    words: { zh: '这一步在您自己手里，没有别人可催。', en: 'This step lies with you; there is nobody else to remind.' },
  },
  NUDGE_LATER: {
    status: 429,
    words: {
      zh: '现在不能催办：{why}。{when} 起可以再催。',
      en: 'No reminder now: {why}. It is possible again from {when}.',
    },
  },
  REASON_MISSING: {
    status: 422,
    words: { zh: '退回要写明原因和说明。', en: 'Sending back needs a reason and words.' },
  },
  GROUND_MISSING: {
    status: 422,
    words: {
      zh: '拒单要选定原因（指引不清晰或资料不足），并写明缺什么。',
      en: 'Refusing an order needs a ground (instruction unclear or material insufficient) and what is missing.',
    },
  },
  NO_NOT_OFFERED: {
    status: 422,
    words: { zh: '这一步不能“{kind}”。', en: '“{kind}” is not one of the answers of this step.' },
  },
  CHECKLIST_OPEN: {
    status: 422,
    words: { zh: '检查表还有未通过的项目：{items}。', en: 'The checklist still has open items: {items}.' },
  },
  CANNOT_HOLD: { status: 422, words: { zh: '{person}不能处理这一步。', en: '{person} cannot hold this step.' } },
  NOT_IN_WRITING: {
    status: 409,
    words: {
      zh: '客户的否定要有书面依据：先归入一份“客户意见”，性质选“否定”（邮件即可）。',
      en: 'The client’s rejection must be in writing: first file a client comment of the kind “rejection” (a mail is enough).',
    },
  },
  SHORT_FORM: {
    status: 409,
    words: {
      zh: '媒介工作和调研工作不制作稿件；新增稿件请另立工作。',
      en: 'A media or research job makes no pieces; open another job for a new one.',
    },
  },
  REVIEW_OPEN: {
    status: 409,
    words: {
      zh: '提案被否定，客户总监还没有复核。',
      en: 'The proposal was rejected and the account director has not reviewed it yet.',
    },
  },
  ACTED_UPON: {
    status: 409,
    words: {
      zh: '已经有人据此处理，不能再收回；请直接与客户主任商量。',
      en: 'Somebody has acted on it since, so it can no longer be taken back; please talk to the account executive.',
    },
  },
  NOTHING_TO_WITHDRAW: {
    status: 409,
    words: {
      zh: '没有可以撤回的：下一位已经处理，或这不是您的决定。',
      en: 'There is nothing to take back: the next person has acted, or the decision is not yours.',
    },
  },
  SKIP_NOT_ALLOWED: {
    status: 422,
    words: { zh: '“{step}”这一步不能标为不适用。', en: 'The step “{step}” cannot be marked not applicable.' },
  },
  TASK_SHEET_MISSING: {
    status: 422,
    words: { zh: '先要有客户的书面工作任务单。', en: 'The client’s written task sheet comes first.' },
  },
  BRIEF_UNCONFIRMED: {
    status: 409,
    words: { zh: '客户还没有确认需求简报。', en: 'The client has not confirmed the requirement brief.' },
  },
  STRATEGY_OPEN: {
    status: 409,
    words: { zh: '与客户的策略分歧还没有达成一致。', en: 'The strategy difference with the client is not settled.' },
  },
  NUMBER_EXISTS: {
    status: 409,
    words: { zh: '已有工作号 {number}。', en: 'The job already has its number, {number}.' },
  },
  HUDDLE_MISSING: {
    status: 409,
    words: {
      zh: '签单前先召集创作组沟通内容与时间。',
      en: 'Talk with the creative group about content and time before the signature round.',
    },
  },
  OBJECTION_OPEN: {
    status: 409,
    words: { zh: '还有未解决的异议：{what}。', en: 'There is an open objection: {what}.' },
  },
  CREATIVE_BRIEF_MISSING: {
    status: 409,
    words: { zh: '这类工作要先有完成的创意简报。', en: 'This kind of work needs a complete creative brief first.' },
  },
  MATERIAL_MISSING: { status: 409, words: { zh: '资料未齐：{items}。', en: 'Material is missing: {items}.' } },
  ORDER_MISSING: {
    status: 409,
    words: {
      zh: '没有已签核的工作单（或修改单），不能开工。',
      en: 'There is no accepted work order (or revision order) to work from.',
    },
  },
  WRONG_ORDER_FORM: {
    status: 409,
    words: {
      zh: '立项用工作单，修改用修改单。',
      en: 'A work order opens a job; a revision order changes existing work.',
    },
  },
  WRONG_AUTHOR: { status: 403, words: { zh: '这份单据应由{who}撰写。', en: 'This paper is to be written by {who}.' } },
  PAPER_MISSING: { status: 409, words: { zh: '还缺单据：{papers}。', en: 'Papers are missing: {papers}.' } },
  MEDIA_ROOM_SHORT: {
    status: 422,
    words: {
      zh: '重大媒介策划从下单到交付至少要两周：进度表的交付日期是 {date}，最早应为 {least}；请先与客户改定交付日期。',
      en: 'A major media plan has at least two weeks between its order and the delivery: the timetable says {date}, {least} is the earliest; agree on a later delivery with the client first.',
    },
  },
  EXTENSION_UNNAMED: {
    status: 422,
    words: {
      zh: '交付日期由 {before} 改为 {date}，请在“延期”里写明原日期、新日期和原因；客户接受之前，原日期有效。',
      en: 'The delivery date moves from {before} to {date}: write old date, new date and reason under “Extensions”. Until the client accepts, the old date stands.',
    },
  },
  DIRECTION_UNCONFIRMED: {
    status: 409,
    words: { zh: '客户还没有确认修改方向。', en: 'The client has not confirmed the direction of the change.' },
  },
  DRAFT_GATE_OPEN: {
    status: 409,
    words: {
      zh: '还没放行：{pieces}（需创意总监看过、客户经理以上审核）。',
      en: 'Not released yet: {pieces} (the creative director views, an account manager or above reviews).',
    },
  },
  DISAGREEMENT: { status: 409, words: { zh: '内部意见还没有一致。', en: 'The agency has not agreed inside.' } },
  PACKAGE_INCOMPLETE: { status: 409, words: { zh: '提案还缺：{items}。', en: 'The proposal still lacks: {items}.' } },
  OPINIONS_UNANSWERED: {
    status: 409,
    words: { zh: '还有 {n} 条客户意见没有答复。', en: '{n} of the client’s opinions are not answered yet.' },
  },
  WINDOW_RUNS: {
    status: 409,
    words: {
      zh: '客户的异议期还没有结束，期满自有结论；不能提前结束。',
      en: 'The client can still object; the window ends by itself with a verdict and cannot be cut short.',
    },
  },
  NOT_CONFIRMED: {
    status: 409,
    words: {
      zh: '客户还没有书面确认创意稿和报价。',
      en: 'The client has not confirmed creative draft and quotation in writing.',
    },
  },
  NOT_CLEARED: {
    status: 409,
    words: {
      zh: '估价、进度表、媒介时间表还没有全部由客户签名。',
      en: 'Estimate, timetable and media timetable are not all signed by the client.',
    },
  },
  SAMPLE_MISSING: {
    status: 422,
    words: {
      zh: '正稿要有 A4 或以上的打印小样。',
      en: 'Finished artwork needs a printed small sample of A4 or larger.',
    },
  },
  LAW_WORDING: {
    status: 422,
    words: {
      zh: '有可能违反广告法的用语，要先处理：{words}。',
      en: 'Wording that may break the Advertising Law must be resolved first: {words}.',
    },
  },
  FILE_NAME: {
    status: 422,
    words: {
      zh: '文件名要写明日期、项目名称、类型，例如 {pattern}。',
      en: 'File names state date, project and type, e.g. {pattern}.',
    },
  },
  ARTWORK_UNSIGNED: {
    status: 409,
    words: {
      zh: '同一版本的正稿QC完成后才能做打样QC。',
      en: 'Proof QC starts when the artwork QC of the same version is complete.',
    },
  },
  SAME_VERSION: {
    status: 409,
    words: { zh: '这个版本已经提交过了。', en: 'This very version has been submitted already.' },
  },
  IN_CIRCULATION: {
    status: 409,
    words: {
      zh: '正在流转中，先等这一轮结束或撤回。',
      en: 'It is in circulation; wait for the round to end or take it back.',
    },
  },
  NO_OPINION_OPEN: {
    status: 409,
    words: { zh: '没有待答复的客户意见。', en: 'No opinion of the client is waiting for an answer.' },
  },
  NO_OPINION_TO_REPORT: {
    status: 409,
    words: {
      zh: '没有还可以上报的客户意见：先记录意见，或都已报过。',
      en: 'There is no opinion left to report: record one first, or all were reported.',
    },
  },
  OPINION_REPORTED: {
    status: 409,
    words: {
      zh: '这条意见已经报给客户总监，或客户已经收回。',
      en: 'The account director has this opinion already, or the client took it back.',
    },
  },
  PROGRESS_MISSING: {
    status: 422,
    words: { zh: '还没有写进展的模块：{modules}。', en: 'Progress is still missing for: {modules}.' },
  },
  ARCHIVE_INCOMPLETE: { status: 409, words: { zh: '归档还缺：{items}。', en: 'Archiving still lacks: {items}.' } },
  ROUTE_BAD: { status: 422, words: { zh: '流程不成立：{why}。', en: 'The route does not hold: {why}.' } },
  TEAM_SHORT: {
    status: 422,
    words: { zh: '团队人手不够走这条流程：{steps}。', en: 'The team cannot man this route: {steps}.' },
  },
} as const satisfies Record<string, { status: number; words: Words }>;

/** A stable refusal code. */
export type RefusalCode = keyof typeof refusalTable;
