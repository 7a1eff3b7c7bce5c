/**
 * Every version the embedded stack is made of, in one place.
 *
 * The Go and Maven recipes must repeat theirs in their own files; `test/stack/versions.test.ts` fails when they differ.
 */
export const versions = {
  /** Newer CLIs cannot be built from a wrapper module: one of their nested modules is not published. */
  temporalCli: '1.5.1',
  temporalServer: '1.29.7',
  /** Servers before this one have published vulnerabilities, so an installed one is passed over. */
  temporalServerAtLeast: '1.29.5',
  ferretdb: '2.7.0',
  postgres: '18',
  /** The first suite that carries PostgreSQL 18 with DocumentDB wins; Debian stable does not have it. */
  debianSuites: ['testing', 'unstable'],
  /** Releases before this one leak memory to whoever sends a forged compressed message (CVE-2025-14847). */
  mongod: '7.0.28',
  timeSkipping: '1.32.1',
  mavenDependencyPlugin: '3.8.1',
} as const;
