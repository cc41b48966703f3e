#!/usr/bin/env bash
# Builds the container image with podman, or docker where podman is not there.
#   deploy/build.sh                                    ghcr.io/wipash/cdbackuper:VERSION, for this machine
#   deploy/build.sh --tag registry.example.org/cdbackuper:1 --push
#   deploy/build.sh --platform linux/amd64,linux/arm64 --push
# What follows -- goes to the builder as it is.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
tag=ghcr.io/wipash/cdbackuper:$version platform='' push=0

while (($# > 0)); do
  case $1 in
    --tag) tag=${2:?--tag needs a name} && shift 2 ;;
    --platform) platform=${2:?--platform needs a list, such as linux/amd64,linux/arm64} && shift 2 ;;
    --push) push=1 && shift ;;
    --) shift && break ;;
    *)
      echo "build.sh: there is no option $1; they are: --tag NAME, --platform LIST, --push, -- BUILDER'S OPTIONS" >&2
      exit 2
      ;;
  esac
done

revision=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
arguments=(-f "$root/deploy/Containerfile" --build-arg "VERSION=$version" --build-arg "REVISION=$revision" "$@")

if command -v podman >/dev/null; then
  if [[ -n $platform ]]; then
    podman manifest rm "$tag" 2>/dev/null || true
    podman build --platform "$platform" --manifest "$tag" "${arguments[@]}" "$root"
    ((push == 0)) || podman manifest push --all "$tag" "docker://$tag"
  else
    podman build -t "$tag" "${arguments[@]}" "$root"
    ((push == 0)) || podman push "$tag"
  fi
elif command -v docker >/dev/null; then
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
