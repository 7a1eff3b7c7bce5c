import type { Words } from '../process.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** What the fields of media plans, bookings and the research summary are called (F-45 to F-47, F-51); part of `fieldWords`. */
export const mediaFieldWords = {
  month: w('月份', 'Month'),
  mediaObjective: w('媒介目标', 'Media Objective'),
  slots: w('排期', 'Slots'),
  bookings: w('订位', 'Bookings'),
  medium: w('媒体', 'Medium'),
  position: w('版位或时段', 'Space or Time'),
  runsOn: w('刊播日期', 'Date of Running'),
  checkedFigures: w('数字已逐项核对', 'Figures Checked One by One'),
  bookedAt: w('订位日期', 'Booked On'),
  purpose: w('调研目的', 'Purpose'),
  companyAndMethod: w('调研公司与方法', 'Company and Method'),
  respondents: w('调研对象', 'Respondents'),
  fieldDateAndPlace: w('执行时间与地点', 'Field Date and Place'),
  conclusion: w('结论', 'Conclusion'),
  recommendedAction: w('建议采取的行动', 'Recommended Action'),
  earlyFindingsTold: w('初步发现告知客户的日期', 'First Findings Told to the Client On'),
  attendedBy: w('参加现场的客户部人员', 'Account Person Who Attended'),
} as const satisfies Readonly<Record<string, Words>>;
