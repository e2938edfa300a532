# One image for every part: `web`, `worker`, `migrate`, `backup`, `restore`, `admin` and `token` are its commands.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json start.mjs ./
COPY server server
COPY workers workers
COPY web web
COPY db db
COPY emails emails
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json /app/start.mjs ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# The stylesheet and the browser's scripts are bundled from their sources when a web process starts; some rules they share with the server.
COPY --from=build /app/web web
COPY --from=build /app/server server
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=4s --start-period=30s \
  CMD node -e "fetch('http://127.0.0.1:' + (process.env.PORT ?? 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
ENTRYPOINT ["node", "start.mjs"]
CMD ["web"]
