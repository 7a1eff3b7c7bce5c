export { job } from './job.ts';
export { daily } from './daily.ts';
