/** The import table of the design: who may import whom. `npm run lint:imports` enforces it. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(domain|papers|workflows|activities|store|config|api|worker|ops|test)/', pathNot: [from, ...allowed] },
});
module.exports = {
  forbidden: [
    only('domain-is-alone', '^domain/', []),
    only('papers-know-the-domain', '^papers/', ['^domain/']),
    only('workflows-are-thin', '^workflows/', ['^domain/', '^activities/.*\\.ts$']),
    only('activities', '^activities/', ['^domain/', '^papers/', '^store/', '^config/']),
    only('store', '^store/', ['^domain/', '^papers/', '^config/']),
    only('config-is-alone', '^config/', []),
    only('api', '^api/', ['^domain/', '^papers/', '^store/', '^config/', '^workflows/(messages|ids)\\.ts$']),
    only('worker-does-not-know-the-api', '^worker/', [
      '^domain/',
      '^papers/',
      '^workflows/',
      '^activities/',
      '^store/',
      '^config/',
    ]),
    {
      name: 'domain-has-no-dependency',
      severity: 'error',
      from: { path: '^domain/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'papers-stay-out-of-the-workflow-bundle',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^(papers|store|api)/|node_modules/(zod|mongoose)' },
    },
    {
      name: 'workflows-import-activities-as-types-only',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'readers-do-not-know-each-other',
      severity: 'error',
      from: { path: '^api/(approve|desk|board|client|admin|json)/' },
      to: { path: '^api/(approve|desk|board|client|admin|json)/', pathNot: '^api/$1/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|\\.jobbag)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
