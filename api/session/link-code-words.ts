/** What is said when a link that lay unused for long asks for a mailed code. */
export const codeWords = {
  title: { zh: '请输入邮件里的验证码', en: 'Type the code from the mail' },
  lead: {
    zh: '这个链接已有 30 天没有用过。为确认是您本人，我们刚把一个 8 位验证码寄到您登记的邮箱，十分钟内有效。',
    en: 'This link has not been used for 30 days. To be sure it is you, we just mailed a code of 8 digits to your address on file; it is good for ten minutes.',
  },
  leadMoved: {
    zh: '这个链接寄出以后，您登记的邮箱换过地址。为确认是您本人，我们刚把一个 8 位验证码寄到您现在登记的邮箱，十分钟内有效。',
    en: 'Your address on file was changed after this link was mailed. To be sure it is you, we just mailed a code of 8 digits to your present address; it is good for ten minutes.',
  },
  nothingYet: {
    zh: '现在还没有作出任何决定；您填写的内容都保留着，输入验证码后即按您刚才的选择提交。',
    en: 'Nothing has been decided yet. What you filled in is kept; with the code it is submitted as you chose.',
  },
  code: { zh: '验证码（8 位数字）', en: 'Code (8 digits)' },
  go: { zh: '确认并提交', en: 'Confirm and submit' },
  again: { zh: '再寄一个验证码', en: 'Mail another code' },
  wrong: {
    zh: '验证码不对或已失效。请看最新一封邮件，或再寄一个。',
    en: 'The code is wrong or no longer good. Look at the newest mail, or have another one sent.',
  },
  tooMany: {
    zh: '验证码寄得或试得太多了。请在 {minutes} 分钟后再试；您填写的内容仍在本页。',
    en: 'Too many codes were mailed or tried. Try again in {minutes} minutes; what you filled in is still on this page.',
  },
  idle: {
    zh: '这个链接已有 30 天没有用过：提交时会先把一个验证码寄到您登记的邮箱。',
    en: 'This link has not been used for 30 days: before anything is submitted, a code goes to your address on file.',
  },
  moved: {
    zh: '这个链接寄出以后，您登记的邮箱换过地址：提交时会先把一个验证码寄到您现在登记的邮箱。',
    en: 'Your address on file was changed after this link was mailed: before anything is submitted, a code goes to your present address.',
  },
} as const;
