# The command in an image: docker run --rm -v "$PWD:/work" durable-guard test .
FROM node:20-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make bundle

FROM node:20-slim
COPY --from=build /src/dist /opt/durable-guard
USER node
WORKDIR /work
ENTRYPOINT ["node", "/opt/durable-guard/cli.cjs"]
