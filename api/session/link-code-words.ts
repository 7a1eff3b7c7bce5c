/** What is said where a personal link asks for a mailed code, and why it does. */
export const codeWords = {
  title: { zh: '先确认是您本人', en: 'First, make sure it is you' },
  lead: {
    zh: '这个链接已有 30 天没有用过，请先用邮件里的验证码确认是您本人。',
    en: 'This link has not been used for 30 days, so a mailed code first makes sure it is you.',
  },
  leadMoved: {
    zh: '这个链接寄出以后，收件人登记的邮箱换过地址。为免内容落到别人手里，要先用寄到现在邮箱的验证码打开。',
    en: 'After this link was mailed, its reader’s address on file was changed. So that nothing reaches a stranger, it opens only with a code mailed to the present address.',
  },
  ask: {
    zh: '按下按钮，我们就寄出一个 8 位验证码。',
    en: 'Press the button and we mail a code of 8 digits.',
  },
  sent: {
    zh: '8 位验证码已经寄出，十分钟内有效。',
    en: 'A code of 8 digits is on its way; it is good for ten minutes.',
  },
  to: { zh: '寄往', en: 'To' },
  nothingYet: {
    zh: '现在还没有作出任何决定；您填写的内容都保留着，输入验证码后即按您刚才的选择提交。',
    en: 'Nothing has been decided yet. What you filled in is kept; with the code it is submitted as you chose.',
  },
  remembers: {
    zh: '打开以后，这个浏览器 30 天内不再询问；在其他手机或电脑上打开，要再用一次验证码。',
    en: 'Once opened, this browser is not asked again for 30 days; any other phone or computer is.',
  },
  notYours: {
    zh: '不是您的邮箱，或收不到验证码？请联系您在{house}的对接人。',
    en: 'Not your address, or no code comes? Ask your contact at {house}.',
  },
  code: { zh: '验证码（8 位数字）', en: 'Code (8 digits)' },
  mail: { zh: '寄验证码', en: 'Mail me a code' },
  go: { zh: '确认并提交', en: 'Submit' },
  open: { zh: '打开', en: 'Open' },
  again: { zh: '再寄一个验证码', en: 'Mail another code' },
  wrong: {
    zh: '验证码不对或已失效。请看最新一封邮件，或再寄一个。',
    en: 'The code is wrong or no longer good. Look at the newest mail, or have another one sent.',
  },
  tooMany: {
    zh: '验证码寄得或试得太多了。请在 {minutes} 分钟后再试；您填写的内容仍在本页。',
    en: 'Too many codes were mailed or tried. Try again in {minutes} minutes; what you filled in is still on this page.',
  },
  tooManyAsked: {
    zh: '验证码寄得或试得太多了。请在 {minutes} 分钟后再试。',
    en: 'Too many codes were mailed or tried. Try again in {minutes} minutes.',
  },
  noCookie: {
    zh: '验证码是对的，但这个浏览器没有收下我们的 Cookie，所以打不开。请允许本站使用 Cookie，再寄一个验证码。',
    en: 'The code was right, but this browser kept no cookie of ours, so the link cannot open. Allow cookies for this site, then have another code mailed.',
  },
  idle: {
    zh: '这个链接已有 30 天没有用过：提交时会先把一个验证码寄到您登记的邮箱。',
    en: 'This link has not been used for 30 days: before anything is submitted, a code goes to your address on file.',
  },
} as const;
