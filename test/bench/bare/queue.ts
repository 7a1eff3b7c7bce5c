/** Task queue of the bare engine's worker. */
export const bareQueue = 'bench-bare';
