#!/usr/bin/env bash
# Builds the container image with podman, or docker where podman is not there; --help says how.
set -euo pipefail

usage() {
  cat <<'TEXT'
deploy/build.sh [OPTION]... [-- BUILDER'S OPTION...]
Builds the container image of deploy/Containerfile with podman, or docker where podman is not there.

  --tag NAME          instead of ghcr.io/wipash/cdbackuper and this version
  --platform LIST     for other machines than this one: linux/amd64,linux/arm64. Packages for a foreign processor are installed
                      under its emulator, which the kernel must know (Debian: qemu-user-static, Ubuntu too)
  --push              to the name's registry, where you are logged in
  --with BUILDER      podman or docker

Examples:
  deploy/build.sh
  deploy/build.sh --tag registry.example.org/cdbackuper:1 --push
  deploy/build.sh --platform linux/amd64,linux/arm64 --push
TEXT
}

fail() {
  echo "build.sh: $1" >&2
  exit 2
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
tag=ghcr.io/wipash/cdbackuper:$version platform='' push=0 builder=''

while (($# > 0)); do
  case $1 in
    --tag | --platform | --with)
      [[ -n ${2:-} ]] || fail "$1 needs a value; --help says which."
      case $1 in
        --tag) tag=$2 ;;
        --platform) platform=$2 ;;
        --with) builder=$2 ;;
      esac
      shift 2
      ;;
    --push) push=1 && shift ;;
    -h | --help) usage && exit 0 ;;
    --) shift && break ;;
    *) fail "there is no option $1; --help lists them." ;;
  esac
done
[[ -z $builder || $builder == podman || $builder == docker ]] || fail "--with is $builder; it takes podman or docker."
[[ -z $platform || $platform =~ ^linux/(amd64|arm64)(,linux/(amd64|arm64))*$ ]] ||
  fail "--platform is $platform; it takes linux/amd64, linux/arm64, or both with a comma."
if [[ -z $builder ]]; then
  for builder in podman docker ''; do
    [[ -z $builder ]] || ! command -v "$builder" >/dev/null || break
  done
fi

revision=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
arguments=(-f "$root/deploy/Containerfile" --build-arg "VERSION=$version" --build-arg "REVISION=$revision" "$@")

if [[ $builder == podman ]]; then
  if [[ -n $platform ]]; then
    podman manifest rm "$tag" 2>/dev/null || true
    podman build --platform "$platform" --manifest "$tag" "${arguments[@]}" "$root"
    ((push == 0)) || podman manifest push --all "$tag" "docker://$tag"
  else
    podman build -t "$tag" "${arguments[@]}" "$root"
    ((push == 0)) || podman push "$tag"
  fi
elif [[ $builder == docker ]]; then
  build=(docker build)
  [[ -z $platform ]] || build=(docker buildx build --platform "$platform")
  if ((push == 1)) && [[ -n $platform ]]; then
    "${build[@]}" --push -t "$tag" "${arguments[@]}" "$root"
  else
    "${build[@]}" -t "$tag" "${arguments[@]}" "$root"
    ((push == 0)) || docker push "$tag"
  fi
else
  echo "build.sh: neither podman nor docker is here; on Debian: sudo apt-get install podman" >&2
  exit 1
fi
echo "$tag" >&2
