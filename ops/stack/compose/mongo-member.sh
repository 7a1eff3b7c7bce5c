#!/bin/bash
# One member of the replica set. The members know each other by a key file, which mongod wants to own and nobody else to read.
set -euo pipefail
umask 077
printf '%s' "$MONGO_REPLICA_KEY" > /tmp/replica.key
unset MONGO_REPLICA_KEY
chown mongodb:mongodb /tmp/replica.key
chmod 400 /tmp/replica.key
umask 022
exec docker-entrypoint.sh mongod --replSet jobbag --keyFile /tmp/replica.key --bind_ip_all
