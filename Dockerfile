# syntax=docker/dockerfile:1
# docker build -t gmm-dash .        (EXTRA=-cluster adds Dask and S3)
ARG PYTHON=3.13.7-slim-bookworm

FROM python:${PYTHON} AS build
ARG EXTRA=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt requirements-cluster.txt /build/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install -r /build/requirements${EXTRA}.txt

FROM python:${PYTHON}
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
WORKDIR /app
COPY app.py gunicorn.conf.py ./
COPY assets ./assets
COPY gmm_dash ./gmm_dash
RUN python -m compileall -q /app
USER 10001:10001
EXPOSE 8050
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-m", "gmm_dash.serving.probe"]
CMD ["gunicorn", "app:server"]
