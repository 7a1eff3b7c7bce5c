/** What the sign-in pages say. */
export const sessionWords = {
  signInTitle: { zh: '登录', en: 'Sign in' },
  signInLead: {
    zh: '输入您在公司登记的邮箱，我们把一次性验证码寄给您。',
    en: 'Type the mail address the agency has on file; we will send you a one-time code.',
  },
  address: { zh: '邮箱', en: 'Mail address' },
  sendCode: { zh: '寄验证码', en: 'Send the code' },
  codeTitle: { zh: '输入验证码', en: 'Type the code' },
  codeLead: {
    zh: '如果这个邮箱已登记，验证码已经寄出，十分钟内有效。',
    en: 'If this address is on file, a code is on its way; it is good for ten minutes.',
  },
  code: { zh: '验证码（8 位数字）', en: 'Code (8 digits)' },
  enter: { zh: '登录', en: 'Sign in' },
  codeWrong: {
    zh: '验证码不对或已失效。可以再试，或重新寄一个。',
    en: 'The code is wrong or no longer good. Try again, or have a new one sent.',
  },
  addressWrong: {
    zh: '请输入一个邮箱，例如 name@agency.example。',
    en: 'Type one mail address, such as name@agency.example.',
  },
  again: { zh: '重新寄一个', en: 'Send a new code' },
  viaProvider: { zh: '用公司账号登录', en: 'Sign in with the company account' },
  providerFailed: {
    zh: '公司账号登录没有成功，请再试一次，或用验证码登录。',
    en: 'Signing in with the company account did not work; try again or use a code.',
  },
  signedOutTitle: { zh: '已退出', en: 'Signed out' },
} as const;
