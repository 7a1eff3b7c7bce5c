# Jobbag's own image: the api and the worker are the same files with another command.
FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY . .
# The folders exist in the image so that fresh volumes take over their owner.
RUN install -d -o node -g node -m 700 /var/lib/jobbag/data /var/lib/jobbag/keys
USER node
EXPOSE 8080
CMD ["node", "--import", "tsx", "api/server.ts"]
