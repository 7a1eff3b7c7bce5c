import type { Connection } from 'mongoose';
import type { Route } from '../domain/circulation/types.ts';
import { defineRegister } from './registers.ts';

/** Register `routes`: routes an agency has changed or drawn itself. Every version stays; the id is `route@version`. */
export const routes = defineRegister<Route>('routes', { keys: (route) => [`route:${route.id}`] });

/** The newest version of a route; undefined when the house has not changed the standard one. */
export async function newestRoute(connection: Connection, routeId: string): Promise<Route | undefined> {
  const versions = (await routes.by(connection, `route:${routeId}`)).map(({ value }) => value);
  return versions.sort((a, b) => b.version - a.version)[0];
}

/** The newest versions the house has drawn of these routes; standard ones are left out. */
export async function drawnRoutes(connection: Connection, routeIds: readonly string[]): Promise<Route[]> {
  const found = await Promise.all(routeIds.map((id) => newestRoute(connection, id)));
  return found.filter((route) => route !== undefined);
}
