# Untested where it was written: there was no container engine. Please report what does not work.
#
#   docker compose up        with PostgreSQL beside it, see compose.yaml
#   docker build -t zhibu .  alone, on its embedded PostgreSQL: keep /data in a volume

FROM node:24-bookworm-slim

WORKDIR /zhibu
COPY package.json package-lock.json .npmrc ./
COPY rules/package.json rules/
COPY server/package.json server/
COPY web/package.json web/
RUN npm ci

COPY . .
RUN node -e "import('./web/build.ts').then((it) => it.buildWeb())" \
  && mkdir /data && chown -R node:node /data web/dist

# The embedded PostgreSQL refuses root.
USER node
ENV ZHIBU_DATA=/data HOST=0.0.0.0 PORT=3000 NODE_ENV=production
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=16", "--initial-old-space-size=64", "--heap-growing-percent=50", "server/src/main.ts"]
