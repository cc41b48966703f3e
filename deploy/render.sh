#!/usr/bin/env bash
# Renders the manifests of Kubernetes into one file for `kubectl apply -f`. It changes nothing in the cluster.
#   deploy/render.sh --nfs nas.example.org:/export/cd-archive
#   deploy/render.sh --nfs 172.20.0.1:/volume1/cd-archive --exclude hp1 privileged nfs
# Without names of components (deploy/kustomize/components): device-plugin nfs networkpolicy.
set -euo pipefail
shopt -s extglob

usage() {
  cat <<'TEXT'
deploy/render.sh [OPTION]... [COMPONENT]...
Renders the manifests of Kubernetes into one file for `kubectl apply -f`; it changes nothing in the cluster.

Options:
  --nfs SERVER:PATH   the archive's NFS export (component nfs)
  --exclude NODE      no importer on this node; may be given more than once
  --image IMAGE:TAG   instead of ghcr.io/wipash/cdbackuper and this version
  --gid GID           the group that may write to the export (65537)
  --cdrom-gid GID     the group that owns /dev/sr* on the nodes (24)
  -o FILE             where to write; - for standard output (deploy.yaml)

Components; without any: device-plugin nfs networkpolicy.
  device-plugin       drives by a device plugin: importers without privilege (this or privileged)
  privileged          importers that see the node's /dev, as the predecessor's; drives may come and go
  nfs                 the archive on NFS, by --nfs; without it the claim needs a volume of yours
  networkpolicy       no connections but those that are needed
  exclude-nodes       no importer on hp1, as the predecessor had it; --exclude names others
  nfd                 Node Feature Discovery, where it is installed, finds the nodes with drives

Examples:
  deploy/render.sh --nfs nas.example.org:/export/cd-archive
  deploy/render.sh --nfs 172.20.0.1:/volume1/cd-archive --exclude hp1 privileged nfs
More: docs/kubernetes.md
TEXT
}

fail() {
  echo "render.sh: $1" >&2
  exit 2
}

kustomize=$(cd "$(dirname "${BASH_SOURCE[0]}")/kustomize" && pwd)
components=() excluded=() nfs='' image='' gid=65537 cdrom=24 output=deploy.yaml

while (($# > 0)); do
  case $1 in
    --nfs | --exclude | --image | --gid | --cdrom-gid | -o)
      [[ -n ${2:-} ]] || fail "$1 needs a value; --help says which."
      case $1 in
        --nfs) nfs=$2 ;;
        --exclude) excluded+=("$2") ;;
        --image) image=$2 ;;
        --gid) gid=$2 ;;
        --cdrom-gid) cdrom=$2 ;;
        -o) output=$2 ;;
      esac
      shift 2
      ;;
    -h | --help) usage && exit 0 ;;
    -*) fail "there is no option $1; --help lists them." ;;
    *)
      [[ -f $kustomize/components/$1/kustomization.yaml ]] ||
        fail "there is no component $1, but: $(cd "$kustomize/components" && echo *)."
      components+=("$1")
      shift
      ;;
  esac
done
((${#components[@]} > 0)) || components=(device-plugin nfs networkpolicy)

has() { [[ " ${components[*]} " == *" $1 "* ]]; }
has device-plugin || has privileged || fail "the importers need device-plugin or privileged to reach a drive."
! { has device-plugin && has privileged; } || fail "device-plugin and privileged are two ways to the same drives; take one."
[[ -z $nfs || $nfs == ?*:/* && $nfs != *[\'\"\\[:cntrl:]]* ]] || fail "--nfs is $nfs; it takes SERVER:/PATH."
[[ -z $nfs ]] || has nfs || fail "--nfs goes with the component nfs."
[[ $gid =~ ^[0-9]+$ && $cdrom =~ ^[0-9]+$ ]] || fail "groups are given by their numbers."
[[ -z $image || $image == ?*:+([!/]) || $image == ?*@sha256:* ]] || fail "--image is $image; it takes a name with a tag or digest."
for node in "${excluded[@]}"; do
  [[ $node =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ ]] || fail "$node is no name of a node."
done

if command -v kustomize >/dev/null; then
  build=(kustomize build)
elif command -v kubectl >/dev/null; then
  build=(kubectl kustomize)
else
  fail "neither kubectl nor kustomize is here; the first: https://kubernetes.io/docs/tasks/tools/"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
base=$(realpath --relative-to "$work" "$kustomize")

{
  printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [%s/base]\ncomponents:\n' "$base"
  printf -- "- $base/components/%s\n" "${components[@]}"
  if [[ $image == *@sha256:* ]]; then
    printf 'images:\n- {name: ghcr.io/wipash/cdbackuper, newName: "%s", digest: "%s"}\n' "${image%@*}" "${image##*@}"
  elif [[ -n $image ]]; then
    printf 'images:\n- {name: ghcr.io/wipash/cdbackuper, newName: "%s", newTag: "%s"}\n' "${image%:*}" "${image##*:}"
  fi
  spec=/spec/template/spec groups=securityContext/supplementalGroups
  cat <<PATCHES
patches:
- target: {kind: DaemonSet, name: cd-importer}
  patch: '[{"op": "replace", "path": "$spec/$groups", "value": [$cdrom, $gid]}]'
- target: {kind: Deployment, name: cd-archive}
  patch: '[{"op": "replace", "path": "$spec/$groups", "value": [$gid]}]'
PATCHES
  if [[ -n $nfs ]]; then
    cat <<PATCH
- target: {kind: PersistentVolume, name: cd-archive-pv}
  patch: '[{"op": "replace", "path": "/spec/nfs", "value": {"server": "${nfs%%:/*}", "path": "/${nfs#*:/}"}}]'
PATCH
  fi
  if ((${#excluded[@]} > 0)); then
    list=$(printf ',"%s"' "${excluded[@]}")
    terms=affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms
    rule="{\"key\": \"kubernetes.io/hostname\", \"operator\": \"NotIn\", \"values\": [${list:1}]}"
    cat <<PATCH
- target: {kind: DaemonSet, name: cd-importer}
  patch: '[{"op": "add", "path": "$spec/$terms/0/matchExpressions/-", "value": $rule}]'
PATCH
  fi
} >"$work/kustomization.yaml"

"${build[@]}" "$work" >"$work/rendered"
! has nfs || [[ -n $nfs ]] || echo "render.sh: no --nfs SERVER:/PATH: it says nas.example.org:/export/cd-archive, which you have to change." >&2
if [[ $output == - ]]; then
  cat "$work/rendered"
else
  {
    echo "# Rendered by deploy/render.sh; change deploy/kustomize, or the options, and render again."
    cat "$work/rendered"
  } >"$output"
  echo "$output is written. Next: kubectl apply -f $output" >&2
fi
