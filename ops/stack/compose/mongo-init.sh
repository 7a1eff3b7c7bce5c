#!/bin/bash
# Joins the three members to one replica set and makes Jobbag's own user. Safe to run at every start.
set -euo pipefail
root="mongodb://root:${MONGO_ROOT_PASSWORD}@"

mongosh "${root}mongo-1:27017/admin?directConnection=true" --quiet --eval '
  try {
    rs.status();
  } catch (error) {
    if (error.codeName !== "NotYetInitialized") throw error;
    rs.initiate({
      _id: "jobbag",
      members: [1, 2, 3].map((n) => ({ _id: n - 1, host: `mongo-${n}:27017`, priority: n === 1 ? 2 : 1 })),
    });
  }'

# From here on through the set, so that it does not matter which member leads.
mongosh "${root}mongo-1:27017,mongo-2:27017,mongo-3:27017/admin?replicaSet=jobbag&authSource=admin" --quiet --eval '
  const user = { user: "jobbag", pwd: process.env.MONGO_PASSWORD, roles: [{ role: "readWrite", db: "jobbag" }] };
  if (db.getUser(user.user) === null) db.createUser(user);
  else db.updateUser(user.user, { pwd: user.pwd, roles: user.roles });'
