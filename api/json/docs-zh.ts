/** What a route is for, and what is said of it, in Chinese. */
export interface RouteInChinese {
  readonly summary: string;
  readonly description?: string;
}

/** The routes in Chinese, by the id of their operation. */
export const routesInChinese: Readonly<Record<string, RouteInChinese>> = {
  findJobs: { summary: '查找我能看到的工作' },
  requestJob: {
    summary: '提出一项工作（立项申请）',
    description: '内容是动作 `request`。一天之内，相同的键和相同的内容得到相同的回答；相同的键带不同的内容会被拒绝。',
  },
  readBoard: { summary: '看板：未结束的工作按栏排列，先到期的在上' },
  readDesk: {
    summary: '我桌面上的事，先到期的在上：工作的步骤、会议和会议记录、记录里的任务、要送出的延期、要签的交接',
  },
  getJob: { summary: '一项工作：走到哪里，单据、稿件和修改' },
  act: {
    summary: '对一项工作做一件事：任何动作，和六种签核动词',
    description:
      '自己给一个 `id`，同一个动作送多少次都只算一次。202 表示引擎已收下，结果会记录下来：查 `/commands/{commandId}`。',
  },
  possibleActs: { summary: '现在可以做什么、由谁做，其余的为什么不可以' },
  fiveAnswers: { summary: '五个回答：什么状态、在谁手上、从何时起、下一步、到何时' },
  listSteps: { summary: '这项工作的单据在各人桌面上的每一次停留，最早的在前' },
  listForms: { summary: '公司的表单' },
  getForm: { summary: '一种表单的 JSON Schema' },
  validatePaper: { summary: '检查一份单据，不保存' },
  freezePaper: { summary: '按哈希保存一个版本；由一个动作归入工作' },
  listPapers: { summary: '一项工作所有单据的所有版本，最早的在前' },
  getPaper: { summary: '单据的一个版本，连同内容' },
  listDrafts: { summary: '我的草稿，最新的在前' },
  getDraft: { summary: '我的一份草稿' },
  saveDraft: { summary: '在看到的版次上保存草稿' },
  dropDraft: { summary: '放弃我的一份草稿' },
  uploadFile: {
    summary: '上传一个文件（multipart/form-data，字段 `file`）',
    description: '内容要与文件名后缀相符。按 SHA-256 保存；由清单归入工作。',
  },
  makeManifest: { summary: '把上传的文件合成一个版本；`submitVersion` 用它的哈希，签字也绑定它' },
  getManifest: { summary: '这项工作一件稿件的一个版本的文件' },
  exportLog: { summary: '一项工作的日志文件，可用 `jobbag verify` 离线核对' },
  outcomeOfCommand: { summary: '一条指令的结果，只收下的也算' },
  listMails: { summary: '一项工作的邮件：寄给谁、是否送达；不含链接，地址已遮盖' },
  timetableOfJob: { summary: '客户接受的进度表、按谁的延误算出的预测，和已拟好的延期' },
  scheduleOfJob: { summary: '执行排期：谁在何时之前按什么标准做什么，谁确认了，做完了什么（F-11）' },
  layDownSchedule: {
    summary: '编排执行排期的下一版（F-11）',
    description:
      '客户部和执行的同事一起编排。任务、负责人、时间节点或交付标准是新的或改了的，才请负责人确认；其余的确认照旧有效。缺负责人、时间节点或交付标准的任务，指明后拒绝。',
  },
  timeOfJob: { summary: '是谁的时间：桌面、人、职位、暂停和间隔，合计等于全部' },
  lateJobs: { summary: '按最先到期排列的工作，超时的在上，连同桌面和提醒阶梯' },
  loadOfDesks: { summary: '每张桌面现在有什么，接下来十个工作日会有什么' },
  timeSpent: { summary: '最近时间用在哪里，按步骤和客户' },
  answersOfPeople: { summary: '最近各人怎样答复；没有答复就结束的按人计数' },
  projectMeetingsOfJob: {
    summary: '一项工作的内部会议：模块、上一次和各模块的进度、下一次（R-55）',
    description: '由动作 `callMeeting` 和 `recordMeeting` 召集和记录。',
  },
  projectsWithoutMeeting: { summary: '在规定期限内没有开过内部会议的工作，拖得最久的在前（R-55）' },
  importantOpinions: {
    summary: '客户的重要意见，最新的在前：最近一周的，和更早还没有答复的（R-60）',
    description:
      '在动作 `recordOpinion`、`holdProposal` 里以 `important` 标出，或以后用 `reportOpinion`，或在电话记录（F-16）里标出；客户总监当时就收到邮件。',
  },
  listLadders: { summary: '四种阶梯和有自己阶梯的每一步，按现在开始的工作会得到的' },
  tryLadder: { summary: '什么时候会发生什么？试算一个阶梯，不论是否保存，什么也不改' },
  getKindLadder: { summary: '一种步骤的阶梯，用于没有自己阶梯的各步' },
  getStepLadder: { summary: '一条流程里一步的阶梯' },
  saveKindLadder: { summary: '保存一种步骤的阶梯，用于今后开始的工作；null 回到标准' },
  saveStepLadder: { summary: '保存一步的阶梯，用于今后开始的工作；null 回到它那一种的' },
  saveCalendar: { summary: '保存一份工作日历；按它计时、还没结束的都重新计算' },
  planMeeting: {
    summary: '约一次会议（M-06）',
    description:
      '`parts` 写明各人：`confirmer`（客户的一位）、`reviewer`（公司的一位）、`participants`、`clientPeople`、`team`。',
  },
  beginMinutes: {
    summary: '为没有开会就作出的决定写记录（R-134）',
    description:
      '`parts` 写明各人：`confirmer`（客户的一位）、`reviewer`（公司的一位）、`participants`、`clientPeople`、`team`。',
  },
  listCases: {
    summary: '会议、会议记录、问题单和执行进度：我的品牌的，和我在其中有角色或任务的',
    description: '`signature=missing` 列出因无人反对而视为同意、客户还没有签字的记录。',
  },
  getCase: { summary: '一次会议、一份记录或一张问题单：单据、计时、结论、任务，和接下来可以做什么' },
  getCasePaper: {
    summary: '最近一版的通知、议程、会议记录或问题记录',
    description: '不负责这个客户的人读到的是记录的副本，不含保密段落。',
  },
  actOnCase: { summary: '做一件事：走一步、勾一项核对、了结一项任务、确认、不接受或汇报一项进度' },
  outcomeOfCaseCommand: { summary: '一条指令的结果，只收下的也算' },
  exportCaseLog: { summary: '一次会议或一份记录的日志文件，可用 `jobbag verify` 离线核对' },
  listIssues: { summary: '一项工作的问题单：未结束的在前，先到期的在上' },
  raiseIssue: {
    summary: '为进行中的工作提一张问题单（M-16）：公司里能看到这项工作的人都可以',
    description:
      '它在工作负责人手上，直到原因和解决办法有记录、客户已被告知（R-64）。由这几步完成：`record` 交 F-63，`tellByMail` 和 `tellByPhone` 告知客户，`close` 结束并指出还缺什么。',
  },
  listClients: { summary: '我能看到的客户，连同品牌、产品线和代码' },
  registerClient: { summary: '登记一个客户' },
  getClient: { summary: '一个客户' },
  changeClient: { summary: '修改一个客户（不含品牌）' },
  registerBrand: { summary: '登记一个品牌和它的代码' },
  registerLine: { summary: '登记一条产品线和它的代码' },
  suggestCode: { summary: '一个名称会得到的代码、它的读音，以及是否可用' },
  getMe: { summary: '我是谁，能看到什么' },
  listPeople: { summary: '登记的人员' },
  listLeave: { summary: '谁请假了、将要请假，或在等同意' },
  announceLeave: {
    summary: '报请假和代理人（R-227）',
    description: '自己就可以同意的人，报了即生效；否则等待，并用邮件请该同意的人同意。',
  },
  listHandOvers: { summary: '我的品牌的交接，和要我签的交接' },
  previewHandOver: { summary: '一次交接会移交什么、有什么妨碍；什么也不改' },
  startHandOver: {
    summary: '开始交接：请两个人签字，还什么也不动',
    description:
      '两个人签完以后请品牌的客户总监签，除非其中一位就是。由这两个人、品牌的客户经理和总监、登记管理员发起。已离职的人由经理发起并代签。',
  },
  getCalendar: { summary: '一份工作日历：`office`、`person:<id>` 或客户的 id' },
  agreeToLeave: {
    summary: '同意请假',
    description:
      '由这个人的品牌的客户经理和总监、登记管理员同意；谁也不能同意自己的请假。现在已经不对的，例如代理人也请假了，会被退回。',
  },
  endLeave: {
    summary: '结束请假：已经回来、不去了，或不同意',
    description:
      '已经开始的请假到此结束，桌面上的事转回；还没有开始的就不再开始。对等待同意的请假，这就是不同意。报请的人会收到邮件。',
  },
  getHandOver: { summary: '一次交接：谁、什么、谁签了、移交了什么' },
  signHandOver: { summary: '作为交出人、接手人或客户总监签字；最后一个签字以后一切同时移交' },
  endHandOver: { summary: '不签，或取消：什么也不移交，其他人会知道原因' },
};

