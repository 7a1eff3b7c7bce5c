import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { versions } from '../../ops/stack/versions.ts';

const recipe = (name: string): string => readFileSync(new URL(`../../ops/stack/${name}`, import.meta.url), 'utf8');

test('the recipes build the versions that the one list names', () => {
  expect(recipe('temporal/go.mod')).toContain(`github.com/temporalio/cli v${versions.temporalCli}`);
  expect(recipe('temporal/go.mod')).toContain(`go.temporal.io/server v${versions.temporalServer}`);
  expect(recipe('ferretdb/go.mod')).toContain(`github.com/FerretDB/FerretDB/v2 v${versions.ferretdb}`);
  expect(recipe('time-skipping/pom.xml')).toContain(`<version>${versions.timeSkipping}</version>`);
});

test('the checksums of the Go sources are kept', () => {
  expect(recipe('temporal/go.sum')).toContain(`go.temporal.io/server v${versions.temporalServer} h1:`);
  expect(recipe('ferretdb/go.sum')).toContain(`github.com/FerretDB/FerretDB/v2 v${versions.ferretdb} h1:`);
});
