/**
 * The rules that every run decides by, in one place so that a worker loads them once and not once a run (`worker/bundle.ts`).
 * Loaded so, they are frozen and shared by all runs, which is what they are made for: they hold no state.
 */
import '../domain/process.ts';
import '../domain/cases/decide.ts';
import '../domain/cases/process.ts';
import '../domain/cases/standard.ts';
import '../domain/cases/state.ts';
import '../domain/job/answers.ts';
import '../domain/job/decide.ts';
import '../domain/job/evolve.ts';
import '../domain/job/process.ts';
import '../domain/job/timetable.ts';
import '../domain/minutes/decide.ts';
import '../domain/minutes/process.ts';
import '../domain/minutes/state.ts';
import '../domain/schedule/process.ts';
import '../domain/schedule/state.ts';