/** Groups of routes, as the document names them, in Chinese. */
const tags = {
  Jobs: '工作',
  Papers: '单据',
  Files: '文件',
  Records: '记录',
  Time: '时间',
  Ladders: '提醒阶梯',
  Calendars: '工作日历',
  Meetings: '会议',
  Clients: '客户',
  People: '人员',
} as const;

/** What stands above all of them. */
const lead = {
  'An advertising job from brief to archive. Every no is a problem answer (RFC 9457) with a stable code. Money is in whole fen, times are ISO-8601 in UTC. Sign in with `Authorization: Bearer <token>`.':
    '一项广告工作，从简报到存档。每个“不行”都是带固定代码的问题回答（RFC 9457）。金额以分为单位取整，时间用 UTC 的 ISO-8601。登录用 `Authorization: Bearer <token>`。',
} as const;

/** What answers and parameters are. */
const small = {
  'A problem, with its code, its sentence and the fields it is about': '问题：代码、一句话说明和有关的字段',
  'Id of the job’s process, or its job number': '工作的流程 id，或工作号',
  'Id of a command; the same id is the same command, however often it is sent':
    '指令的 id；相同的 id 就是同一条指令，送多少次都一样',
  'Key of a meeting or of minutes': '会议或会议记录的键',
  'At most so many': '最多这么多条',
  'Words of number, title, client, brand or line; Chinese works by any two characters':
    '工作号、名称、客户、品牌或产品线里的词；中文任意两个字即可',
  'Wait until this entry of the log is read, e.g. the seq of an accepted act':
    '等读到日志的这一条，例如已接受动作的 seq',
  'Wait for this entry': '等到这一条',
  'Up to and with this entry': '到这一条为止（含）',
  'Chosen by the sender, once for each job': '由发送方选定，每项工作一个',
  'ETag of the draft as it was read': '读到草稿时的 ETag',
  '`*` for a new draft': '新草稿用 `*`',
  'The ETag the change is based on': '所依据的版本的 ETag',
  'The ETag the change is based on; `If-None-Match: *` for the first':
    '所依据的版本的 ETag；第一版用 `If-None-Match: *`',
  'The revision seen, e.g. `"1"`': '看到的版次，例如 `"1"`',
  'Only those I have a part or a task in': '只要我在其中有角色或任务的',
  'The external one is all that links given to the client show (R-46)': '给客户的链接只显示对外的这一份（R-46）',
  'Jobs, newest movement first': '工作，最近有动静的在前',
  'The job exists': '工作已建立',
  'Kept by the engine; nobody has looked at it yet': '引擎已收下，还没有处理',
  'The engine keeps it; nobody has looked at it yet': '引擎已收下，还没有处理',
  'The engine keeps it; its outcome will be recorded': '引擎已收下，结果会记录下来',
  'Columns with their cards and counts': '各栏的卡片和数目',
  'Open steps I hold, cases in which it is my turn, my open tasks, my jobs whose drafted extension waits, and hand-overs that wait for my signature':
    '在我手上的步骤、轮到我的会议和记录、我没了结的任务、已拟好延期等我送出的工作、等我签字的交接',
  'The job; the ETag is the number of its last entry': '这项工作；ETag 是它最后一条记录的号',
  Accepted: '已接受',
  Received: '已收到',
  'Every act one can think of': '所有可能的动作',
  'The answers': '各个回答',
  'Steps; circulation, round, step and hash are what a verb needs':
    '各步；签核动词要用 circulation、round、step 和 hash',
  Forms: '表单',
  'JSON Schema 2020-12 of the complete paper': '完整单据的 JSON Schema 2020-12',
  'It is right; with the facts guards will read': '没有问题；附各道关口会读的要点',
  'Kept; the same content is the same hash': '已保存；相同的内容就是相同的哈希',
  Versions: '版本',
  'The version': '这个版本',
  Drafts: '草稿',
  'The draft': '这份草稿',
  Saved: '已保存',
  'It is gone': '已放弃',
  Kept: '已保存',
  'The manifest; the same files are the same hash': '清单；相同的文件就是相同的哈希',
  'The manifest': '清单',
  'Entries as they are kept, with their hashes, and the signed daily files that name this job':
    '保存的各条记录和哈希，以及写到这项工作的每日签名文件',
  'Entries as they are kept, with their hashes, and the signed daily files that name this case':
    '保存的各条记录和哈希，以及写到它的每日签名文件',
  '`pending` says nothing either way: it may still lie with the engine, or never have come':
    '`pending` 两边都不说：可能还在引擎里，也可能从来没有到',
  '`pending` says nothing either way': '`pending` 两边都不说',
  'Mails, newest first': '邮件，最新的在前',
  'The timetable as it stands now': '现在的进度表',
  'The schedule as it stands now': '现在的执行排期',
  'It is laid down; its executors are asked': '已排定，并请执行人确认',
  'The job’s time up to now': '这项工作到现在的时间',
  'Running jobs with a date; what is on hold is not among them': '进行中、有期限的工作；暂停的不算',
  'Desks in reach; may be half a minute old': '能看到的桌面；可能是半分钟以前的',
  'Stays that ended in this time; may be a minute old': '这段时间里结束的停留；可能是一分钟以前的',
  'Steps that ended and minutes with a verdict in this time; may be a minute old':
    '这段时间里结束的步骤和有结论的记录；可能是一分钟以前的',
  'As it stands now': '现在的情况',
  'As it stands': '现在的情况',
  'Jobs in reach; what is on hold is not among them': '能看到的工作；暂停的不算',
  'Of jobs in reach': '能看到的工作的',
  'The ladder that jobs started now get, and its versions': '现在开始的工作会得到的阶梯，和它的各版',
  'Ladders in force': '现行的阶梯',
  'Moments in order': '依次的各个时刻',
  'The calendar as it stands': '现在的日历',
  'It is begun': '已开始',
  'Open ones first, then what is due first': '未结束的在前，先到期的在上',
  'The case': '这次会议、这份记录或这张问题单',
  'The newest version': '最新的一版',
  'It happened': '已完成',
  'The issues': '各张问题单',
  'It is raised': '已提出',
  'Clients, in order of id': '客户，按 id 排列',
  Registered: '已登记',
  'The client': '这个客户',
  'The client as it stands now': '现在的客户',
  'Readings of each character and a free code; with `brandId` for a line of that brand':
    '每个字的读音和一个可用的代码；带 `brandId` 时是那个品牌的产品线',
  'The person behind the token or session': '令牌或登录背后的人',
  'People, in order of id': '人员，按 id 排列',
  'Leave that is not over, what begins first on top': '还没结束的请假，先开始的在上',
  Announced: '已报请',
  'Newest first': '最新的在前',
  'Each problem names field, code and what to change': '每个问题写明字段、代码和该改什么',
  'Both are asked': '已请两个人签字',
  Signed: '已签字',
  Ended: '已结束',
} as const;

/** Other words of the document in Chinese, by what they are in English; what is not here stays English and is marked as such. */
export const docsInChinese: Readonly<Record<string, string>> = { ...tags, ...lead, ...small };
