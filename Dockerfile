# The image that deploy/ runs: docker build --tag deskhand:0.1.0 .
# With what speaks to language models, Snowflake and collectors: --build-arg LOCK=requirements-dev.lock
# Everything of Python's is pinned by hash. The base is a name; put its digest behind it (python:3.11-slim-bookworm@sha256:...)
# where your registry tells you one.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
ARG LOCK=requirements.lock
WORKDIR /source
RUN python -m venv /opt/deskhand
COPY ${LOCK} ./pinned.lock
RUN /opt/deskhand/bin/python -m pip install --no-cache-dir --require-hashes --requirement pinned.lock
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN /opt/deskhand/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM ${BASE}
# pg_dump and pg_restore, for `deskhand backup` and `restore` on PostgreSQL. The user has a number, so that Kubernetes can tell that it is not root.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 deskhand \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin deskhand \
    && install --directory --owner 10001 --group 10001 --mode 0700 /desk/.deskhand
COPY --from=build /opt/deskhand /opt/deskhand
ENV PATH=/opt/deskhand/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /desk
# The root may be read-only: what is written is the desk's state, here, and short-lived files in /tmp.
VOLUME ["/desk/.deskhand", "/tmp"]
EXPOSE 8700
HEALTHCHECK --interval=30s --timeout=20s --start-period=120s CMD ["deskhand", "ready", "--desk", "/desk"]
ENTRYPOINT ["deskhand"]
CMD ["serve", "--desk", "/desk", "--host", "0.0.0.0", "--port", "8700"]
