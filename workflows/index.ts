export { job } from './job.ts';
export { daily } from './daily.ts';
export { digest } from './digest.ts';
export { runCase as case } from './case.ts';
export { minutes } from './minutes.ts';
export { schedule } from './schedule.ts';
export { letter } from './letter.ts';
