import { expect, test } from 'vitest';
import { maskedAddress } from '../../../api/session/masked-address.ts';

test.each([
  ['liqing@yunfeng.example', 'l•••@y•••.example'],
  ['a@b.co.example', 'a•••@b•••.example'],
  ['o@localhost', 'o•••@l•••'],
  ['李青@云峰.example', '李•••@云•••.example'],
  ['"a@b"@yunfeng.example', '"•••@y•••.example'],
])('%s is shown as %s: its owner knows it, nobody else learns it', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown);
});
