import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { later, serverFault, soon } from '../../../activities/mail/later.ts';

test('threats: the pause after a fault of the mail server grows with the age of the mail, not with the count of its tries', () => {
  const pauses = (ageMs: number, pauseMs: number) =>
    expect(serverFault('421 later', ageMs)).toMatchObject({ type: 'MailServer', nextRetryDelay: pauseMs });
  pauses(0, 2_000);
  pauses(60_000, 15_000);
  pauses(86_400_000, 900_000);
  // A clock that was put back.
  pauses(-5_000, 2_000);
});

test('a store that was away costs a mail seconds, however often it was tried; what says its own time is left alone', () => {
  const own = soon(new TypeError('failed to connect'));
  expect(own).toBeInstanceOf(ApplicationFailure);
  expect(own).toMatchObject({
    type: 'TypeError',
    message: 'failed to connect',
    nextRetryDelay: 5_000,
    nonRetryable: false,
  });
  const waiting = later('GatheringRequests', 'waits', 700);
  expect(soon(waiting)).toBe(waiting);
  expect(soon('no error at all')).toMatchObject({ message: 'no error at all', nextRetryDelay: 5_000 });
});
