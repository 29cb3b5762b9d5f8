# syntax=docker/dockerfile:1
# make image        (or docker build -t gmm-dash . ; EXTRA=-cluster adds Dask and S3)
# BASE is any image with python on its path, 3.11 or newer, that can make virtual environments.
ARG BASE=python:3.13.7-slim-bookworm

FROM ${BASE} AS build
ARG EXTRA=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
COPY requirements.txt requirements-cluster.txt deploy/slim.py /build/
# In one step, so that no layer keeps what is taken out again. The secret `certificates` is for sites
# whose way to the packages has a certificate of its own.
RUN --mount=type=secret,id=certificates \
    if [ -e /run/secrets/certificates ]; then export PIP_CERT=/run/secrets/certificates; fi \
    && python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-compile --progress-bar off -r /build/requirements${EXTRA}.txt \
    && /opt/venv/bin/python /build/slim.py /opt/venv
COPY app.py gunicorn.conf.py /app/
COPY assets /app/assets
COPY gmm_dash /app/gmm_dash
COPY deploy/warm.py /build/
WORKDIR /app
# What a start imports is compiled once, here: the running image cannot keep it.
RUN python -m compileall -q /app && PYTHONPATH=/app /opt/venv/bin/python /build/warm.py

FROM ${BASE}
# The application does not write where it lives, and needs no home: only /tmp.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    MKL_NUM_THREADS=1 \
    HOST=0.0.0.0 \
    PORT=8050
RUN groupadd --gid 10001 dash \
    && useradd --uid 10001 --gid dash --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin dash \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8050
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-m", "gmm_dash.serving.probe"]
CMD ["gunicorn", "app:server"]
