#!/bin/sh
# Builds the image with what is there: docker, podman or buildah.
#   image.sh builder          names the first of them that works, or says that none does
#   image.sh build            builds $IMAGE from $BASE (default: the Dockerfile's); EXTRA=-cluster
#   image.sh base             makes $BASE from Debian's packages, where no image can be had
#   image.sh pull             exits 0 when the Dockerfile's own base is here or can be had
# BUILDER=podman chooses. buildah without runc or crun wants root, and works in a chroot.
set -eu
cd "$(dirname "$0")/.."

IMAGE=${IMAGE:-gmm-dash${EXTRA:-}}
STANDIN=${BASE:-localhost/gmm-dash-base}
SUITE=${SUITE:-bookworm}
# Where packages come through a gate with a certificate of its own, pip has been told so.
CERTIFICATES=${CERTIFICATES:-${PIP_CERT:-}}
PACKAGES=ca-certificates,python3,python3-venv,python-is-python3

works() { command -v "$1" >/dev/null 2>&1 && timeout 30 "$1" info >/dev/null 2>&1; }

builder() {
  for name in ${BUILDER:-docker podman buildah}; do
    if works "$name"; then
      echo "$name"
      return
    fi
  done
  echo "Neither docker, podman nor buildah works here." >&2
  return 1
}

build() {
  name=$(builder)
  set -- --build-arg "EXTRA=${EXTRA:-}" -t "$IMAGE" .
  [ -z "${BASE:-}" ] || set -- --build-arg "BASE=$BASE" "$@"
  [ -z "$CERTIFICATES" ] || set -- --secret "id=certificates,src=$CERTIFICATES" "$@"
  case $name in
    docker) docker build "$@" ;;
    # their own form of an image knows no health check
    podman) podman build --format docker "$@" ;;
    buildah)
      command -v runc >/dev/null || command -v crun >/dev/null ||
        export BUILDAH_ISOLATION="${BUILDAH_ISOLATION:-chroot}"
      buildah bud --format docker --layers "$@"
      ;;
  esac
}

# Makes the root of a small Debian with Python, as a tar on standard output.
root() {
  if command -v mmdebstrap >/dev/null; then
    mmdebstrap --quiet --variant=minbase --include="$PACKAGES" "$SUITE" -
  elif command -v debootstrap >/dev/null; then
    folder=$(mktemp -d)
    debootstrap --variant=minbase --include="$PACKAGES" "$SUITE" "$folder" >&2
    tar -C "$folder" --exclude=./var/cache/apt/archives/*.deb -c .
    rm -rf "$folder"
  else
    echo "A base of Debian's packages needs mmdebstrap or debootstrap." >&2
    return 1
  fi
}

base() {
  name=$(builder)
  tar=$(mktemp)
  trap 'rm -f "$tar"' EXIT
  root >"$tar"
  case $name in
    buildah)
      made=$(buildah from scratch)
      buildah add -q "$made" "$tar" / >/dev/null
      buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$made"
      buildah commit -q "$made" "$STANDIN" >/dev/null
      buildah rm "$made" >/dev/null
      ;;
    *) "$name" import "$tar" "$STANDIN" >/dev/null ;;
  esac
  echo "$STANDIN"
}

pull() {
  own=$(sed -n 's/^ARG BASE=//p' Dockerfile)
  timeout 120 "$(builder)" pull "$own" >/dev/null 2>&1
}

case ${1:-build} in
  builder | build | base | pull) "${1:-build}" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
