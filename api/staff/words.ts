import type { Dictionary } from '../view/words/dictionary.ts';

/** Words that several staff forms share. */
export const staffWords = {
  staleForm: {
    zh: '页面打开太久，或您重新登录过。内容都还在，请再按一次。',
    en: 'The page was open too long, or you signed in anew. Everything is still here; please press again.',
  },
  receivedTitle: { zh: '已收到', en: 'Received' },
  receivedText: {
    zh: '系统正忙，已把它收好；处理结果会写入工作的历程，并寄到您的邮箱。不必再按一次。',
    en: 'The system is busy and has kept it. The outcome will stand in the job’s history and be mailed to you. No need to press again.',
  },
  toJob: { zh: '回到工作', en: 'Back to the job' },
  notPossible: { zh: '现在还不能', en: 'Not possible now' },
  whoMay: { zh: '谁可以', en: 'Who may' },
  whatItDoes: { zh: '做什么', en: 'What it does' },
  atPhase: { zh: '现在', en: 'Now' },
  anybodyHere: { zh: '能看到这项工作的人', en: 'whoever sees this job' },
  busyKept: {
    zh: '什么都没有丢，内容还在，请稍等再按一次。',
    en: 'Nothing is lost and what you typed is here; please press again in a moment.',
  },
  file: { zh: '文件', en: 'File' },
  tooManyFiles: { zh: '一次最多 {max} 个文件。', en: '{max} files at a time at most.' },
  fileTooLarge: { zh: '“{name}”太大，每个文件最多 {max} MB。', en: '“{name}” is too large; {max} MB a file at most.' },
  fileEmpty: { zh: '“{name}”是空的。', en: '“{name}” is empty.' },
  fileLies: {
    zh: '“{name}”的内容与扩展名不符，没有收下。',
    en: '“{name}” is not what its name says; it was not kept.',
  },
  fileName: {
    zh: '有一个文件的名字不能用：不能含 / \\ : * ? " < > | 和看不见的字符。',
    en: 'One file has a name that cannot be kept: no / \\ : * ? " < > | and no invisible characters.',
  },
  uploadBroken: { zh: '上传没有传完，请再试一次。', en: 'The upload did not arrive whole; please try again.' },
} as const satisfies Dictionary;
